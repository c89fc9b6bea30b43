"""The firewall of a table as code, and the columns that the server stamps."""

from qb_compiler.blocks.columns.model import Column, ColumnKind, Table
from qb_compiler.blocks.firewall.model import Firewall, OwnerScope, Scope
from qb_compiler.config.model import Config, IdMode
from qb_compiler.model.resource import InternalTable, Resource
from qb_compiler.targets.api.bodies import stores_text
from qb_compiler.targets.api.code import Code, Entry, Group, arrow, key, layout, member, strings, text

AUDIT_COLUMNS = ("createdAt", "modifiedAt", "deletedAt", "createdBy", "modifiedBy", "deletedBy")
PLAIN_SOURCES = frozenset({"userId", "activeOrgId", "activeTeamId"})
GIVEN_SOURCES = frozenset({"userId", "activeOrgId"})
"""What a caller has by being signed in, and by the organization step."""
DELETED_AT = "deletedAt"
Scoped = Scope | OwnerScope


def scopes(firewall: Firewall) -> tuple[Scoped, ...]:
    found: tuple[Scoped | None, ...] = (firewall.organization, firewall.owner, firewall.team)
    return tuple(scope for scope in found if scope)


def is_preparable(firewall: Firewall) -> bool:
    """Whether the firewall is the same SQL for every caller, so that queries around it can be prepared."""
    plain = all(scope.source in PLAIN_SOURCES for scope in scopes(firewall))
    return plain and not (firewall.owner and firewall.owner.optional)


def firewall_code(firewall: Firewall, table: str) -> str:
    """`export const firewall = …`."""
    parts = [_scope_code(scope, table) for scope in scopes(firewall)]
    if firewall.soft_delete:
        parts.append(f"isNull({member(table, firewall.soft_delete)})")
    if not parts:
        return "export const firewall = (_ctx: Scoping): SQL => everyRow;"
    taken = "_ctx: Scoping" if not scopes(firewall) else "ctx: Scoping" if is_preparable(firewall) else "ctx: Ctx"
    return arrow(f"export const firewall = ({taken}): SQL", Group("allOf(", tuple(parts), ")"), ";", 0)


def _scope_code(scope: Scoped, table: str) -> str:
    predicate = f"matches({member(table, scope.column)}, {source_code(scope.source)})"
    if not isinstance(scope, OwnerScope) or not scope.optional:
        return predicate
    roles = layout("", strings(scope.bypass_roles))
    return f"ctx.roles.some((role) => {roles}.includes(role)) ? everyRow : {predicate}"


def source_code(source: str) -> str:
    return f"ctx.{source}" if source in PLAIN_SOURCES else f"contextValue(ctx, {text(source)})"


def firewall_words(firewall: Firewall) -> str:
    """The firewall as a sentence, for the comment above it."""
    if firewall.exception:
        return "Every row" + (" that is not deleted." if firewall.soft_delete else ": the table has no scope.")
    words = [
        "of the active organization" if firewall.organization else "",
        _owned_words(firewall.owner) if firewall.owner else "",
        "of the active team" if firewall.team else "",
    ]
    said = ", ".join(word for word in words if word)
    return f"Rows {said}{', not deleted' if firewall.soft_delete else ''}."


def _owned_words(owner: OwnerScope) -> str:
    seeing = f" (of anybody for {' and '.join(owner.bypass_roles)})" if owner.optional else ""
    return f"of the caller{seeing}"


def stamps(resource: Resource, config: Config, made_id: str | None) -> list[str]:
    """The members of `resource` that say what the server sets on create, on every change and on a soft delete."""
    table, soft = resource.table, resource.firewall.soft_delete
    own = [(resource.id_column.name, made_id)] if made_id else []
    own += [(scope.column, required(scope.source)) for scope in scopes(resource.firewall)]
    return [
        _stamp("created", has_usual_audit(table, config, CREATED), own, stamped_values(table, config, CREATED)),
        _stamp("modified", has_usual_audit(table, config, MODIFIED), [], stamped_values(table, config, MODIFIED)),
        _deleted(table, config, soft),
    ]


def _stamp(name: str, usual: bool, own: list[tuple[str, str]], audit: list[tuple[str, str]]) -> str:
    shared = f"{name}Now"
    if usual and not own:
        return f"  {name}: {shared},"
    values = own if usual else [*own, *audit]
    entries: list[Code] = [Entry(key(column), value) for column, value in values]
    entries += [f"...{shared}(ctx)"] if usual else []
    taken = "(ctx)" if usual or any("ctx" in value for _, value in values) else "()"
    if not any(value.startswith("now") for _, value in values):
        return "  " + layout(f"{name}: {taken} => ", _object(entries, "({", "})"), ",", indent=2)
    returned = layout("    return ", _object(entries, "{", "}"), ";", indent=4)
    return "\n".join([f"  {name}: {taken} => {{", "    const now = new Date();", returned, "  },"])


def _object(entries: list[Code], opening: str, closing: str) -> Group:
    return Group(opening, tuple(entries), closing, spaced=True)


def _deleted(table: Table, config: Config, soft: str | None) -> str:
    if soft == "deletedAt" and has_usual_audit(table, config, DELETED):
        return "  deleted: deletedNow,"
    values = deleted_values(table, soft, config) if soft else []
    entries: list[Code] = [Entry(key(column), value) for column, value in values]
    taken = "(ctx, now = new Date())" if values else "()"
    return "  " + layout(f"deleted: {taken} => ", _object(entries, "({", "})"), ",", indent=2)


def context_type(resource: Resource) -> str:
    """What a create must know about the caller."""
    firewall, table = resource.firewall, resource.table
    owned = firewall.owner is not None and firewall.owner.source == "userId"
    signed = any((c := table.column(name)) and c.not_null for name in ("createdBy", "modifiedBy"))
    base = "SignedIn" if owned or signed else "Ctx"
    organization = firewall.organization is not None and firewall.organization.source == "activeOrgId"
    return f"{base} & InOrganization" if organization else base


def required_sources(firewall: Firewall, *, inserts: bool) -> tuple[str, ...]:
    """What a write or an action asks of its caller at once: with none, no row could match and none be stamped."""
    needed = [scope.source for scope in scopes(firewall) if inserts or not _may_be_passed(scope)]
    return tuple(source for source in dict.fromkeys(needed) if source not in GIVEN_SOURCES)


def _may_be_passed(scope: Scoped) -> bool:
    """Whether some roles see the rows of every owner, and so need no value of their own."""
    return isinstance(scope, OwnerScope) and scope.optional


def required(source: str) -> str:
    if source in GIVEN_SOURCES:
        return f"ctx.{source}"
    return f"requireScope(ctx, {text(source)})"


CREATED = ("createdAt", "createdBy", "modifiedAt", "modifiedBy")
MODIFIED = ("modifiedAt", "modifiedBy")
DELETED = ("deletedAt", "deletedBy", "modifiedAt", "modifiedBy")


def has_usual_audit(table: Table, config: Config, columns: tuple[str, ...]) -> bool:
    """Whether the table has all of these audit columns, times as ISO text: then shared code stamps them."""
    found = [column for name in columns if (column := table.column(name))]
    times = [column for column in found if column.name.endswith("At")]
    return config.audit_fields and len(found) == len(columns) and all(stores_text(column) for column in times)


def deleted_values(table: Table, soft_delete: str, config: Config) -> list[tuple[str, str]]:
    """What a soft delete sets, at the time that the code calls `now`."""
    audit = {name for name in AUDIT_COLUMNS if config.audit_fields and table.has(name)}
    return [
        (soft_delete, _now(table.column(soft_delete))),
        *_stamped(table, audit, ("deletedBy", "modifiedAt", "modifiedBy")),
    ]


def stamped_values(table: Table, config: Config, columns: tuple[str, ...]) -> list[tuple[str, str]]:
    """Audit columns with what the server sets in them."""
    return _stamped(table, {name for name in AUDIT_COLUMNS if config.audit_fields and table.has(name)}, columns)


def scope_predicates(table: Resource | InternalTable, local: str) -> list[str]:
    """The table's scopes as code, without its soft delete."""
    found = scopes(table.firewall) if isinstance(table, Resource) else table.scopes
    return [_scope_code(scope, local) for scope in found]


def internal_firewall(table: InternalTable, local: str, context: str) -> str:
    """`const <table>Firewall`: which rows of a table without routes are visible."""
    deleted = [f"isNull({member(local, DELETED_AT)})"] if table.table.has(DELETED_AT) else []
    visible = (*scope_predicates(table, local), *deleted)
    taken = "ctx" if table.scopes else "_ctx"
    body = Group("allOf(", visible, ")") if visible else "everyRow"
    return arrow(f"const {local}Firewall = ({taken}: {context}): SQL", body, ";", 0)


def _stamped(table: Table, audit: set[str], names: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(n, "ctx.userId" if n.endswith("By") else _now(table.column(n))) for n in names if n in audit]


def _now(column: Column | None) -> str:
    if column and column.kind is ColumnKind.TIMESTAMP and not stores_text(column):
        return "now"
    if column and column.kind is ColumnKind.INTEGER:
        return "now.getTime()"
    return "now.toISOString()"


def system_columns(resource: Resource, config: Config) -> tuple[str, ...]:
    """The columns that no client ever sets, in the order of the table."""
    found = {*resource.firewall.scope_columns, *(c.name for c in resource.table.columns if c.generated)}
    if config.audit_fields:
        found.update(AUDIT_COLUMNS)
    if resource.firewall.soft_delete:
        found.add(resource.firewall.soft_delete)
    if config.database.generate_id is not IdMode.CLIENT:
        found.add(resource.id_column.name)
    return tuple(column.name for column in resource.table.columns if column.name in found)
