"""The routes of one table: reading, writing, batches."""

from collections.abc import Iterator

from qb_compiler.blocks.access.model import Rule
from qb_compiler.blocks.crud.model import BatchOperation
from qb_compiler.blocks.firewall.model import ErrorMode
from qb_compiler.blocks.reading.model import View
from qb_compiler.model.literal import Json
from qb_compiler.model.record import record
from qb_compiler.model.resource import Resource
from qb_compiler.targets.api.rules import is_anonymous
from qb_compiler.targets.openapi.names import JsonObject, answer, json_content, pascal, reference, schema_reference
from qb_compiler.targets.openapi.parameters import fields_parameter, id_parameter, list_parameters
from qb_compiler.targets.openapi.schemas import column_schema

PAGE_SIZE, LARGEST_PAGE = 50, 100


@record
class Documented:
    """One operation of the document."""

    path: str
    method: str
    content: Json


@record
class Refusals:
    """Which errors an operation can answer with, beside 401 and 403."""

    of_rows: bool = False
    of_query: bool = False
    of_body: bool = False
    of_conflict: bool = False


def errors(resource: Resource | None, access: Rule, refusals: Refusals) -> JsonObject:
    hides = resource is not None and resource.firewall.error_mode is ErrorMode.HIDE
    signs_in = not is_anonymous(access)
    codes = {
        "400": refusals.of_query or refusals.of_body,
        "401": signs_in,
        "403": True,
        "404": refusals.of_rows and hides,
        "409": refusals.of_conflict,
        "413": refusals.of_body,
        "415": refusals.of_body and signs_in,
        "429": not signs_in,
    }
    return {code: reference("responses", f"Error{code}") for code, applies in codes.items() if applies}


def operation(
    name: str, summary: str, tag: str, access: Rule, responses: JsonObject, body: Json = None, parameters: Json = None
) -> JsonObject:
    """The common shape; `x-access` is the rule as its author wrote it."""
    return {
        "operationId": name,
        "summary": summary,
        "tags": [tag],
        **({"security": []} if is_anonymous(access) else {}),
        **({"parameters": parameters} if parameters else {}),
        **({"requestBody": {"required": True, "content": json_content(body)}} if body is not None else {}),
        "responses": responses,
        **({"x-access": access.written} if access.written is not None else {}),
    }


def resource_operations(resource: Resource) -> Iterator[Documented]:
    """Every route of the table but its actions."""
    yield from _reads(resource)
    yield from _writes(resource)
    yield from _batches(resource)


def _reads(resource: Resource) -> Iterator[Documented]:
    base, name, key = f"/api/v1/{resource.route}", pascal(resource.key), resource.key
    listed, got = resource.reading.list, resource.reading.get
    if listed:
        parameters: Json = list_parameters(resource, listed.page_size, listed.max_page_size, listed.fields)
        responses = _page(resource, listed.access, {})
        yield Documented(
            base, "get", operation(f"list{name}", f"List {key}", key, listed.access, responses, None, parameters)
        )
    if got:
        responses = {
            "200": answer("The record.", schema_reference(name)),
            "304": {"description": "The client has it already."},
            **errors(resource, got.access, Refusals(of_rows=True, of_query=True)),
        }
        parameters = [id_parameter(resource), fields_parameter()]
        content = operation(f"get{name}", f"Get one of {key}", key, got.access, responses, None, parameters)
        yield Documented(f"{base}/{{id}}", "get", content)
    for view in resource.reading.views:
        yield _view(resource, view)


def _view(resource: Resource, view: View) -> Documented:
    size = resource.reading.list
    parameters: Json = list_parameters(
        resource, size.page_size if size else PAGE_SIZE, size.max_page_size if size else LARGEST_PAGE, view.fields
    )
    extra: JsonObject = {
        "view": {"const": view.name},
        "fields": {"type": "array", "items": {"type": "string"}},
    }
    name = f"get{pascal(resource.key)}View{pascal(view.name)}"
    content = operation(
        name,
        f"The view {view.name} of {resource.key}",
        resource.key,
        view.access,
        _page(resource, view.access, extra),
        None,
        parameters,
    )
    return Documented(f"/api/v1/{resource.route}/views/{view.name}", "get", content)


def _page(resource: Resource, access: Rule, extra: JsonObject) -> JsonObject:
    row = schema_reference(pascal(resource.key))
    schema: JsonObject = {
        "type": "object",
        "required": ["data", *extra, "pagination"],
        "properties": {
            "data": {"type": "array", "items": row},
            **extra,
            "pagination": schema_reference("Pagination"),
        },
    }
    page = {**answer("A page of records.", schema), "headers": {"X-Total-Count": reference("headers", "TotalCount")}}
    refused = errors(resource, access, Refusals(of_query=True))
    return {"200": page, "304": {"description": "The client has it already."}, **refused}


def _writes(resource: Resource) -> Iterator[Documented]:
    base, name, key = f"/api/v1/{resource.route}", pascal(resource.key), resource.key
    one, ids = f"{base}/{{id}}", [id_parameter(resource)]
    row, writing = schema_reference(name), resource.writing
    writes = Refusals(of_rows=True, of_body=True, of_conflict=True)
    if writing.create:
        access = writing.create.access
        responses = {"201": answer("The new record.", row), **errors(resource, access, writes)}
        body = schema_reference(f"{name}Create")
        yield Documented(base, "post", operation(f"create{name}", f"Create one of {key}", key, access, responses, body))
    if writing.update:
        access = writing.update.access
        responses = {"200": answer("The record as it is now.", row), **errors(resource, access, writes)}
        body = schema_reference(f"{name}Update")
        content = operation(f"update{name}", f"Change one of {key}", key, access, responses, body, ids)
        yield Documented(one, "patch", content)
    if writing.delete:
        access = writing.delete.access
        refused = errors(resource, access, Refusals(of_rows=True, of_conflict=True))
        responses = {"200": answer("Deleted.", schema_reference("Deleted")), **refused}
        content = operation(f"delete{name}", f"Delete one of {key}", key, access, responses, None, ids)
        yield Documented(one, "delete", content)
    if writing.put:
        access = writing.put.access
        responses = {
            "200": answer("The record was replaced.", row),
            "201": answer("The record was created.", row),
            **errors(resource, access, writes),
        }
        body = schema_reference(f"{name}Put")
        content = operation(f"put{name}", f"Create or replace one of {key}", key, access, responses, body, ids)
        yield Documented(one, "put", content)


def _batches(resource: Resource) -> Iterator[Documented]:
    name, writing = pascal(resource.key), resource.writing
    batches = (
        ("post", "batchCreate", writing.batch_create, "records", schema_reference(f"{name}Create")),
        ("patch", "batchUpdate", writing.batch_update, "records", schema_reference(f"{name}UpdateItem")),
        ("delete", "batchDelete", writing.batch_delete, "ids", column_schema(resource.id_column)),
        ("put", "batchUpsert", writing.batch_upsert, "records", schema_reference(f"{name}PutItem")),
    )
    for method, operation_name, batch, key, item in batches:
        if batch:
            yield _batch(resource, method, operation_name, batch, (key, item))


def _batch(
    resource: Resource, method: str, name: str, batch: BatchOperation, items: tuple[str, JsonObject]
) -> Documented:
    listed, item = items
    properties: JsonObject = {listed: {"type": "array", "items": item, "maxItems": batch.max_size}}
    if batch.allow_atomic:
        properties["options"] = {
            "type": "object",
            "properties": {"atomic": {"type": "boolean", "default": False}},
            "additionalProperties": False,
        }
    body: JsonObject = {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    result = schema_reference("BatchResult")
    done = "201" if method == "post" else "200"
    responses = {
        done: answer("All succeeded.", result),
        "207": answer("Some failed; `errors` says which and why.", result),
        **errors(resource, batch.access, Refusals(of_body=True)),
    }
    key = resource.key
    content = operation(f"{name}{pascal(key)}", f"Many of {key} at once", key, batch.access, responses, body)
    return Documented(f"/api/v1/{resource.route}/batch", method, content)
