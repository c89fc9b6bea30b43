"""The type of what JSON can say, for values that pass through us unread."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from qb_mcp.operations.text import neutralised

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
JsonObject: TypeAlias = Mapping[str, "Json"]


def harmless(value: Json) -> Json:
    """The value with all its texts fit to be shown; what JSON escapes hid becomes visible here."""
    match value:
        case str():
            return neutralised(value)
        case Mapping():
            return {neutralised(name): harmless(item) for name, item in value.items()}
        case Sequence():
            return [harmless(item) for item in value]
        case _:
            return value


def is_deep(value: Json, limit: int) -> bool:
    """Whether a value is nested deeper than a limit."""
    items = value.values() if isinstance(value, Mapping) else value
    if isinstance(items, str) or not isinstance(value, Mapping | Sequence):
        return False
    return limit == 0 or any(is_deep(item, limit - 1) for item in items)  # type: ignore[union-attr]
