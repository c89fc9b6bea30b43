"""Builds `Project` values by hand, so that emitters can be tested without the reader."""

from collections.abc import Mapping
from typing import Any

from qb_compiler.blocks.access.model import Condition, Operator, Rule
from qb_compiler.blocks.columns.model import (
    Column,
    ColumnKind,
    ColumnOrigin,
    Default,
    DefaultKind,
    Dialect,
    ForeignKey,
    Table,
)
from qb_compiler.blocks.crud.model import BatchOperation, DeleteMode, DeleteOperation, WriteOperation, Writing
from qb_compiler.blocks.firewall.model import ErrorMode, Firewall, OwnerScope, Scope
from qb_compiler.blocks.guards.model import Guards, ProtectedField
from qb_compiler.blocks.masking.model import Mask, Masking, MaskKind
from qb_compiler.blocks.reading.model import GetOperation, ListOperation, Reading, View
from qb_compiler.config.model import Config
from qb_compiler.model.audited import audited
from qb_compiler.model.memory import NoMemory
from qb_compiler.model.project import Feature, Project
from qb_compiler.model.resource import Resource
from qb_compiler.model.roles import all_mentions
from qb_compiler.span import SourceFile, Span

FILE = SourceFile("quickback/features/x/x.ts", "")
AT = Span(FILE, 0, 0)
EVERYONE = ("owner", "admin", "member")


def column(name: str, kind: ColumnKind = ColumnKind.TEXT, **options: Any) -> Column:
    """A column as the reader would make it from `text("name")` and its like."""
    functions = {ColumnKind.INTEGER: "integer", ColumnKind.BOOLEAN: "integer", ColumnKind.REAL: "real"}
    modes = {ColumnKind.BOOLEAN: "boolean", ColumnKind.JSON: "json"}
    sql_name = "".join(f"_{c.lower()}" if c.isupper() else c for c in name)
    options.setdefault("function", functions.get(kind, "text"))
    options.setdefault("mode", modes.get(kind))
    return Column(name, sql_name, kind=kind, span=AT, **options)


def audit_columns() -> tuple[Column, ...]:
    now = Default(DefaultKind.NOW)
    made = {"kind": ColumnKind.TIMESTAMP, "origin": ColumnOrigin.AUDIT}
    return (
        column("createdAt", not_null=True, default=now, **made),
        column("modifiedAt", not_null=True, default=now, **made),
        column("deletedAt", **made),
        *(column(name, origin=ColumnOrigin.AUDIT) for name in ("createdBy", "modifiedBy", "deletedBy")),
    )


def table(key: str, *columns: Column) -> Table:
    sql_name = "".join(f"_{c.lower()}" if c.isupper() else c for c in key)
    identity = column("id", not_null=True, primary_key=True)
    return Table(key, sql_name, Dialect.SQLITE, (identity, *columns, *audit_columns()), FILE, AT)


def rule(*roles: str, **options: Any) -> Rule:
    return Rule(AT, tuple(roles) if roles else None, **options)


def when(name: str, operator: Operator, *values: Any) -> Condition:
    return Condition(name, operator, values, AT)


def organization_firewall(**options: Any) -> Firewall:
    return Firewall(AT, organization=Scope("organizationId", "activeOrgId", AT), soft_delete="deletedAt", **options)


def crud(access: Rule, write: Rule, *, mode: DeleteMode = DeleteMode.SOFT) -> tuple[Reading, Writing]:
    batch = BatchOperation(write, AT)
    return (
        Reading(list=ListOperation(access, AT), get=GetOperation(access, AT)),
        Writing(
            WriteOperation(write, AT), WriteOperation(write, AT), DeleteOperation(write, AT, mode),
            batch_create=batch, batch_update=batch, batch_delete=batch,
        ),
    )  # fmt: skip


def resource(feature: str, table: Table, **options: Any) -> Resource:
    """A resource with everything open to members and written by owners and admins, unless said otherwise."""
    reading, writing = crud(rule(*EVERYONE), rule("owner", "admin"))
    settings: dict[str, Any] = {
        "firewall": organization_firewall(),
        "guards": Guards(AT),
        "masking": Masking(owner_column="createdBy"),
        "reading": reading,
        "writing": writing,
        **options,
    }
    route = "".join(f"-{c.lower()}" if c.isupper() else c for c in table.key)
    return Resource(table.key, feature, route, FILE, AT, table, **settings)


def project(resources: Mapping[str, tuple[Resource, ...]], config: Config | None = None) -> Project:
    features = tuple(Feature(name, (FILE,), found) for name, found in resources.items())
    mentions = tuple(all_mentions(features, NoMemory()))
    return Project(config or Config("sample", FILE, AT), features, mentions, EVERYONE, audited(features))


def candidates() -> Resource:
    """Four guard keys, every mask type, a view."""
    columns = table(
        "candidates",
        column("organizationId", not_null=True),
        column("name", not_null=True),
        column("email", not_null=True, unique=True),
        column("phone"),
        column("ssn"),
        column("card"),
        column("notes"),
        column(
            "source", not_null=True, enum=("linkedin", "referral"), default=Default(DefaultKind.LITERAL, "referral")
        ),
        column("status", not_null=True, default=Default(DefaultKind.LITERAL, "new")),
        column("score", ColumnKind.INTEGER),
        column("active", ColumnKind.BOOLEAN),
        column("settings", ColumnKind.JSON),
        column("startsAt", ColumnKind.TIMESTAMP, function="integer", mode="timestamp_ms"),
    )
    kinds = {"email": MaskKind.EMAIL, "phone": MaskKind.PHONE, "ssn": MaskKind.SSN, "card": MaskKind.CREDIT_CARD}
    masks = tuple(Mask(name, kind, AT, ("owner", "admin")) for name, kind in kinds.items())
    writable = ("name", "phone", "ssn", "card", "notes", "source", "score", "active", "settings", "startsAt")
    guards = Guards(AT, writable, writable, ("email",), (ProtectedField("status", ("approve",), AT),))
    reading = Reading(
        ListOperation(rule(*EVERYONE), AT),
        GetOperation(rule(*EVERYONE), AT),
        (View("pipeline", ("id", "name", "email"), rule(*EVERYONE), AT),),
    )
    masking = Masking((*masks, Mask("notes", MaskKind.REDACT, AT, (), True)), "createdBy")
    return resource("candidates", columns, guards=guards, masking=masking, reading=reading)


def sample() -> Project:
    return project({"candidates": (candidates(),)})


__all__ = ["ErrorMode", "ForeignKey", "OwnerScope"]
