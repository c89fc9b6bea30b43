"""Prints a column: the builder with its options, then the modifiers in one fixed order."""

from qb_compiler.blocks.columns.model import Column, ColumnKind, Default, DefaultKind, ForeignKey
from qb_compiler.model.literal import Json
from qb_compiler.model.record import record
from qb_compiler.targets.api.code import Code, literal, member, object_, strings, text
from qb_compiler.targets.schema.chains import Call

ISO_NOW = "(strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))"
_NOW = {
    "timestamp": "(unixepoch())",
    "timestamp_ms": "(cast(unixepoch('subsec') * 1000 as integer))",
}


@record
class Foreign:
    """How the printed file calls the table that a key points at; `annotated` where types would go round in a circle."""

    local: str
    annotated: bool


def column_calls(column: Column, foreign: Foreign | None) -> tuple[Call, ...]:
    """The chain of calls that declares the column."""
    head = Call(_head(column), whole=True) if column.custom else Call(column.function, _builder_arguments(column))
    modifiers = [Call(carried.text.removeprefix("."), whole=True) for carried in column.modifiers]
    calls = [head, *_key(column), *_uniqueness(column), *_default(column)]
    if column.foreign_key and foreign:
        calls.append(_reference(column.foreign_key, foreign))
    return (*calls, *modifiers)


def now_sql(column: Column) -> str:
    """The SQL of "now" as the column stores it."""
    return _NOW.get(column.mode or "", ISO_NOW)


def _head(column: Column) -> str:
    assert column.custom is not None
    return column.custom.text


def _builder_arguments(column: Column) -> tuple[Code, ...]:
    options: list[tuple[str, Code]] = []
    if column.mode:
        options.append(("mode", text(column.mode)))
    if column.enum:
        options.append(("enum", strings(column.enum)))
    for name in ("length", "precision", "scale"):
        value: int | None = getattr(column, name)
        if value is not None:
            options.append((name, str(value)))
    options += [(name, literal(value)) for name, value in column.options]
    return (text(column.sql_name), object_(options)) if options else (text(column.sql_name),)


def _key(column: Column) -> list[Call]:
    if column.primary_key:
        automatic: tuple[Code, ...] = (object_([("autoIncrement", "true")]),) if column.autoincrement else ()
        return [Call("primaryKey", automatic)]
    return [Call("notNull")] if column.not_null else []


def _uniqueness(column: Column) -> list[Call]:
    if not column.unique:
        return []
    return [Call("unique", (text(column.unique_name),) if column.unique_name else ())]


def _default(column: Column) -> list[Call]:
    default = column.default
    if default is None:
        return []
    if default.kind is DefaultKind.FUNCTION:
        return [Call("$defaultFn", (default.source.text,))] if default.source else []
    return [Call("default", (_default_value(column, default),))]


def _default_value(column: Column, default: Default) -> Code:
    if default.kind is DefaultKind.NOW:
        return f"sql`{now_sql(column)}`"
    if default.kind is DefaultKind.SQL and default.source:
        return default.source.text
    return literal(_stored_default(column, default.value))


def _stored_default(column: Column, value: Json) -> Json:
    """SQLite has no booleans and no dates of its own; what Drizzle takes depends on the mode."""
    if column.kind is ColumnKind.BOOLEAN and isinstance(value, int):
        return bool(value)
    return value


def _reference(key: ForeignKey, foreign: Foreign) -> Call:
    arrow = "(): AnySQLiteColumn =>" if foreign.annotated else "() =>"
    target = f"{arrow} {member(foreign.local, key.column)}"
    actions: list[tuple[str, Code]] = [
        (name, text(value)) for name, value in (("onDelete", key.on_delete), ("onUpdate", key.on_update)) if value
    ]
    return Call("references", (target, object_(actions)) if actions else (target,))
