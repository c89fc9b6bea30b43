"""The people of every generated project, named by symbols until somebody with an id stands behind each.

`@ann` is a user, `@A` an organization. Definitions, rows and requests hold symbols; `resolve` replaces them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from model.definition import Identity


@dataclass(frozen=True)
class Cast:
    """Who somebody is: roles by organization; `active` is the session's organization; `left` is no longer a member."""

    memberships: Mapping[str, tuple[str, ...]]
    active: str | None
    left: bool = False


CAST = {
    "ann": Cast({"A": ("owner",)}, "A"),
    "bob": Cast({"B": ("owner",)}, "B"),
    "ada": Cast({"A": ("admin",)}, "A"),
    "max": Cast({"A": ("member",)}, "A"),
    "rec": Cast({"A": ("recruiter",)}, "A"),
    "two": Cast({"A": ("member", "recruiter")}, "A"),
    "duo": Cast({"A": ("member",), "B": ("recruiter",)}, "B"),
    "eve": Cast({}, None),
    "ivy": Cast({"A": ("member",), "B": ("admin",)}, None),
    "ghost": Cast({"A": ("admin",)}, "A", left=True),
}
NOBODY = "nobody"
WHO = (*CAST, NOBODY)


def identities(symbols: Mapping[str, str]) -> dict[str, Identity]:
    """The model's people, once symbols stand for ids; without organizations where no symbol names one."""
    found = {NOBODY: Identity()}
    if "@A" not in symbols:
        return found | {name: Identity(symbols[f"@{name}"]) for name in CAST}
    for name, cast in CAST.items():
        held = {} if cast.left else {symbols[f"@{org}"]: roles for org, roles in cast.memberships.items()}
        active = symbols[f"@{cast.active}"] if cast.active else None
        found[name] = Identity(symbols[f"@{name}"], memberships=held, active_org=active)
    return found


def symbolic(organizations: bool = True) -> dict[str, str]:
    """Symbols that stand for themselves, for answers of the model alone."""
    return {f"@{name}": f"@{name}" for name in (*CAST, *(("A", "B") if organizations else ()))}


def resolve(value: object, symbols: Mapping[str, str]) -> object:
    """A value with every symbol replaced."""
    if isinstance(value, str):
        return symbols.get(value, value)
    if isinstance(value, list):
        return [resolve(item, symbols) for item in value]
    if isinstance(value, dict):
        return {name: resolve(item, symbols) for name, item in value.items()}
    return value
