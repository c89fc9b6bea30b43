"""Values by column type: reading them from a query, checking them in a body, comparing them."""

import re
from datetime import UTC, datetime

from model.definition import Checks, Column

EMAIL = re.compile(r"[A-Za-z0-9_'+\-.]*[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}")
URL = re.compile(r"[a-z]+://[^\s/]+(/\S*)?")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
INTEGER = re.compile(r"-?\d+")
TIMES = ("seconds", "millis")


def instant(text: str) -> datetime | None:
    """The instant of an ISO 8601 text, or None; a text without a zone is UTC."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.replace(tzinfo=found.tzinfo or UTC)


def iso(moment: datetime) -> str:
    """How timestamps are written: UTC, milliseconds, `Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def stored(column: Column, value: object) -> object:
    """What a column keeps of a value: a timestamp in seconds keeps no milliseconds."""
    if column.kind in TIMES and isinstance(value, str) and (moment := instant(value)):
        return iso(moment.replace(microsecond=0) if column.kind == "seconds" else moment)
    return value


def comparable(kind: str, value: object) -> object:
    """A value in a form that compares as its type does: timestamps as instants."""
    if kind in TIMES and isinstance(value, str):
        return instant(value)
    return value


def parse(kind: str, text: str) -> object:
    """A query value by column type; None when it does not parse."""
    match kind:
        case "boolean":
            return {"true": True, "false": False}.get(text)
        case "integer":
            return int(text) if INTEGER.fullmatch(text) else None
        case "real":
            return float(text) if NUMBER.fullmatch(text) else None
        case "seconds" | "millis":
            return instant(text)
        case _:
            return text


def is_valid(column: Column, value: object) -> bool:
    """Whether a body may give this value to the column."""
    if value is None:
        return not column.not_null
    return _is_of_kind(column.kind, value) and _passes(column, value)


def _is_of_kind(kind: str, value: object) -> bool:
    match kind:
        case "text":
            return isinstance(value, str)
        case "integer":
            return _is_number(value) and float(str(value)).is_integer()
        case "real":
            return _is_number(value)
        case "boolean":
            return isinstance(value, bool)
        case "json":
            return True
        case _:
            return isinstance(value, str) and instant(value) is not None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _passes(column: Column, value: object) -> bool:
    if isinstance(value, str) and column.kind == "text":
        fits = column.length is None or len(value) <= column.length
        return fits and (not column.enum or value in column.enum) and _text_passes(column.checks, value)
    if isinstance(value, int | float) and column.kind in ("integer", "real"):
        low, high = column.checks.minimum, column.checks.maximum
        return (low is None or value >= low) and (high is None or value <= high)
    return True


def _text_passes(checks: Checks, text: str) -> bool:
    return (
        (checks.min_length is None or len(text) >= checks.min_length)
        and (checks.max_length is None or len(text) <= checks.max_length)
        and (checks.pattern is None or bool(re.search(checks.pattern, text)))
        and (not checks.enum or text in checks.enum)
        and (not checks.email or bool(EMAIL.fullmatch(text)))
        and (not checks.url or bool(URL.fullmatch(text)))
    )
