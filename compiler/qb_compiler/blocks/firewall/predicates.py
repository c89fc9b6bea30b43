"""The later form of a firewall, an array of predicates, put into the words of the named form.

`[{ field: "organizationId", equals: "ctx.activeOrgId" }, { field: "deletedAt", isNull: true }]` says the same as
`{ organization: { column: "organizationId" }, softDelete: { column: "deletedAt" } }`.
"""

from collections.abc import Iterator

from qb_compiler.evaluate.decode import Fields, Reader
from qb_compiler.evaluate.values import ArrayValue, BooleanValue, Entry, ObjectValue, StringValue, Value

SCOPES = {"activeOrgId": "organization", "userId": "owner", "activeTeamId": "team"}
NAMED = frozenset({"organization", "owner", "team", "softDelete", "exception", "orgRoles", "errorMode"})


def as_named(value: ArrayValue, reader: Reader) -> ObjectValue:
    """The named form of an array; what cannot be put into it is reported."""
    return ObjectValue(tuple(entry for item in value.items for entry in _predicate(item, reader)), value.span)


def _predicate(item: Value, reader: Reader) -> Iterator[Entry]:
    if isinstance(item, ObjectValue) and item.entries and all(entry.key in NAMED for entry in item.entries):
        yield from item.entries
        return
    fields = reader.fields(item, "firewall[]")
    if fields is None:
        return
    field = fields.required("field", 'field: "organizationId"')
    equals, is_null = fields.value("equals"), fields.value("isNull")
    fields.finish()
    if isinstance(field, StringValue):
        yield from _named(fields, field, equals, is_null)
    elif field:
        reader.wrong(field, "firewall[].field", "the name of a column")


def _named(fields: Fields, field: StringValue, equals: Value | None, is_null: Value | None) -> Iterator[Entry]:
    column = ObjectValue((Entry("column", field.span, field),), field.span)
    if isinstance(is_null, BooleanValue) and is_null.flag and equals is None:
        yield Entry("softDelete", field.span, column)
        return
    source = equals.text.removeprefix("$").removeprefix("ctx.") if isinstance(equals, StringValue) else ""
    if source in SCOPES:
        yield Entry(SCOPES[source], field.span, column)
    else:
        expected = '`equals: "ctx.activeOrgId"`, `"ctx.userId"` or `"ctx.activeTeamId"`, or `isNull: true`'
        fields.reader.wrong(equals or is_null or fields.object, "firewall[]", f"a predicate with {expected}")
