"""Reads `firewall`: named scopes, or the later predicate-array form, or what can be derived from the columns."""

from collections.abc import Iterator
from dataclasses import replace

from qb_compiler.blocks.access.model import RoleList
from qb_compiler.blocks.columns.model import Column, ColumnKind, Table
from qb_compiler.blocks.context import ReadRoles
from qb_compiler.blocks.firewall.edits import Inserts
from qb_compiler.blocks.firewall.model import ErrorMode, Firewall, OwnerScope, Scope
from qb_compiler.blocks.firewall.predicates import as_named
from qb_compiler.blocks.firewall.problems import (
    SHAPE,
    ExceptionBesideScope,
    NoScope,
    OrganizationsDisabled,
    OwnerOptionalAlone,
    ScopeColumnMisfit,
    ScopeColumnMissing,
    ScopeDerived,
    TeamsDisabled,
    UnknownSource,
)
from qb_compiler.config.model import Config
from qb_compiler.diagnostics.diagnostic import Edit, Label
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.diagnostics.suggest import nearest
from qb_compiler.evaluate.decode import Fields, Reader, plain
from qb_compiler.evaluate.shape import rename
from qb_compiler.evaluate.values import ArrayValue, BooleanValue, Entry, ObjectValue, StringValue, Value
from qb_compiler.model.record import record
from qb_compiler.span import Span

SOURCES = ("activeOrgId", "userId", "activeTeamId", "userRole")
DEFAULTS = {
    "organization": ("organizationId", "activeOrgId"),
    "owner": ("ownerId", "userId"),
    "team": ("teamId", "activeTeamId"),
}
DERIVABLE = {
    "organization": ("organizationId", "organisationId", "orgId", "organization", "organisation", "org"),
    "owner": ("ownerId", "userId"),
    "team": ("teamId",),
}
OPTIONS = frozenset({*DEFAULTS, "softDelete", "exception", "orgRoles", "errorMode"})
BYPASS = ("owner", "admin")


@record
class FirewallReader:
    """`place` is where a missing firewall is reported."""

    table: Table
    config: Config
    problems: Problems
    read_roles: ReadRoles
    place: Span
    inserts: Inserts

    @property
    def reader(self) -> Reader:
        return Reader(SHAPE, self.problems)

    def firewall(self, entry: Entry | None) -> Firewall | None:
        """The firewall; None only when a problem was reported."""
        if entry is None:
            return self._derived(None)
        if isinstance(entry.value, ArrayValue):
            named = Fields(self.reader, as_named(entry.value, self.reader), "firewall", entry.key_span)
            firewall = self._named(named)
            return replace(firewall, written=plain(entry.value)) if firewall else None
        fields = self.reader.fields(entry.value, "firewall", entry.key_span)
        return self._named(fields) if fields else None

    def _named(self, fields: Fields) -> Firewall | None:
        scopes = {name: fields.entry(name) for name in DEFAULTS}
        organization = self._scope("organization", scopes["organization"])
        team = self._scope("team", scopes["team"])
        owner = self._owner(scopes["owner"])
        soft_delete = fields.fields("softDelete")
        exception = self._only(fields, "exception", True)
        firewall = Firewall(
            fields.span,
            organization=organization,
            owner=owner,
            team=team,
            soft_delete=self._soft_delete(soft_delete),
            exception=exception,
            any_organization_roles=self._only(fields, "orgRoles", "any"),
            error_mode=fields.choice("errorMode", ErrorMode.REVEAL),
            written=plain(fields.object),
        )
        fields.finish()
        declared = [entry for entry in scopes.values() if entry]
        exception_entry = fields.object.entry("exception")
        if exception and exception_entry and declared:
            label = Label(declared[0].key_span, "this is a scope")
            self.problems.report(ExceptionBesideScope(exception_entry.key_span, label))
        is_misspelled = any(entry.key not in OPTIONS for entry in fields.object.entries)
        if not declared and not exception and not is_misspelled:
            return self._derived(firewall)
        return firewall

    def _only(self, fields: Fields, key: str, allowed: bool | str) -> bool:
        """Whether the key has the one value it can have."""
        value = fields.value(key)
        if value is None:
            return False
        if isinstance(value, BooleanValue) and value.flag is allowed:
            return True
        if isinstance(value, StringValue) and value.text == allowed:
            return True
        self.reader.wrong(value, fields.name(key), "`true`, or left out" if allowed is True else f'"{allowed}"')
        return False

    def _soft_delete(self, fields: Fields | None) -> str | None:
        if fields is None:
            return None
        column = fields.string("column") or "deletedAt"
        fields.finish()
        return column

    def _opened(self, name: str, entry: Entry) -> Fields | None:
        """The options of a scope; `organization: true` is answered with the object that was meant."""
        if isinstance(entry.value, BooleanValue) and entry.value.flag:
            self.reader.wrong(entry.value, f"firewall.{name}", "an object", (Edit(entry.value.span, "{}"),))
            return None
        return self.reader.fields(entry.value, f"firewall.{name}", entry.key_span)

    def _scope(self, name: str, entry: Entry | None) -> Scope | None:
        fields = self._opened(name, entry) if entry else None
        if entry is None or fields is None:
            return None
        self._check_enabled(name, entry.key_span)
        scope = self._column_and_source(name, fields, entry)
        fields.finish()
        return scope

    def _check_enabled(self, name: str, span: Span) -> None:
        if name == "organization" and not self.config.organizations:
            self.problems.report(OrganizationsDisabled(span))
        if name == "team" and not self.config.auth.teams:
            self.problems.report(TeamsDisabled(span))

    def _column_and_source(self, name: str, fields: Fields, entry: Entry) -> Scope | None:
        default_column, default_source = DEFAULTS[name]
        named = fields.value("column")
        column = fields.string("column") or default_column
        source = fields.read("source", self._source) or default_source
        span = named.span if named else entry.key_span
        return Scope(column, source, span) if self._check_column(name, column, entry, named) else None

    def _source(self, value: Value, owner: str) -> str | None:
        text = self.reader.string(value, owner)
        if text is None:
            return None
        path = text.removeprefix("$").removeprefix("ctx.")
        if path not in SOURCES:
            self.problems.report(UnknownSource(value.span, text, tuple(f"ctx.{source}" for source in SOURCES)))
            return None
        return path

    def _check_column(self, scope: str, name: str, entry: Entry, named: Value | None) -> bool:
        column = self.table.column(name)
        if column is None:
            known = tuple(column.name for column in self.table.columns)
            label = Label(self.table.span, "the table is declared here")
            mending = _renamed(named, known) if named else self._other_column(scope, entry) or self.inserts.column(name)
            span = named.span if named else entry.key_span
            self.problems.report(ScopeColumnMissing(span, self.table.key, scope, name, label, mending))
            return False
        if column.kind is not ColumnKind.TEXT:
            self.problems.report(ScopeColumnMisfit(column.span, name))
            return False
        return True

    def _other_column(self, scope: str, entry: Entry) -> tuple[Edit, ...]:
        """Names the column that is there under another name: `organization: { column: "orgId" }`."""
        column = next((column for kind, column in self._candidates() if kind == scope), None)
        if column is None or not isinstance(entry.value, ObjectValue) or entry.value.entries:
            return ()
        return (Edit(entry.value.span, f'{{ column: "{column.name}" }}'),)

    def _owner(self, entry: Entry | None) -> OwnerScope | None:
        fields = self._opened("owner", entry) if entry else None
        if entry is None or fields is None:
            return None
        scope = self._column_and_source("owner", fields, entry)
        mode = fields.value("mode")
        optional = isinstance(mode, StringValue) and mode.text == "optional"
        if mode and not (isinstance(mode, StringValue) and mode.text in {"optional", "required"}):
            self.reader.wrong(mode, "firewall.owner.mode", '"required" or "optional"')
        roles = fields.read("bypassRoles", self.read_roles)
        fields.finish()
        if scope is None:
            return None
        return self._owner_scope(scope, optional, roles)

    def _owner_scope(self, scope: Scope, optional: bool, roles: RoleList | None) -> OwnerScope:
        names = roles.names if roles else BYPASS if optional else ()
        mentions = roles.mentions if roles else ()
        return OwnerScope(scope.column, scope.source, scope.span, optional, names, mentions)

    def _derived(self, written: Firewall | None) -> Firewall | None:
        """The scope of the only column that can be one."""
        if written is None and self.inserts.is_misspelled("firewall"):
            return None
        found = tuple(self._candidates())
        if written is None and len(found) == 1:
            scope, column = found[0]
            self._check_enabled(scope, column.span)
            default = DEFAULTS[scope][0]
            text = f"{{ {scope}: {{}} }}" if column.name == default else f'{{ {scope}: {{ column: "{column.name}" }} }}'
            self.problems.report(ScopeDerived(self.place, self.table.key, scope, column.name, text))
            return self._derived_firewall(scope, column)
        names = tuple(column.name for _, column in found)
        organization = any(name == DEFAULTS["organization"][0] for name in names)
        mending = self._mending(written) if organization else ()
        self.problems.report(NoScope(written.span if written else self.place, self.table.key, names, mending))
        return None

    def _mending(self, written: Firewall | None) -> tuple[Edit, ...]:
        if written is None:
            return self.inserts.firewall()
        return (Edit(written.span, "{ organization: {} }"),) if not written.written else ()

    def _candidates(self) -> Iterator[tuple[str, Column]]:
        for scope, names in DERIVABLE.items():
            for column in self.table.columns:
                if column.name in names and column.kind is ColumnKind.TEXT and not column.primary_key:
                    yield scope, column

    def _derived_firewall(self, name: str, column: Column) -> Firewall:
        scope = Scope(column.name, DEFAULTS[name][1], column.span)
        return Firewall(
            self.place,
            organization=scope if name == "organization" else None,
            owner=OwnerScope(scope.column, scope.source, scope.span) if name == "owner" else None,
            team=scope if name == "team" else None,
            derived=True,
            written={},
        )


def _renamed(named: Value, known: tuple[str, ...]) -> tuple[Edit, ...]:
    near = nearest(named.text, known) if isinstance(named, StringValue) else ()
    return (rename(named.span, near[0]),) if near else ()


def check_owner_mode(firewall: Firewall) -> Iterator[OwnerOptionalAlone]:
    """An optional owner scope needs an organization around it."""
    if firewall.owner and firewall.owner.optional and not firewall.organization:
        yield OwnerOptionalAlone(firewall.owner.span)
