"""Rows as they are returned, and bodies as they are taken."""

from qb_compiler.blocks.columns.model import Column, ColumnKind, DefaultKind
from qb_compiler.blocks.masking.model import Mask
from qb_compiler.blocks.validation.model import FieldRules
from qb_compiler.config.model import Config
from qb_compiler.model.literal import Json
from qb_compiler.model.resource import Resource
from qb_compiler.targets.api.bodies import BodyKind, is_required
from qb_compiler.targets.api.resource import writable
from qb_compiler.targets.openapi.names import JsonObject, pascal

_TYPES: dict[ColumnKind, JsonObject] = {
    ColumnKind.TEXT: {"type": "string"},
    ColumnKind.INTEGER: {"type": "integer"},
    ColumnKind.REAL: {"type": "number"},
    ColumnKind.NUMERIC: {"type": "string"},
    ColumnKind.BOOLEAN: {"type": "boolean"},
    ColumnKind.TIMESTAMP: {"type": "string", "format": "date-time"},
    ColumnKind.BLOB: {"type": "string", "contentEncoding": "base64"},
}


def resource_schemas(resource: Resource, config: Config) -> dict[str, JsonObject]:
    """The schemas of one table by name: the row, and a body for each way of writing."""
    name, writing = pascal(resource.key), resource.writing
    create, update = writable(resource, config, BodyKind.CREATE), writable(resource, config, BodyKind.UPDATE)
    key = resource.id_column.name
    put = tuple(column for column in create if column != key)
    bodies = {
        f"{name}Create": (writing.create or writing.batch_create, _body(resource, create, whole=True)),
        f"{name}Update": (writing.update, _body(resource, update, whole=False)),
        f"{name}UpdateItem": (writing.batch_update, _with_id(resource, _body(resource, update, whole=False), True)),
        f"{name}Put": (writing.put, _with_id(resource, _body(resource, put, whole=True), False)),
        f"{name}PutItem": (writing.batch_upsert, _with_id(resource, _body(resource, put, whole=True), True)),
    }
    return {name: row_schema(resource), **{body: schema for body, (used, schema) in bodies.items() if used}}


def row_schema(resource: Resource) -> JsonObject:
    """Nothing is required: `fields` and `list.fields` leave columns out."""
    properties: dict[str, Json] = {}
    labels = {reference.column: reference.label for reference in resource.references if reference.labelled}
    for column in resource.table.columns:
        properties[column.name] = _shown(column, resource.masking.mask(column.name))
        if column.name in labels:
            properties[labels[column.name]] = {"type": ["string", "null"], "readOnly": True}
    return {"type": "object", "properties": properties}


def column_schema(column: Column) -> JsonObject:
    """A value of the column, not null; JSON columns hold anything."""
    if column.enum:
        return {"type": "string", "enum": list(column.enum)}
    return dict(_TYPES.get(column.kind, {}))


def _shown(column: Column, mask: Mask | None) -> JsonObject:
    """A masked value is a string of another form, so the promise of form and type is only what always holds."""
    nullable = not (column.not_null or column.primary_key)
    if mask is None:
        return _nullable(column_schema(column)) if nullable else column_schema(column)
    plain = column_schema(column).get("type")
    types = sorted({"string", *([plain] if isinstance(plain, str) else []), *(["null"] if nullable else [])})
    shown: JsonObject = {"type": list(types)} if plain else {}
    return {**shown, "x-masking": {"type": mask.kind.value}}


def _nullable(schema: JsonObject) -> JsonObject:
    if "type" not in schema:
        return schema
    values = schema.get("enum")
    options: JsonObject = {"enum": [*values, None]} if isinstance(values, list) else {}
    return {**schema, "type": [schema["type"], "null"], **options}


def _body(resource: Resource, names: tuple[str, ...], whole: bool) -> JsonObject:
    rules = {rule.column: rule for rule in resource.validation}
    columns = [column for column in resource.table.columns if column.name in names]
    properties: dict[str, Json] = {column.name: _taken(column, rules.get(column.name)) for column in columns}
    required: list[Json] = [c.name for c in columns if whole and is_required(c)]
    body: JsonObject = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**body, "required": required} if required else body


def _with_id(resource: Resource, body: JsonObject, needed: bool) -> JsonObject:
    """The same body with the key that says which record is meant."""
    column = resource.id_column
    properties, required = body["properties"], body.get("required")
    assert isinstance(properties, dict)
    names: list[Json] = [*([column.name] if needed else []), *(required if isinstance(required, list) else [])]
    whole: JsonObject = {**body, "properties": {column.name: column_schema(column), **properties}}
    return {**whole, "required": names} if names else whole


def _taken(column: Column, rules: FieldRules | None) -> JsonObject:
    schema = {**column_schema(column), **(_ruled(rules, column) if rules else _length(column.length))}
    if column.default and column.default.kind is DefaultKind.LITERAL and column.default.value is not None:
        schema["default"] = column.default.value
    return schema if column.not_null or column.primary_key else _nullable(schema)


def _length(length: int | None) -> JsonObject:
    return {} if length is None else {"maxLength": length}


def _ruled(rules: FieldRules, column: Column) -> JsonObject:
    if rules.schema:
        return {"description": "Checked by the API beyond what this schema says."}
    longest = [limit for limit in (rules.max_length, column.length) if limit is not None]
    found: dict[str, Json] = {
        "minLength": rules.min_length,
        "maxLength": min(longest) if longest else None,
        "minimum": rules.minimum,
        "maximum": rules.maximum,
        "pattern": rules.pattern,
        "enum": list(rules.enum) or None,
        "format": "email" if rules.email else "uri" if rules.url else None,
    }
    return {key: value for key, value in found.items() if value is not None}
