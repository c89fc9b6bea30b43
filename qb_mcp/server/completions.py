"""Values for what a person starts to type: topics, features, tables and diagnostic codes, best first."""

from collections.abc import Iterable
from pathlib import Path

from qb_mcp.corpus import topics
from qb_mcp.errors import QbError
from qb_mcp.operations.explain_error import known_codes
from qb_mcp.operations.list_features import list_features
from qb_mcp.operations.read_schema_registry import read_schema_registry
from qb_mcp.operations.text import one_line
from qb_mcp.server.prompts import PROMPTS
from qb_mcp.server.resources import TEMPLATES

MOST = 100


def check_argument(reference: str, argument: str) -> None:
    """Refuse what is no argument of a prompt, given by its name, or of a template of resources, by its address."""
    known = {prompt.name: prompt.argument for prompt in PROMPTS} | {each.uri: each.variable for each in TEMPLATES}
    if reference not in known:
        listed = ", ".join(f"`{name}`" for name in known)
        raise QbError(f"there is no prompt or template `{one_line(reference, 120)}`", f"there are {listed}")
    if argument != known[reference]:
        raise QbError(f"`{reference}` has no argument `{one_line(argument, 60)}`", f"it has `{known[reference]}`")


def complete(argument: str, typed: str, root: Path | None) -> tuple[list[str], int]:
    """At most a hundred values that fit what was typed, and how many fit in all."""
    fitting = ranked(_candidates(argument, root), typed)
    return fitting[:MOST], len(fitting)


def ranked(candidates: Iterable[str], typed: str) -> list[str]:
    """Values that begin with what was typed, then those one part of which does, then those that contain it."""
    wanted = typed.strip().lower()

    def rank(value: str) -> int:
        low = value.lower()
        if low.startswith(wanted):
            return 0
        return 1 if f"/{wanted}" in low or f"-{wanted}" in low else 2

    return sorted((value for value in candidates if wanted in value.lower()), key=lambda value: (rank(value), value))


def _candidates(argument: str, root: Path | None) -> list[str]:
    match argument:
        case "topic":
            return [topic.key for topic in topics()]
        case "code":
            return list(known_codes())
        case "name" if root:
            return [feature.name for feature in list_features(root)]
        case "table" if root:
            return _tables(root)
        case _:
            return []


def _tables(root: Path) -> list[str]:
    """Tables of the last compile; before the first one, the table files."""
    try:
        return [name for name, _ in read_schema_registry(root).tables]
    except QbError:
        return sorted({name for feature in list_features(root) for name in feature.names("table")})
