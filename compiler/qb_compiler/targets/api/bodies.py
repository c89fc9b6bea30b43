"""The zod schema of a request body: what the column says, then what `validation` adds."""

import re
from collections.abc import Iterable
from enum import Enum

from qb_compiler.blocks.columns.model import Column, ColumnKind, DefaultKind
from qb_compiler.blocks.validation.model import FieldRules
from qb_compiler.model.resource import Resource
from qb_compiler.targets.api.code import WIDTH, Code, array, flat, layout, literal, member, object_, strings, text
from qb_compiler.targets.api.names import table_name

_CALL = re.compile(r"\.\w+\((?:/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\])*/|[^()]|\([^()]*\))*\)")
_LONG_CHAIN = 3


class BodyKind(Enum):
    CREATE = "create"
    UPDATE = "update"


def bodies_code(resource: Resource, create: tuple[str, ...], update: tuple[str, ...]) -> str:
    """One object of all writable columns, and the bodies cut out of it."""
    columns = [column for column in resource.table.columns if column.name in {*create, *update}]
    rules = {rule.column: rule for rule in resource.validation}
    fields: list[tuple[str, Code]] = [(c.name, _broken(field_code(resource, c, rules.get(c.name)))) for c in columns]
    writing = resource.writing
    bodies: list[str] = []
    if writing.create or writing.batch_create:
        bodies.append(_body("create", columns, create, ""))
    if writing.update or writing.batch_update:
        bodies.append(_body("update", columns, update, ".partial()"))
    if writing.put or writing.batch_upsert:
        bodies.append(_put_body(resource, columns, create))
    line = f"export const bodies = {{ {', '.join(bodies)} }};"
    if len(line) > WIDTH or "\n" in line:
        line = "\n".join(["export const bodies = {", *(f"  {body}," for body in bodies), "};"])
    return "\n".join([layout("const writable = z.object(", object_(fields), ");"), line])


def _broken(schema: str) -> str:
    """The formatter puts each call of a longer chain on its own line when one of them takes a pattern or a function."""
    calls = _CALL.findall(schema)
    complex_ = any(call.startswith((".regex(", ".refine(")) for call in calls)
    if not schema.startswith("z.") or len(calls) < _LONG_CHAIN or not complex_:
        return schema
    return "z" + "".join(f"\n    {call}" for call in calls)


def _body(name: str, columns: list[Column], allowed: tuple[str, ...], more: str) -> str:
    left_out = [(column.name, "true") for column in columns if column.name not in allowed]
    cut = layout(f"{name}: writable.omit(", object_(list(left_out)), f"){more}", indent=2)
    return cut if left_out else f"{name}: writable{more}"


def _put_body(resource: Resource, columns: list[Column], allowed: tuple[str, ...]) -> str:
    """A replaced record needs a value where the database would have computed one."""
    named = [name for name in allowed if name != resource.id_column.name]
    computed = [c.name for c in columns if c.name in named and c.not_null and c.default and _blank(c) is None]
    required = layout(".required(", object_([(name, "true") for name in computed]), ")", indent=2) if computed else ""
    return _body("put", columns, tuple(named), required)


def is_required(column: Column) -> bool:
    """Whether an insert must give a value."""
    made = column.default is not None or column.autoincrement or column.generated
    return column.not_null and not made


def blank_code(resource: Resource, names: Iterable[str]) -> str:
    """`export const blank = …`: the value of every optional column for a record that is replaced whole."""
    allowed = set(names)
    columns = [c for c in resource.table.columns if c.name in allowed and not c.primary_key]
    values = [(c.name, _blank(c)) for c in columns]
    entries = [(name, value) for name, value in values if value is not None]
    return layout("export const blank = () => (", object_(list(entries)), ");")


def _blank(column: Column) -> Code | None:
    if column.default and column.default.kind is DefaultKind.LITERAL:
        return literal(column.default.value)
    if column.default and column.default.kind is DefaultKind.NOW:
        return "new Date().toISOString()" if stores_text(column) else "new Date()"
    return None if column.not_null else "null"


def field_code(resource: Resource, column: Column, rules: FieldRules | None) -> str:
    schema = _typed(resource, column, _schema(resource, column, rules))
    if column.primary_key:
        return schema
    if not column.not_null:
        return f"{schema}.nullish()"
    return schema if is_required(column) else f"{schema}.optional()"


def _typed(resource: Resource, column: Column, schema: str) -> str:
    """A column with `$type` takes its own type; JSON columns always do."""
    declared = any(modifier.text.startswith(".$type<") for modifier in column.modifiers)
    if not declared or column.kind is ColumnKind.JSON:
        return schema
    return f"typed<{_value_type(resource, column)}>({schema})"


def _value_type(resource: Resource, column: Column) -> str:
    return f"NonNullable<(typeof {table_name(resource.key)}.$inferInsert)[{text(column.name)}]>"


def _schema(resource: Resource, column: Column, rules: FieldRules | None) -> str:
    if rules and rules.schema:
        return f"typed<{_value_type(resource, column)}>({member('customSchemas', column.name)})"
    match column.kind:
        case ColumnKind.TEXT:
            return _text(column, rules)
        case ColumnKind.INTEGER:
            return _number("z.int()", rules)
        case ColumnKind.REAL:
            return _number("z.number()", rules)
        case ColumnKind.NUMERIC:
            return _decimal(column, rules)
        case ColumnKind.BOOLEAN:
            return "z.boolean()"
        case ColumnKind.TIMESTAMP:
            return "isoDate"
        case ColumnKind.JSON:
            return f"json<{_value_type(resource, column)}>()"
        case ColumnKind.BLOB:
            return "base64"


def stores_text(column: Column) -> bool:
    """Whether a timestamp is kept as ISO text (as the audit columns are) and not as a number."""
    return column.function == "text"


def _text(column: Column, rules: FieldRules | None) -> str:
    options = [str(value) for value in rules.enum] if rules and rules.enum else list(column.enum)
    if options:
        return f"z.enum({flat(strings(options))})"
    if rules is None:
        return f"z.string().max({column.length})" if column.length is not None else "z.string()"
    lengths = [limit for limit in (rules.max_length, column.length) if limit is not None]
    parts = (
        "z.email()" if rules.email else "z.url()" if rules.url else "z.string()",
        f".min({rules.min_length})" if rules.min_length is not None else "",
        f".max({min(lengths)})" if lengths else "",
        f".regex({_regex(rules.pattern)})" if rules.pattern is not None else "",
    )
    return "".join(parts)


def _regex(pattern: str) -> str:
    """A regular expression literal of the pattern."""
    slashes = re.sub(r"(\\.)|(\[(?:\\.|[^\]\\])*\])|/", lambda m: m.group(0) if m.group(0) != "/" else "\\/", pattern)
    escaped = (
        slashes.replace("\n", "\\n").replace("\r", "\\r").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    )
    return f"/{escaped or '(?:)'}/"


def _number(schema: str, rules: FieldRules | None) -> str:
    if rules and rules.enum:
        return f"z.literal({flat(array([literal(value) for value in rules.enum]))})"
    least = f".min({_plain(rules.minimum)})" if rules and rules.minimum is not None else ""
    most = f".max({_plain(rules.maximum)})" if rules and rules.maximum is not None else ""
    return f"{schema}{least}{most}"


def _decimal(column: Column, rules: FieldRules | None) -> str:
    schema = "bigintValue" if column.mode == "bigint" else "decimalText"
    least = rules.minimum if rules else None
    most = rules.maximum if rules else None
    if least is None and most is None:
        return schema
    tests = [f"Number(value) >= {_plain(least)}" if least is not None else ""]
    tests.append(f"Number(value) <= {_plain(most)}" if most is not None else "")
    return f"{schema}.refine((value) => {' && '.join(test for test in tests if test)})"


def _plain(number: float | None) -> str:
    return str(int(number)) if number is not None and float(number).is_integer() else repr(number)
