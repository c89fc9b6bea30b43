"""The routes that the author programs."""

from collections.abc import Iterator

from qb_compiler.blocks.actions.model import Action, ActionMethod, InputField, ResponseType
from qb_compiler.model.literal import Json
from qb_compiler.model.project import Feature
from qb_compiler.model.resource import Resource
from qb_compiler.targets.openapi.names import JsonObject, answer, pascal, reference, schema_reference
from qb_compiler.targets.openapi.operations import Documented, Refusals, errors, operation
from qb_compiler.targets.openapi.parameters import id_parameter

_TYPES = frozenset({"string", "number", "integer", "boolean", "object", "array"})


def resource_actions(resource: Resource) -> Iterator[Documented]:
    """The actions of one table, on a record or standalone."""
    for action in resource.actions:
        own = action.path or action.name
        path = own if action.standalone else f"{{id}}/{own}"
        name = action.name if action.standalone else f"{resource.key}{pascal(action.name)}"
        yield _documented(action, name, f"/api/v1/{resource.route}/{path}", resource.key, resource)


def feature_actions(feature: Feature) -> Iterator[Documented]:
    """The actions of a feature without a table."""
    for action in feature.actions:
        path = f"/api/v1/{feature.name}/{action.path or action.name}"
        yield _documented(action, action.name, path, feature.name, None)


def _documented(action: Action, name: str, path: str, tag: str, resource: Resource | None) -> Documented:
    on_record = resource is not None and not action.standalone
    in_query = action.method is ActionMethod.GET
    parameters: list[Json] = [id_parameter(resource)] if resource and on_record else []
    if in_query:
        parameters += [
            {"name": field.name, "in": "query", "required": field.required, "schema": _field(field)}
            for field in action.input_fields
        ]
    refused = errors(resource, action.access, Refusals(of_rows=on_record, of_query=True, of_body=not in_query))
    state: JsonObject = {"409": reference("responses", "Error409")} if on_record else {}
    content = operation(
        name,
        action.description or f"The action {action.name}",
        tag,
        action.access,
        {"200": _answer(action, resource), **refused, **state},
        None if in_query or action.input is None else _body(action),
        parameters,
    )
    return Documented(path, action.method.value.lower(), content)


def _answer(action: Action, resource: Resource | None) -> JsonObject:
    if action.response_type is not ResponseType.JSON:
        return {"description": "What the action sends.", "content": {"*/*": {}}}
    if action.returns_record and resource:
        return answer("The record.", schema_reference(pascal(resource.key)))
    return answer("What the action returns.", {})


def _body(action: Action) -> JsonObject:
    properties: dict[str, Json] = {field.name: _field(field) for field in action.input_fields}
    required: list[Json] = [field.name for field in action.input_fields if field.required]
    body: JsonObject = {"type": "object", "properties": properties}
    return {**body, "required": required} if required else body


def _field(field: InputField) -> JsonObject:
    if field.enum:
        return {"type": "string", "enum": list(field.enum)}
    if field.type.startswith("array<"):
        inner = field.type.removeprefix("array<").removesuffix(">")
        return {"type": "array", "items": {"type": inner} if inner in _TYPES else {}}
    return {"type": field.type} if field.type in _TYPES else {}
