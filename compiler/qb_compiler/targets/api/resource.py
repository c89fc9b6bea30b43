"""`<route>.resource.ts`: the security of one table as typed data and small functions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qb_compiler.blocks.columns.model import ColumnKind
from qb_compiler.blocks.masking.model import Mask, MaskKind
from qb_compiler.blocks.relations.model import Reference, ReferenceOrigin
from qb_compiler.config.model import Config, IdMode
from qb_compiler.model.resource import InternalTable, Resource
from qb_compiler.targets.api import names
from qb_compiler.targets.api.around import Around
from qb_compiler.targets.api.bodies import BodyKind, blank_code, bodies_code
from qb_compiler.targets.api.code import (
    Code,
    Entry,
    Group,
    array,
    flat,
    layout,
    map_of,
    member,
    object_,
    set_of,
    strings,
    text,
    wrapped,
)
from qb_compiler.targets.api.fields import fields_code
from qb_compiler.targets.api.imports import Import, import_lines, package_imports, runtime_imports
from qb_compiler.targets.api.operations import Operation, operations
from qb_compiler.targets.api.rules import rule_code
from qb_compiler.targets.api.scoping import (
    AUDIT_COLUMNS,
    context_type,
    firewall_code,
    firewall_words,
    internal_firewall,
    is_preparable,
    stamps,
    system_columns,
)
from qb_compiler.targets.rendering import render

_MASKS = {
    MaskKind.EMAIL: "maskEmail",
    MaskKind.PHONE: "maskPhone",
    MaskKind.SSN: "maskSsn",
    MaskKind.CREDIT_CARD: "maskCreditCard",
    MaskKind.NAME: "maskName",
    MaskKind.REDACT: "redact",
}


_KNOWN_FIELDS = "export const knownFields: ReadonlySet<string> = new Set([...fields.keys(), ...guards.system]);"


@dataclass(frozen=True, slots=True)
class ResourceView:
    """Every section of the module, laid out; a section that is None is left out."""

    table: str
    firewall_words: str
    firewall: str
    access: str
    view_access: str | None
    guards: str | None
    writable: str | None
    bodies: str | None
    blank: str | None
    masks: str
    fields: str
    resource: str
    record: str | None
    list: str | None
    views: str | None


def emit_resource(around: Around, resource: Resource) -> tuple[str, str]:
    """Path and text of the resource module."""
    view = _view(around, resource)
    body = render("targets/api/resource.ts.jinja", **{name: getattr(view, name) for name in ResourceView.__slots__})
    imports = [*package_imports(), *runtime_imports("../../lib"), *_neighbours(around, resource)]
    text_ = f"{import_lines(body, imports)}\n\n{body}"
    return f"{names.folder(resource.feature)}/{resource.route}.resource.ts", text_


def _view(around: Around, resource: Resource) -> ResourceView:
    config, table = around.config, names.table_name(resource.key)
    writing = resource.writing
    creates = bool(writing.create or writing.put or writing.batch_create or writing.batch_upsert)
    updates = bool(writing.update or writing.put or writing.batch_update or writing.batch_upsert)
    create, update = writable(resource, config, BodyKind.CREATE), writable(resource, config, BodyKind.UPDATE)
    return ResourceView(
        table=table,
        firewall_words=firewall_words(resource.firewall),
        firewall=firewall_code(resource.firewall, table),
        access=_rules("access", operations(resource)),
        view_access=_rules("viewAccess", _views(resource)) if resource.reading.views else None,
        guards=_guards(resource, config, create, update) if creates or updates else None,
        writable=_KNOWN_FIELDS if resource.guards.open and (creates or updates) else None,
        bodies=bodies_code(resource, create if creates else (), update if updates else ())
        if creates or updates
        else None,
        blank=blank_code(resource, create) if writing.put or writing.batch_upsert else None,
        masks=_masks(resource),
        fields=f"export {fields_code(resource, table)}",
        resource=_resource(around, resource, table),
        record=_record(resource),
        list=_list(resource),
        views=_view_queries(resource) if resource.reading.views else None,
    )


def _rules(name: str, found: list[Operation]) -> str:
    entries: list[tuple[str, Code]] = [(operation.name, rule_code(operation.access)) for operation in found]
    return layout(f"export const {name} = ", object_(entries), " as const satisfies Record<string, Rule>;")


def _views(resource: Resource) -> list[Operation]:
    return [Operation(view.name, view.access) for view in resource.reading.views]


def writable(resource: Resource, config: Config, kind: BodyKind) -> tuple[str, ...]:
    """The columns that a client may set in such a body, in the order of the table."""
    guards, system = resource.guards, system_columns(resource, config)
    client_id = config.database.generate_id is IdMode.CLIENT
    named = {*guards.createable, *guards.immutable} if kind is BodyKind.CREATE else set(guards.updatable)
    if client_id and kind is BodyKind.CREATE:
        named.add(resource.id_column.name)
    columns = [column.name for column in resource.table.columns if column.name not in system]
    fixed = {resource.id_column.name} if client_id and kind is BodyKind.UPDATE else set()
    return tuple(name for name in columns if (guards.open or name in named) and name not in fixed)


def _guards(resource: Resource, config: Config, create: tuple[str, ...], update: tuple[str, ...]) -> str:
    guards = resource.guards
    immutable = tuple(name for name in create if name in guards.immutable or _is_client_id(resource, config, name))
    protected: list[tuple[str, Code]] = [(p.column, strings(p.actions)) for p in guards.protected]
    entries: list[tuple[str, Code]] = [
        ("system", _system(resource, config)),
        ("createable", set_of(create)),
        ("updatable", set_of(update)),
        ("immutable", set_of(immutable)),
        ("protected", map_of(protected)),
    ]
    return layout("export const guards: Guards = ", object_(entries), ";")


def _system(resource: Resource, config: Config) -> Code:
    """The server's columns, and the audit names even where the table has no such column."""
    if not config.audit_fields:
        return set_of(system_columns(resource, config))
    own = [text(name) for name in system_columns(resource, config) if name not in AUDIT_COLUMNS]
    return wrapped("new Set(", array([*own, "...AUDIT_FIELDS"]), ")")


def _is_client_id(resource: Resource, config: Config, name: str) -> bool:
    return config.database.generate_id is IdMode.CLIENT and name == resource.id_column.name


def makes_id(resource: Resource, config: Config) -> bool:
    """Whether the server makes the primary key of new rows, and not the database or the client."""
    return new_id_code(config, resource.key) is not None and resource.id_column.kind is ColumnKind.TEXT


def new_id_code(config: Config, key: str) -> str | None:
    return {
        IdMode.UUID: "uuid()",
        IdMode.CUID: "cuid()",
        IdMode.NANOID: "nanoid()",
        IdMode.PREFIXED: f"prefixedId({text(id_prefix(key))})",
    }.get(config.database.generate_id)


def id_prefix(key: str) -> str:
    """The first character, then the consonants: three in all."""
    return (key[:1] + re.sub("[aeiouAEIOU]", "", key[1:]))[:3]


def _masks(resource: Resource) -> str:
    entries = [(mask.column, _mask(resource, mask)) for mask in resource.masking.masks]
    return layout("export const masks: Masks = ", map_of(entries), ";")


def _mask(resource: Resource, mask: Mask) -> Code:
    firewall = resource.firewall
    # Roles say nothing about rows outside an organization, unless the author said that they do.
    roles = () if firewall.exception and not firewall.any_organization_roles else mask.show_roles
    entries: list[tuple[str, Code]] = [("hide", _hide(resource, mask)), ("roles", strings(roles))]
    return object_([*entries, ("owner", "true")] if mask.show_owner else entries)


def _hide(resource: Resource, mask: Mask) -> str:
    if mask.custom is None:
        return _MASKS[mask.kind]
    return member("customMasks", mask.column)


def _resource(around: Around, resource: Resource, table: str) -> str:
    get = resource.reading.get
    readable = "access.get" if get and not get.access.functions else "null"
    owner = resource.masking.owner_column
    entries: list[tuple[str, Code]] = [
        ("name", text(resource.key)),
        ("table", table),
        ("id", text(resource.id_column.name)),
        ("deletedAt", text(resource.firewall.soft_delete) if resource.firewall.soft_delete else "null"),
        ("errorMode", text(resource.firewall.error_mode.value)),
        ("firewall", "firewall"),
        ("prepared", "firewall" if is_preparable(resource.firewall) else "null"),
        ("readable", readable),
        ("fields", "fields"),
        ("defaultSort", array(_default_sort(resource))),
        ("searchable", strings(searchable(resource))),
        ("masks", "masks"),
        ("ownerColumn", text(owner) if owner else "null"),
        ("references", map_of(_references(around, resource))),
        ("labels", map_of(_labels(around, resource))),
    ]
    opened = [Entry(name, value) for name, value in entries]
    shown = [_entry(entry) for entry in opened]
    made_id = new_id_code(around.config, resource.key) if makes_id(resource, around.config) else None
    kind = f"Resource<typeof {table}, {context_type(resource)}>"
    stamped = stamps(resource, around.config, made_id)
    written = "\n".join([f"export const resource: {kind} = {{", *shown, *stamped, "};"])
    return "\n\n".join([written, *_firewalls(around, resource)])


def _entry(entry: Entry) -> str:
    if entry.key == entry.value:
        return f"  {entry.key},"
    return "  " + layout(f"{entry.key}: ", entry.value, ",", indent=2)


def _default_sort(resource: Resource) -> list[Code]:
    sort = resource.reading.default_sort or (("createdAt", True) if resource.table.has("createdAt") else None)
    if sort is None:
        return []
    return [object_([("name", text(sort[0])), ("descending", "true" if sort[1] else "false")])]


def searchable(resource: Resource) -> tuple[str, ...]:
    """Text that people write: not keys, scopes, references or what the server stamps."""
    keys = {resource.id_column.name, *resource.firewall.scope_columns, *(r.column for r in resource.references)}
    stamped = {"createdAt", "createdBy", "modifiedAt", "modifiedBy", "deletedAt", "deletedBy"}
    return tuple(
        column.name
        for column in resource.table.columns
        if column.kind is ColumnKind.TEXT and column.name not in keys | stamped and not column.name.endswith("Id")
    )


def checked_references(around: Around, resource: Resource) -> list[Reference]:
    """References that a write must satisfy: declared ones whose target is a table of ours."""
    found: dict[str, Reference] = {}
    for reference in resource.references:
        if reference.origin is not ReferenceOrigin.CONVENTION and reference.target in around.targets:
            found.setdefault(reference.column, reference)
    return list(found.values())


def _references(around: Around, resource: Resource) -> list[tuple[str, Code]]:
    return [(r.column, f"() => {_target(around, resource, r)}") for r in checked_references(around, resource)]


def _target(around: Around, resource: Resource, reference: Reference) -> str:
    target = around.targets[reference.target]
    if isinstance(target, Resource):
        return f"targetIn({_alias(resource, target)}, {text(reference.target_column)})"
    local = names.table_name(target.key)
    return f"rowsIn({local}, {text(reference.target_column)}, {local}Firewall)"


def _firewalls(around: Around, resource: Resource) -> list[str]:
    """The firewalls of tables without routes that the table refers to."""
    targets = {r.target: around.targets[r.target] for r in checked_references(around, resource)}
    return [
        internal_firewall(target, names.table_name(target.key), "Scoping")
        for target in targets.values()
        if isinstance(target, InternalTable)
    ]


def _alias(resource: Resource, target: Resource) -> str:
    return "resource" if target.key == resource.key else names.resource_alias(target)


def _labels(around: Around, resource: Resource) -> list[tuple[str, Code]]:
    entries: list[tuple[str, Code]] = []
    for reference in resource.references:
        target = around.resource(reference.target) if reference.labelled else None
        if target and target.display.column:
            entries.append((reference.column, _label(resource, reference, target)))
    return entries


def _label(resource: Resource, reference: Reference, target: Resource) -> Code:
    display = target.display.column or ""
    where = flat(Entry("resource", _alias(resource, target)))
    parts = f"{where}, key: {text(reference.target_column)}, display: {text(display)}"
    return object_([("name", text(reference.label)), ("target", f"() => ({{ {parts} }})")])


def _neighbours(around: Around, resource: Resource) -> list[Import]:
    targets = {r.target: around.resource(r.target) for r in resource.references if r.target != resource.key}
    found = [
        Import(
            f"{names.to_feature(resource.feature, t.feature)}/{t.route}.resource",
            (f"resource as {names.resource_alias(t)}",),
        )
        for t in targets.values()
        if t
    ]
    custom = Import(f"./{resource.route}.custom", ("customMasks", "customSchemas"))
    return [
        *sorted(found, key=lambda entry: entry.module),
        custom,
        *_schemas(around, resource),
    ]


def _schemas(around: Around, resource: Resource) -> Iterator[Import]:
    """The table, and those without routes that it refers to."""
    tables: dict[str, set[str]] = {"./schema": {names.table_import(resource.key)}}
    for target in around.targets.values():
        if isinstance(target, InternalTable):
            module = names.schema_path(resource.feature, target)
            tables.setdefault(module, set()).add(names.table_import(target.key))
    yield from (Import(module, tuple(sorted(found))) for module, found in tables.items())


def _columns(resource: Resource, fields: tuple[str, ...] | None) -> Code:
    columns = tuple(column.name for column in resource.table.columns)
    if fields is None or set(columns) <= set(fields):
        return "[...fields.keys()]"
    return strings(tuple(name for name in columns if name in fields))


def _record(resource: Resource) -> str | None:
    if not _returns_rows(resource):
        return None
    fields = resource.reading.get.fields if resource.reading.get else None
    return layout("export const columns: readonly string[] = ", _columns(resource, fields), ";")


def _returns_rows(resource: Resource) -> bool:
    writing = resource.writing
    return bool(
        resource.reading.get or writing.create or writing.update or writing.put
        or writing.batch_create or writing.batch_update or writing.batch_upsert or resource.actions
    )  # fmt: skip


def _list(resource: Resource) -> str | None:
    operation = resource.reading.list
    if operation is None:
        return None
    entries: list[tuple[str, Code]] = [
        ("rule", "access.list"),
        ("columns", _columns(resource, operation.fields)),
        ("pageSize", str(operation.page_size)),
        ("maxPageSize", str(operation.max_page_size)),
    ]
    return layout("export const list: Listed = ", object_(entries), ";")


def _view_queries(resource: Resource) -> str:
    shown = "list" if resource.reading.list else "null"
    entries: list[tuple[str, Code]] = [
        (view.name, Group("viewOf(", ("fields", strings(view.fields), shown), ")")) for view in resource.reading.views
    ]
    return layout("export const views = ", object_(entries), " satisfies Record<string, Queryable>;")
