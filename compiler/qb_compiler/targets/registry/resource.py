"""One table of the registry: its columns, its security as written, its actions."""

from collections.abc import Iterator

from qb_compiler.blocks.actions.model import Action, ActionMethod, ResponseType
from qb_compiler.blocks.crud.model import BatchOperation, DeleteOperation, WriteOperation
from qb_compiler.blocks.display.model import Layout
from qb_compiler.blocks.masking.model import Mask
from qb_compiler.blocks.reading.model import GetOperation, ListOperation
from qb_compiler.model.literal import Json
from qb_compiler.model.resource import InternalTable, Resource
from qb_compiler.targets.registry.columns import columns_meta

Operation = ListOperation | GetOperation | WriteOperation | DeleteOperation | BatchOperation


def operation_meta(operation: Operation) -> dict[str, Json]:
    meta: dict[str, Json] = {"access": operation.access.written}
    if isinstance(operation, ListOperation):
        meta |= {"pageSize": operation.page_size, "maxPageSize": operation.max_page_size}
    if isinstance(operation, ListOperation | GetOperation) and operation.fields:
        meta["fields"] = list(operation.fields)
    if isinstance(operation, DeleteOperation):
        meta["mode"] = str(operation.mode)
    if isinstance(operation, BatchOperation):
        meta |= {"maxBatchSize": operation.max_size, "allowAtomic": operation.allow_atomic}
    return meta


def crud_meta(resource: Resource) -> dict[str, Json]:
    reading, writing = resource.reading, resource.writing
    declared: dict[str, Operation | None] = {
        "list": reading.list,
        "get": reading.get,
        "create": writing.create,
        "update": writing.update,
        "delete": writing.delete,
        "put": writing.put,
        "batchCreate": writing.batch_create,
        "batchUpdate": writing.batch_update,
        "batchDelete": writing.batch_delete,
        "batchUpsert": writing.batch_upsert,
    }
    meta: dict[str, Json] = {name: operation_meta(operation) for name, operation in declared.items() if operation}
    if writing.delete and writing.batch_delete:
        meta["batchDelete"] = {**operation_meta(writing.batch_delete), "mode": str(writing.delete.mode)}
    return meta


def guards_meta(resource: Resource) -> dict[str, Json]:
    guards = resource.guards
    return {
        "createable": list(guards.createable),
        "updatable": list(guards.updatable),
        "immutable": list(guards.immutable),
        "protected": {field.column: list(field.actions) for field in guards.protected},
    }


def mask_meta(mask: Mask) -> Json:
    if mask.written is not None:
        return mask.written
    show: dict[str, Json] = {"roles": list(mask.show_roles)}
    return {"type": str(mask.kind), "show": {**show, **({"or": "owner"} if mask.show_owner else {})}}


def action_meta(action: Action) -> dict[str, Json]:
    fields: list[Json] = [
        {"name": f.name, "type": f.type, "required": f.required, **({"enum": list(f.enum)} if f.enum else {})}
        for f in action.input_fields
    ]
    return {
        "name": action.name,
        "description": action.description,
        "inputFields": fields,
        "access": action.access.written,
        **({"standalone": True} if action.standalone else {}),
        **({"path": action.path} if action.path else {}),
        **({"method": str(action.method)} if action.method is not ActionMethod.POST else {}),
        **({"responseType": str(action.response_type)} if action.response_type is not ResponseType.JSON else {}),
        **({"sideEffects": action.side_effects} if action.side_effects else {}),
        **({"cms": action.cms} if action.cms else {}),
    }


def layout_meta(layout: Layout) -> Json:
    sections: list[Json] = [
        {"label": s.label, "fields": list(s.fields), "columns": s.columns, "collapsed": s.collapsed}
        for s in layout.sections
    ]
    return {"sections": sections}


def display_meta(resource: Resource) -> Iterator[tuple[str, Json]]:
    """The keys that a table has only when it says something there."""
    display = resource.display
    if display.column:
        yield "displayColumn", display.column
    if resource.reading.default_sort:
        field, descending = resource.reading.default_sort
        yield "defaultSort", {"field": field, "order": "desc" if descending else "asc"}
    if display.input_hints:
        yield "inputHints", dict(display.input_hints)
    if display.layouts:
        yield "layouts", {layout.name: layout_meta(layout) for layout in display.layouts}


def resource_meta(resource: Resource) -> dict[str, Json]:
    return {
        "name": resource.key,
        "dbName": resource.table.sql_name,
        "apiPath": resource.route,
        "feature": resource.feature,
        "columns": columns_meta(resource.table, resource.references),
        "firewall": resource.firewall.written if resource.firewall.written is not None else {},
        "crud": crud_meta(resource),
        "guards": guards_meta(resource),
        "masking": {mask.column: mask_meta(mask) for mask in resource.masking.masks},
        "views": {v.name: {"fields": list(v.fields), "access": v.access.written} for v in resource.reading.views},
        "validation": {rules.column: rules.written for rules in resource.validation},
        "actions": [action_meta(action) for action in resource.actions],
        **dict(display_meta(resource)),
    }


def internal_meta(internal: InternalTable) -> dict[str, Json]:
    """A table without routes: nothing but its columns, and the mark that it is internal."""
    return {
        "name": internal.key,
        "dbName": internal.table.sql_name,
        "feature": internal.feature,
        "columns": columns_meta(internal.table, internal.references),
        "firewall": {},
        "crud": {},
        "guards": {"createable": [], "updatable": [], "immutable": [], "protected": {}},
        "masking": {},
        "views": {},
        "validation": {},
        "actions": [],
        "internal": True,
    }
