"""What each scope means for the rows of a table and for those who ask."""

from typing import Literal, get_args

from qb_compiler.targets.api.code import Code, object_, strings, text

Scope = Literal["organization", "owner", "personal", "shared", "public"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
WITH_ROLES: tuple[Scope, ...] = ("organization", "owner")
OVERSEERS = ("owner", "admin")
EVERYONE = (*OVERSEERS, "member")
_ORGANIZATION = ("organization", object_([]))
FIREWALLS: dict[Scope, Code] = {
    "organization": object_([_ORGANIZATION]),
    "owner": object_([_ORGANIZATION, ("owner", object_([("mode", text("optional"))]))]),
    "personal": object_([("owner", object_([]))]),
    "shared": object_([("exception", "true")]),
    "public": object_([("exception", "true")]),
}
COLUMNS: dict[Scope, tuple[tuple[str, str], ...]] = {
    "organization": (("organizationId", "organization_id"),),
    "owner": (("organizationId", "organization_id"), ("ownerId", "owner_id")),
    "personal": (("ownerId", "owner_id"),),
    "shared": (),
    "public": (),
}
"""The columns that the server fills, by property and SQL name."""
_READERS, _WRITERS = object_([("roles", "readers")]), object_([("roles", "writers")])
_ANYBODY, _SIGNED_IN = object_([("roles", strings(["PUBLIC"]))]), object_([("roles", strings(["AUTHENTICATED"]))])
_OPERATORS = object_([("userRole", strings(["admin"]))])
READING: dict[Scope, Code] = {
    "organization": _READERS,
    "owner": _READERS,
    "personal": _SIGNED_IN,
    "shared": _SIGNED_IN,
    "public": _ANYBODY,
}
WRITING: dict[Scope, Code] = {
    "organization": _WRITERS,
    "owner": _WRITERS,
    "personal": _SIGNED_IN,
    "shared": _OPERATORS,
    "public": _OPERATORS,
}
SEEING: dict[Scope, Code | None] = {
    "organization": _WRITERS,
    "owner": object_([("roles", strings(OVERSEERS)), ("or", text("owner"))]),
    "personal": object_([("or", text("owner"))]),
    "shared": None,
    "public": None,
}
"""Who sees what sounds private; where roles say nothing, nobody."""
