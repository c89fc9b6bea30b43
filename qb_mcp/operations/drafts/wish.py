"""What a draft is asked for, read from words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from qb_mcp.operations.drafts.columns import DraftColumn, read_columns
from qb_mcp.operations.drafts.names import camel, folder_name, table_file
from qb_mcp.operations.drafts.scopes import EVERYONE, OVERSEERS, WITH_ROLES, Scope

Operation = Literal["list", "get", "create", "update", "delete"]
OPERATIONS: tuple[Operation, ...] = get_args(Operation)
READS: tuple[Operation, ...] = ("list", "get")
WRITES: tuple[Operation, ...] = ("create", "update", "delete")


@dataclass(frozen=True, slots=True)
class Draft:
    """A file's text and where it belongs. `notes` are what its author should know."""

    path: str
    text: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A wish as a caller words it; what is left empty has a default."""

    table: str
    feature: str = ""
    scope: Scope = "organization"
    columns: Sequence[str] = ()
    operations: Sequence[Operation] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """`file` is the name of the table's file without `.ts`, and so its route."""

    file: str
    feature: str
    scope: Scope
    columns: tuple[DraftColumn, ...]
    operations: tuple[Operation, ...]
    notes: tuple[str, ...]

    @property
    def variable(self) -> str:
        return camel(self.file)

    @property
    def sql_name(self) -> str:
        return self.file.replace("-", "_")

    @property
    def writers(self) -> tuple[str, ...]:
        """The roles that write: rows that have an owner are written by everybody, each their own."""
        return EVERYONE if self.scope == "owner" else OVERSEERS

    @property
    def has_roles(self) -> bool:
        return self.scope in WITH_ROLES


def read_wish(words: Words) -> Wish:
    """The wish with its defaults: all operations, in a folder of the table's name."""
    columns, left_out = read_columns(words.columns)
    file = table_file(words.table)
    return Wish(
        file,
        folder_name(words.feature or file),
        words.scope,
        columns,
        tuple(operation for operation in OPERATIONS if operation in (words.operations or OPERATIONS)),
        (f"Left out, as the server sets them: {', '.join(left_out)}.",) if left_out else (),
    )
