"""List and view parameters: nothing is ignored, nothing that is masked can be asked for (decisions 1 and 4)."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from model.answer import AtLeast, Fault, NamesEach
from model.definition import SHOWN_TIMES, Row, Table
from model.masks import is_plain
from model.rules import Caller, kind_of, without_records
from model.values import comparable, parse

OPERATORS = ("gt", "gte", "lt", "lte", "ne", "like", "in")
MOST_IN = 100
PAGING = ("limit", "offset", "sort", "order", "search", "count")


@dataclass(frozen=True)
class Filter:
    column: str
    operator: str
    value: object


@dataclass
class Query:
    """A parsed query. `sort` holds (column, ascending)."""

    limit: int
    offset: int = 0
    sort: list[tuple[str, bool]] = field(default_factory=list)
    filters: list[Filter] = field(default_factory=list)
    fields: tuple[str, ...] = ()
    search: str | None = None
    total: bool = False
    search_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What is read: a list (`fields` empty means every column) or a view."""

    table: Table
    fields: tuple[str, ...]
    page_size: int
    max_page_size: int
    is_view: bool = False


def parse_query(reading: Reading, pairs: tuple[tuple[str, str], ...], caller: Caller) -> Query:
    """The query, or the refusal that names every wrong parameter."""
    table, values = reading.table, dict(pairs)
    wrong = {name for name, count in Counter(name for name, _ in pairs).items() if count > 1}
    query = Query(limit=reading.page_size, search=values.get("search"), total=values.get("count") == "true")
    wrong |= _page(reading, values, query)
    wrong |= _sort(table, values, query)
    wrong |= _fields(reading, values, query)
    for name, text in values.items():
        if name not in PAGING and not (name == "fields" and not reading.is_view):
            found = _filter(table, name, text)
            wrong |= {name} if found is None else set()
            query.filters += [found] if found else []
    if wrong:
        raise query_invalid(wrong)
    asked = {name for name, _ in query.sort} | {one.column for one in query.filters}
    if not all(_may_ask(reading, name, caller) for name in asked):
        raise Fault(403, "ACCESS_FIELD_MASKED", "access")
    query.search_in = tuple(n for n in searchable(table) if _may_ask(reading, n, caller))
    if not query.sort:
        query.sort = [("createdAt", values.get("order") == "asc")]
    return query


def query_invalid(wrong: set[str]) -> Fault:
    """400 that names each wrong parameter."""
    named = frozenset(name for name in wrong if name not in ("sort", "fields"))
    details = AtLeast({"fields": NamesEach(named)})
    return Fault(400, "QUERY_INVALID", "validation", details)


def _page(reading: Reading, values: dict[str, str], query: Query) -> set[str]:
    wrong = set()
    for name, low, high in (("limit", 1, reading.max_page_size), ("offset", 0, 10**9)):
        text = values.get(name)
        if text is None:
            continue
        number = int(text) if text.isascii() and text.isdigit() else -1
        if low <= number <= high:
            setattr(query, name, number)
        else:
            wrong.add(name)
    if values.get("count", "true") not in ("true", "false"):
        wrong.add("count")
    return wrong


def _sort(table: Table, values: dict[str, str], query: Query) -> set[str]:
    order = values.get("order", "desc")
    wrong = set() if order in ("asc", "desc") else {"order"}
    if "sort" not in values:
        return wrong
    for part in values["sort"].split(","):
        name, _, direction = part.removeprefix("-").partition(":")
        if name not in table.names or direction not in ("", "asc", "desc"):
            return wrong | {"sort"}
        ascending = False if part.startswith("-") else (direction or order) == "asc"
        query.sort.append((name, ascending))
    return wrong


def _fields(reading: Reading, values: dict[str, str], query: Query) -> set[str]:
    query.fields = reading.fields or reading.table.names
    if reading.is_view or "fields" not in values:
        return set()
    names = tuple(values["fields"].split(","))
    if not set(names) <= set(query.fields):
        return {"fields"}
    query.fields = names
    return set()


def selection(reading: Reading, pairs: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """`fields` of one record, the only parameter it has."""
    wrong = {name for name, count in Counter(name for name, _ in pairs).items() if count > 1 or name != "fields"}
    query = Query(limit=1)
    wrong |= _fields(reading, dict(pairs), query)
    if wrong:
        raise query_invalid(wrong)
    return query.fields


def _filter(table: Table, name: str, text: str) -> Filter | None:
    column, _, operator = name.partition(".")
    if column not in table.names or operator not in ("", *OPERATORS) or name.endswith("."):
        return None
    kind = kind_of(table, column)
    if operator == "in":
        items = [parse(kind, item) for item in text.split(",")]
        return None if None in items or len(items) > MOST_IN else Filter(column, "in", items)
    value = parse(kind, text)
    return None if value is None else Filter(column, operator or "eq", value)


def _may_ask(reading: Reading, name: str, caller: Caller) -> bool:
    table = reading.table
    if name in SHOWN_TIMES:
        return True
    if not is_plain(table, name, caller):
        return False
    if not reading.fields or name in reading.fields:
        return True
    listing = table.crud.get("list")
    if not reading.is_view or listing is None:
        return False
    return without_records(listing.access, caller) and (not listing.fields or name in listing.fields)


def searchable(table: Table) -> list[str]:
    """The declared text columns that are no key, scope or reference."""
    return [c.name for c in table.columns if c.kind == "text" and not c.target and c.name not in table.firewall.scopes]


def matches(query: Query, table: Table, row: Row) -> bool:
    """Whether a row passes the filters and the search."""
    if not all(_passes(one, table, row) for one in query.filters):
        return False
    return query.search is None or any(_contains(row[name], query.search) for name in query.search_in)


def _contains(value: object, part: str) -> bool:
    return isinstance(value, str) and part.lower() in value.lower()


def _passes(one: Filter, table: Table, row: Row) -> bool:
    held = comparable(kind_of(table, one.column), row[one.column])
    if held is None:
        return False
    match one.operator:
        case "eq":
            return held == one.value
        case "ne":
            return held != one.value
        case "in":
            assert isinstance(one.value, list)
            return held in one.value
        case "like":
            return _contains(held, str(one.value))
        case "gt":
            return held > one.value  # type: ignore[operator,no-any-return]
        case "gte":
            return held >= one.value  # type: ignore[operator,no-any-return]
        case "lt":
            return held < one.value  # type: ignore[operator,no-any-return]
        case _:
            return held <= one.value  # type: ignore[operator,no-any-return]


def ordered(query: Query, table: Table, rows: list[Row]) -> list[Row]:
    """The rows in order; the primary key settles ties, nulls come first when ascending."""
    rows = sorted(rows, key=lambda row: str(row["id"]))
    for name, ascending in reversed(query.sort):
        kind = kind_of(table, name)
        rows.sort(key=lambda row: _key(kind, row[name]), reverse=not ascending)
    return rows


def _key(kind: str, value: object) -> tuple[bool, object]:
    if value is None:
        return (False, 0)
    moment = comparable(kind, value)
    return (True, moment.timestamp() if isinstance(moment, datetime) else value)
