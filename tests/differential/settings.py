"""What the groups of one compiled project have in common, as its config says it."""

from dataclasses import dataclass

ROLES = ("owner", "admin", "member", "recruiter")
HIERARCHY = ("member", "recruiter", "admin", "owner")
SCOPES = ("organization", "organization", "owned", "shared", "personal", "exception", "open")
SQUADS = ("team", "team", "squad", "crew", *SCOPES)
ALONE = ("personal", "personal", "exception")


@dataclass(frozen=True)
class Setting:
    """What all groups of one compiled project have in common."""

    client_ids: bool = False
    hierarchy: bool = False
    organizations: bool = True
    teams: bool = False

    @property
    def scopes(self) -> tuple[str, ...]:
        return SQUADS if self.teams else SCOPES if self.organizations else ALONE

    @property
    def roles(self) -> tuple[tuple[str, ...], ...]:
        """The role lists that rules draw from."""
        if not self.organizations:
            return (("user",), ("admin",), ("user", "admin"), ("AUTHENTICATED",))
        return (ROLES, ROLES[:2], ("owner",), ("member", "recruiter"), ("recruiter", "owner"), ("AUTHENTICATED",))

    @property
    def seeing(self) -> tuple[tuple[str, ...], ...]:
        """The role lists that masks draw from."""
        if not self.organizations:
            return ((), ("admin",), ("user",))
        ladder = (("recruiter+",), ("admin+",)) if self.hierarchy else ()
        return ((), ("owner",), ("owner", "admin"), ("recruiter",), *ladder)


SETTINGS = (
    Setting(),
    Setting(hierarchy=True),
    Setting(teams=True),
    Setting(client_ids=True),
    Setting(organizations=False),
    Setting(client_ids=True, teams=True),
)
