"""Hypothesis strategies for rows: of both tenants, of everybody, deleted ones and odd values included."""

from hypothesis import strategies as st

from differential.people import CAST
from model.definition import Column, Json, Project, Row, Rows, Table

USERS = tuple(f"@{name}" for name in CAST)
TIMES = tuple(f"2026-0{month}-0{day}T0{day}:00:00.{day}00Z" for month in (1, 2, 3) for day in (1, 2))
WHOLE_TIMES = tuple(time.replace(time[-5:], ".000Z") for time in TIMES)
TEXTS: dict[str, tuple[Json, ...]] = {
    "name": ("Ada King", "X", "Oak tree", "oak", "50% off", "a_b", "Zoë Ash"),
    "title": ("Lead", "lead", "Oak", "-", "Second in line"),
    "status": ("draft", "open", "closed"),
    "notes": ("plain", "Call 555 010 9999", "oak and elm", "100%"),
    "workEmail": ("ann@mail.shop.example", "a@b.co", "not an address", "a@b@c.de", "oak@tree.org"),
    "replyTo": ("ann@mail.example", "oak@tree.org"),
    "contactPhone": ("+1 (555) 010-9999", "12a", "4111 1111 1111 1111", "oak 12345678"),
    "token": ("tok_oak_123456789", "x"),
    "webUrl": ("https://oak.example/a", "http://b.example"),
    "area": ("north", "south"),
    "code": ("AB-1", "OK-77"),
    "group": ("a", "oak group", "select"),
}
VALUES: dict[str, tuple[Json, ...]] = {
    "integer": (0, 1, 2, 3, 5, 100, 999),
    "real": (0.5, 1.25, 2, 10),
    "boolean": (True, False),
    "json": ({"a": 1}, ["x", None], {"deep": {"b": [True]}}),
    "millis": TIMES,
    "seconds": WHOLE_TIMES,
}


@st.composite
def all_rows(draw: st.DrawFn, project: Project) -> dict[str, list[Row]]:
    """The rows of every table of a group."""
    rows: dict[str, list[Row]] = {}
    for table in project.tables:
        rows[table.name] = []
        for number in range(draw(st.integers(2, 6))):
            rows[table.name].append(_row(draw, table, f"{table.name}-{number}", rows))
    return rows


def _row(draw: st.DrawFn, table: Table, key: str, rows: Rows) -> Row:
    row: Row = {"id": key}
    for column in table.columns:
        row[column.name] = _value(draw, table, column, key, rows)
    time = st.sampled_from(TIMES)
    row |= {"createdAt": draw(time), "createdBy": draw(st.sampled_from(USERS)), "modifiedAt": draw(time)}
    row["modifiedBy"] = draw(st.sampled_from(USERS))
    if table.soft:
        gone = draw(st.integers(0, 6)) == 0
        row |= {"deletedAt": draw(time), "deletedBy": "@ann"} if gone else {"deletedAt": None, "deletedBy": None}
    return row


def _value(draw: st.DrawFn, table: Table, column: Column, key: str, rows: Rows) -> object:
    firewall = table.firewall
    if column.name == firewall.organization:
        return draw(st.sampled_from(("@A", "@A", "@A", "@B")))
    if column.name == firewall.team:
        return draw(st.sampled_from(("@T1", "@T1", "@T2", "@T3")))
    if column.name == firewall.owner:
        return draw(st.sampled_from(USERS))
    if column.target:
        targets = [str(row["id"]) for row in rows[column.target]] if column.target in rows else []
        loose = () if column.declared_by == "drizzle" else ("missing",)
        return draw(st.sampled_from((None, *targets, *targets, *loose)))
    if column.name in ("slug", "badge"):
        return draw(st.sampled_from((None, f"{column.name} {key}")))
    return draw(st.sampled_from(values_of(column) if column.not_null else (None, *values_of(column))))


def values_of(column: Column) -> tuple[Json, ...]:
    """The values that rows and valid bodies take."""
    return TEXTS[column.name] if column.kind == "text" else VALUES[column.kind]
