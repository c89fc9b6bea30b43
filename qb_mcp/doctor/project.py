"""The project: whether it compiles, whether its output is up to date, whether its secret is one."""

import re
from collections.abc import Iterator
from pathlib import Path

from qb_mcp.doctor.finding import Finding, fault, note, ok
from qb_mcp.errors import QbError
from qb_mcp.operations.compiling import ERROR, WARNING, compile_files

_SECRET = re.compile(r"^\s*BETTER_AUTH_SECRET\s*=\s*[\"']?([^\"'\s]*)", re.MULTILINE)
_SHORTEST = 32


def examine(root: Path) -> Iterator[Finding]:
    """Definitions, output and secret of a project."""
    yield ok("project", str(root))
    try:
        outcome = compile_files(root, write=False)
    except QbError as error:
        yield fault("definitions", error.message, error.hint)
        return
    errors, warnings = outcome.count(ERROR), outcome.count(WARNING)
    if errors:
        yield fault("definitions", _counted(errors, "error"), "`quickback check` shows them")
        return
    yield ok("definitions", f"compile, {_counted(warnings, 'warning')}")
    stale = [path for kind, paths in outcome.changes if kind in ("created", "updated", "removed") for path in paths]
    edited = [path for kind, paths in outcome.changes if kind == "kept" for path in paths]
    behind = note("output", f"{_counted(len(stale), 'file')} behind the definitions", "run `quickback compile`")
    yield behind if stale else ok("output", "up to date")
    if edited:
        yield note("output", f"edited by hand: {', '.join(edited)}", "move the change into `quickback/`")
    yield examine_secret(root)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" + ("" if number == 1 else "s")


def examine_secret(root: Path) -> Finding:
    """The secret that signs sessions on this machine."""
    file = root / ".dev.vars"
    if not file.is_file():
        return note("secret", "no .dev.vars yet", "the first `npm run dev` makes one")
    found = _SECRET.search(file.read_text(encoding="utf-8", errors="replace"))
    if not found or len(found[1]) < _SHORTEST:
        return fault("secret", "BETTER_AUTH_SECRET in .dev.vars is missing or short", "delete .dev.vars, `npm run dev`")
    return ok("secret", f"BETTER_AUTH_SECRET has {len(found[1])} characters")
