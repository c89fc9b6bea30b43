"""What generated modules must say of a table, from the model alone: its scopes as predicates and as stamps."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial

from qb_compiler.blocks.crud.model import DeleteMode
from qb_compiler.blocks.firewall.model import OwnerScope, Scope
from qb_compiler.blocks.relations.model import ReferenceOrigin
from qb_compiler.model.memory import Memory
from qb_compiler.model.project import Project
from qb_compiler.model.record import record
from qb_compiler.model.resource import InternalTable, Resource

PLAIN = {"userId", "activeOrgId", "activeTeamId"}
GIVEN = {"userId", "activeOrgId"}
NAME = re.compile(r"[A-Za-z_$][\w$]*")
Owned = Resource | InternalTable
AUDIT = ("createdAt", "modifiedAt", "deletedAt", "createdBy", "modifiedBy", "deletedBy")

STAMPED = {
    "created": {"createdAt", "createdBy", "modifiedAt", "modifiedBy"},
    "modified": {"modifiedAt", "modifiedBy"},
    "deleted": {"deletedAt", "deletedBy", "modifiedAt", "modifiedBy"},
}
"""What the shared stamps set."""


@record
class Compared:
    """A column that must hold the caller's value. `passing` are the roles that see the rows of every owner."""

    column: str
    source: str
    passing: tuple[str, ...] | None = None

    def predicate(self, table: str) -> str:
        source = f"ctx.{self.source}" if self.source in PLAIN else f'contextValue(ctx, "{self.source}")'
        compared = f"matches({member(table, self.column)}, {source})"
        if self.passing is None:
            return compared
        return f"ctx.roles.some((role) => {quoted(list(self.passing))}.includes(role)) ? everyRow : {compared}"

    @property
    def stamp(self) -> str:
        return f"ctx.{self.source}" if self.source in GIVEN else f'requireScope(ctx, "{self.source}")'


@record
class Pointer:
    """A column that holds a key of another table."""

    column: str
    target: str
    key: str


@record
class Label:
    """What is shown beside a column that points elsewhere: a column of the row there."""

    column: str
    name: str
    target: str
    key: str
    display: str


@record
class Held:
    """A table as the gateway, references and cascades know it; one without a `route` has no module of its own."""

    key: str
    feature: str
    route: str | None
    identity: str | None
    scopes: tuple[Compared, ...]
    soft_delete: str | None
    pointers: tuple[Pointer, ...]
    audit: frozenset[str]
    labels: tuple[Label, ...] = ()
    deletes_softly: bool = False

    @property
    def is_prepared(self) -> bool:
        """Whether its firewall is the same SQL for every caller."""
        return all(scope.source in PLAIN and scope.passing is None for scope in self.scopes)

    @property
    def locked(self) -> tuple[str, ...]:
        return tuple(scope.column for scope in self.scopes)

    @property
    def is_reached(self) -> bool:
        """Whether actions get it: a table without routes needs a scope."""
        return self.route is not None or bool(self.scopes)

    def stamped(self, what: str) -> set[str]:
        """The columns that the server sets, besides scopes and keys, when a row is `created`, `modified`, `deleted`."""
        if what == "deleted":
            by = self.audit & {"deletedBy", "modifiedAt", "modifiedBy"}
            return {self.soft_delete, *by} if self.soft_delete else set()
        return set(self.audit & STAMPED[what])

    def predicates(self, local: str, *, deleted: bool = True) -> list[str]:
        """Every part of its firewall, over the name that a module has for it."""
        gone = [f"isNull({member(local, self.soft_delete)})"] if deleted and self.soft_delete else []
        return [*(scope.predicate(local) for scope in self.scopes), *gone]


def quoted(value: str | list[str] | None) -> str:
    """A string, a list of them, or null, as generated code writes it: in the quotes that need fewer escapes."""
    if isinstance(value, list):
        return f"[{', '.join(quoted(item) for item in value)}]"
    text = json.dumps(value, ensure_ascii=False)
    if value is None or value.count('"') <= value.count("'"):
        return text
    return "'" + text[1:-1].replace('\\"', '"').replace("'", "\\'") + "'"


def member(table: str, column: str) -> str:
    return f"{table}.{column}" if NAME.fullmatch(column) else f"{table}[{quoted(column)}]"


def held_tables(project: Project, memory: Memory) -> dict[str, Held]:
    """Every table of the features database, by key."""
    tables = {table.key: table for feature in project.features for table in feature.tables}
    audit = AUDIT if project.config.audit_fields else ()
    return {
        key: memory.recall_asking("held", key, (table, audit), tables, partial(_held, table, names=audit))
        for key, table in tables.items()
    }


def _held(table: Owned, tables: Mapping[str, Owned], *, names: tuple[str, ...]) -> Held:
    audit = frozenset(name for name in names if table.table.has(name))
    identity = next((column.name for column in table.table.columns if column.primary_key), None)
    pointers, labels = tuple(_pointers(table, tables)), tuple(_labels(table, tables))
    if isinstance(table, Resource):
        firewall = table.firewall
        scopes = tuple(_compared(scope) for scope in (firewall.organization, firewall.owner, firewall.team) if scope)
        soft, delete = firewall.soft_delete, table.writing.delete
        softly = delete is not None and delete.mode is DeleteMode.SOFT
        return Held(table.key, table.feature, table.route, identity, scopes, soft, pointers, audit, labels, softly)
    soft = "deletedAt" if table.table.has("deletedAt") else None
    scopes = tuple(_compared(scope) for scope in table.scopes)
    return Held(table.key, table.feature, None, identity, scopes, soft, pointers, audit)


def _compared(scope: Scope | OwnerScope) -> Compared:
    passing = scope.bypass_roles if isinstance(scope, OwnerScope) and scope.optional else None
    return Compared(scope.column, scope.source, passing)


def _labels(table: Owned, tables: Mapping[str, Owned]) -> Iterator[Label]:
    for ref in table.references:
        target = tables.get(ref.target)
        if ref.labelled and isinstance(target, Resource) and target.display.column:
            yield Label(ref.column, ref.label, ref.target, ref.target_column, target.display.column)


def _pointers(table: Owned, tables: Mapping[str, Owned]) -> Iterator[Pointer]:
    """References that a write must satisfy; of two on one column the first. A naming convention alone is none."""
    declared = [
        ref for ref in table.references if ref.origin is not ReferenceOrigin.CONVENTION and ref.target in tables
    ]
    first = {reference.column: reference for reference in reversed(declared)}
    for reference in declared:
        if first[reference.column] is reference:
            yield Pointer(reference.column, reference.target, reference.target_column)
