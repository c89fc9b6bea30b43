"""What the shared steps are told of a table: its own rows, columns, references and stamps, as declared."""

from collections.abc import Iterator, Mapping

from tree_sitter import Node

from qb_compiler.blocks.columns.model import ColumnKind
from qb_compiler.contracts.boundary import Boundary
from qb_compiler.contracts.literals import Data, Reference, read
from qb_compiler.contracts.origins import Names, names_of, strange_declarations
from qb_compiler.contracts.predicates import (
    firewall_differs,
    firewalls_differ,
    labels_differ,
    references_differ,
    stamps_differ,
)
from qb_compiler.contracts.shape import flat
from qb_compiler.contracts.tables import AUDIT, Held, quoted
from qb_compiler.contracts.typescript import Module, arguments, members, unwrapped
from qb_compiler.model.resource import Resource

OWN = {
    "access", "bodies", "blank", "columns", "fields", "firewall", "guards", "knownFields", "list", "masks", "resource",
    "viewAccess", "views", "writable",
}  # fmt: skip
KNOWN_FIELDS = "new Set([...fields.keys(), ...guards.system])"
PARTS = ("references", "labels", "created", "modified", "deleted")
ALL = (Reference("...fields.keys()"),)


def names(module: Module, boundary: Boundary, resource: Resource) -> Names:
    custom = dict.fromkeys(("customMasks", "customSchemas"), f"./{resource.route}.custom")
    return names_of(module, resource.feature, {held.key: held for held in boundary.tables}, custom)


def parts(module: Module) -> dict[str, Node]:
    """The members of `resource`."""
    found = module.exported.get("resource")
    return dict(members(module, found)) if found is not None else {}


def rows_match(module: Module, boundary: Boundary, resource: Resource) -> Iterator[str]:
    """The firewall, whom the module asks for names, and every member of `resource` that decides about rows."""
    known, tables = names(module, boundary, resource), {held.key: held for held in boundary.tables}
    own, local = tables[resource.key], known.tables.get(resource.key, "")
    yield from known.strangers
    yield from strange_declarations(module, OWN)
    yield from firewalls_differ(module, tables, known)
    if firewall_differs(module, module.exported.get("firewall"), own.predicates(local)):
        yield f"the firewall is not {own.predicates(local)}"
    written = parts(module)
    known_fields = module.exported.get("knownFields")
    if known_fields is not None and flat(module, known_fields) != KNOWN_FIELDS:
        yield f"the known fields are not `{KNOWN_FIELDS}`"
    if sorted(written) != sorted((*PARTS, *decided(resource, own, local))):
        yield "`resource` has other parts than it must have"
    for name, expected in decided(resource, own, local).items():
        text = flat(module, written[name]) if name in written else "nothing"
        if text != expected:
            yield f"`resource.{name}` is `{text}`, declared is `{expected}`"
    if references_differ(module, written.get("references"), own, tables, known):
        yield "the references are not the declared ones"
    if labels_differ(module, written.get("labels"), own, tables, known):
        yield "the labels are not the declared ones"
    stamps = (stamps_differ(module, written.get(what), own, what) for what in ("created", "modified", "deleted"))
    yield from (message for message in stamps if message)


def decided(resource: Resource, own: Held, local: str) -> Mapping[str, str]:
    """What stands in `resource` where the definition decides it."""
    firewall, get, owner = resource.firewall, resource.reading.get, resource.masking.owner_column
    readable = "access.get" if get and not get.access.functions else "null"
    return {
        "name": quoted(resource.key),
        "table": local,
        "id": quoted(resource.id_column.name),
        "deletedAt": quoted(firewall.soft_delete),
        "errorMode": quoted(firewall.error_mode.value),
        "firewall": "firewall",
        "prepared": "firewall" if own.is_prepared else "null",
        "readable": readable,
        "fields": "fields",
        "masks": "masks",
        "ownerColumn": quoted(owner),
        "defaultSort": default_sort(resource),
        "searchable": quoted(searched(resource, own)),
    }


def searched(resource: Resource, own: Held) -> list[str]:
    """Text that people write: no key of this or another table, no scope, and nothing that the server stamps."""
    columns = [column for column in resource.table.columns if column.kind is ColumnKind.TEXT]
    apart = {own.identity, *own.locked, *AUDIT, *(reference.column for reference in resource.references)}
    return [column.name for column in columns if column.name not in apart and not column.name.endswith("Id")]


def default_sort(resource: Resource) -> str:
    """Lists that ask for no order have the declared one, or the newest rows first."""
    newest = ("createdAt", True) if resource.table.has("createdAt") else None
    sort = resource.reading.default_sort or newest
    return f"[{{ name: {quoted(sort[0])}, descending: {str(sort[1]).lower()} }}]" if sort else "[]"


def columns_match(module: Module, boundary: Boundary, resource: Resource) -> Iterator[str]:
    """One record, the list and each view show the declared columns of this table, and none besides."""
    local = names(module, boundary, resource).tables.get(resource.key, "")
    fields = module.exported.get("fields")
    if fields is None or not flat(module, fields).startswith(f"fieldsOf({local}"):
        yield "`fields` are not those of the table"
    reading = resource.reading
    record = module.exported.get("columns")
    if record is not None and not shows(read(module, record), resource, reading.get.fields if reading.get else None):
        yield "a record shows other columns than declared"
    listed = read(module, module.exported["list"]) if "list" in module.exported else None
    if reading.list is None:
        if listed is not None:
            yield "`list` is there, though none is declared"
    elif not isinstance(listed, dict) or not shows(listed.get("columns"), resource, reading.list.fields):
        yield "the list shows other columns than declared"
    elif listed.get("rule") != Reference("access.list") or listed.get("maxPageSize") != reading.list.max_page_size:
        yield "the list has another rule or size than declared"
    yield from views_match(module, resource)


def shows(data: Data, resource: Resource, fields: tuple[str, ...] | None) -> bool:
    every = [column.name for column in resource.table.columns]
    declared = every if fields is None else [name for name in every if name in fields]
    return data == tuple(declared) or (data == ALL and declared == every)


def views_match(module: Module, resource: Resource) -> Iterator[str]:
    node = module.exported.get("views")
    inner = unwrapped(node) if node is not None else None
    shown = "list" if resource.reading.list else "null"
    pairs = members(module, inner) if inner is not None else []
    written = {name: f"({', '.join(flat(module, part) for part in arguments(call))})" for name, call in pairs}
    declared = {v.name: f"(fields, {quoted(list(v.fields))}, {shown})" for v in resource.reading.views}
    if written != declared:
        changed = sorted(name for name in written.keys() | declared.keys() if written.get(name) != declared.get(name))
        yield f"views show other columns than declared: {', '.join(changed)}"
