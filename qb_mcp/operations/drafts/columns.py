"""Columns from words such as `title`, `dueAt:timestamp?` and `status:draft|sent|paid`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from qb_compiler.blocks.columns.inject import AUDIT_NAMES
from qb_compiler.targets.api.code import flat, layout, object_, strings, text
from qb_mcp.corpus.words import parts
from qb_mcp.errors import QbError
from qb_mcp.operations.drafts.names import camel
from qb_mcp.operations.names import nearest_names
from qb_mcp.operations.text import one_line

ColumnType = Literal["text", "integer", "real", "decimal", "boolean", "timestamp", "json"]
TYPES: tuple[ColumnType, ...] = get_args(ColumnType)
_OTHER_NAMES: dict[str, ColumnType] = {
    "string": "text",
    "number": "real",
    "float": "real",
    "int": "integer",
    "numeric": "decimal",
    "bool": "boolean",
    "date": "timestamp",
    "datetime": "timestamp",
    "object": "json",
}
SERVER_SET = AUDIT_NAMES | {"id", "organizationId", "ownerId", "teamId"}
MOST = 60
_WORD = re.compile(r"\s*([A-Za-z][A-Za-z0-9_]{0,59})\s*(\??)\s*(?::\s*(.{1,400}?)\s*(\??)\s*)?", re.DOTALL)
_CHOICE = re.compile(r"[\w .+-]{1,60}")
_BUILDERS: dict[ColumnType, tuple[str, str]] = {
    "text": ("text", ""),
    "integer": ("integer", ""),
    "real": ("real", ""),
    "decimal": ("numeric", ""),
    "boolean": ("integer", "boolean"),
    "timestamp": ("integer", "timestamp"),
    "json": ("text", "json"),
}
_INPUTS: dict[ColumnType, str] = {
    "text": "z.string().max(500)",
    "integer": "z.number().int()",
    "real": "z.number()",
    "decimal": "z.string()",
    "boolean": "z.boolean()",
    "timestamp": "z.coerce.date()",
    "json": "z.json()",
}


@dataclass(frozen=True, slots=True)
class DraftColumn:
    """`choices` are the only values of a text column that has some; the first is its default."""

    name: str
    type: ColumnType
    optional: bool
    choices: tuple[str, ...] = ()

    @property
    def builder(self) -> str:
        """The function of Drizzle that makes it."""
        return _BUILDERS[self.type][0]

    @property
    def definition(self) -> str:
        """Its line in the table, as a formatter would print it."""
        builder, mode = _BUILDERS[self.type]
        start = f"{self.name}: {builder}({text('_'.join(parts(self.name)))}"
        if self.choices:
            return layout(f"{start}, ", object_([("enum", strings(self.choices))]), f"){self._presence}", 2)
        told = f", {flat(object_([('mode', text(mode))]))}" if mode else ""
        return f"{start}{told}){self._presence}"

    @property
    def _presence(self) -> str:
        if self.optional:
            return ""
        if self.choices:
            return f"\n    .notNull()\n    .default({text(self.choices[0])})"
        return f".notNull(){'.default(false)' if self.type == 'boolean' else ''}"

    @property
    def input(self) -> str:
        """The zod schema of a field of this name."""
        schema = f"z.enum({flat(strings(self.choices))})" if self.choices else _INPUTS[self.type]
        return f"{schema}.optional()" if self.optional else schema


def read_columns(words: Iterable[str]) -> tuple[tuple[DraftColumn, ...], tuple[str, ...]]:
    """The columns, and the names that were left out because the server sets them."""
    found = [_column(word) for word in words]
    own = {column.name: column for column in found if column.name not in SERVER_SET}
    left_out = tuple(column.name for column in found if column.name in SERVER_SET)
    if len(own) + len(left_out) < len(found):
        raise QbError("two columns have the same name", "name each column once")
    if len(own) > MOST:
        raise QbError(f"{len(own)} columns are too many for one draft", f"at most {MOST}; add the others by hand")
    return tuple(own.values()), left_out


def _column(word: str) -> DraftColumn:
    match = _WORD.fullmatch(word)
    if not match:
        raise QbError(
            f"`{one_line(word, 60)}` is no column", "write `title:text`, `dueAt:timestamp?` or `state:open|done`"
        )
    name = camel(match[1])
    wanted, optional = match[3] or "text", bool(match[2] or match[4])
    if "|" in wanted:
        return DraftColumn(name, "text", optional, _choices(wanted))
    return DraftColumn(name, _type(wanted), optional)


def _choices(wanted: str) -> tuple[str, ...]:
    found = [value.strip().strip("\"'") for value in wanted.split("|")]
    for value in found:
        if not _CHOICE.fullmatch(value):
            raise QbError(f"`{one_line(value, 60)}` is no choice of a column", "write `state:open|done`")
    return tuple(dict.fromkeys(found))


def _type(wanted: str) -> ColumnType:
    low = wanted.lower()
    known: dict[str, ColumnType] = {**{name: name for name in TYPES}, **_OTHER_NAMES}
    if low in known:
        return known[low]
    near = nearest_names(low, known)
    hint = f"did you mean `{known[near[0]]}`? " if near else ""
    raise QbError(
        f"`{one_line(wanted, 60)}` is no type of a column", f"{hint}types: {', '.join(TYPES)}, or choices a|b"
    )
