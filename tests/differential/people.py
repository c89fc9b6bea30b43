"""The people of every generated project, named by symbols until somebody with an id stands behind each.

`@ann` is a user, `@A` an organization. Definitions, rows and requests hold symbols; `resolve` replaces them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from model.definition import Identity


@dataclass(frozen=True)
class Cast:
    """Who somebody is: roles by organization; `active` and `team` are the session's.

    `left` is no longer a member, `out` no longer in the team that the session names.
    """

    memberships: Mapping[str, tuple[str, ...]]
    active: str | None
    left: bool = False
    team: str | None = None
    out: bool = False
    user_role: str = "user"


CAST = {
    "ann": Cast({"A": ("owner",)}, "A", team="T1"),
    "bob": Cast({"B": ("owner",)}, "B", team="T3"),
    "ada": Cast({"A": ("admin",)}, "A", team="T2"),
    "max": Cast({"A": ("member",)}, "A", team="T1"),
    "rec": Cast({"A": ("recruiter",)}, "A"),
    "two": Cast({"A": ("member", "recruiter")}, "A", team="T2"),
    "duo": Cast({"A": ("member",), "B": ("recruiter",)}, "B", team="T3"),
    "eve": Cast({}, None),
    "ivy": Cast({"A": ("member",), "B": ("admin",)}, None),
    "ghost": Cast({"A": ("admin",)}, "A", left=True),
    "out": Cast({"A": ("member",)}, "A", team="T1", out=True),
    "sam": Cast({"A": ("member",)}, "A", team="T1", user_role="admin"),
    "sys": Cast({}, None, user_role="admin"),
}
TEAMS = {"T1": "A", "T2": "A", "T3": "B"}
NOBODY = "nobody"
WHO = (*CAST, NOBODY)


def identities(symbols: Mapping[str, str]) -> dict[str, Identity]:
    """The model's people, once symbols stand for ids; without organizations where no symbol names one."""
    found = {NOBODY: Identity()}
    if "@A" not in symbols:
        return found | {name: Identity(symbols[f"@{name}"], cast.user_role) for name, cast in CAST.items()}
    for name, cast in CAST.items():
        held = {} if cast.left else {symbols[f"@{org}"]: roles for org, roles in cast.memberships.items()}
        active = symbols[f"@{cast.active}"] if cast.active else None
        team = symbols.get(f"@{cast.team}")
        teams = (team,) if team and not cast.out else ()
        found[name] = Identity(symbols[f"@{name}"], cast.user_role, held, active, team, teams)
    return found


def symbolic(organizations: bool = True) -> dict[str, str]:
    """Symbols that stand for themselves, for answers of the model alone."""
    return {f"@{name}": f"@{name}" for name in (*CAST, *(("A", "B", *TEAMS) if organizations else ()))}


def resolve(value: object, symbols: Mapping[str, str]) -> object:
    """A value with every symbol replaced."""
    if isinstance(value, str):
        return symbols.get(value, value)
    if isinstance(value, list):
        return [resolve(item, symbols) for item in value]
    if isinstance(value, dict):
        return {name: resolve(item, symbols) for name, item in value.items()}
    return value
