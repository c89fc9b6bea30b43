"""A primary key that nothing can make a value for."""

from collections.abc import Iterator
from typing import ClassVar

from qb_compiler.blocks.columns.model import Column, ColumnKind
from qb_compiler.config.model import IdMode
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.project import Project
from qb_compiler.model.record import record


@record
class IdMisfit(Problem):
    """The primary key has a type for which no id is made.

    # What it means
    The server makes text ids, and the database numbers integer keys. With `generateId: "serial"` a text key, and in
    any mode a key of another type, would have no value: every create would fail.

    # Example
    database: defineDatabase("cloudflare-d1", { generateId: "serial" })      // in the config
    id: text("id").primaryKey()

    # Fix
    Declare the key as the mode needs it: `integer("id").primaryKey()` for "serial", `text("id").primaryKey()` else.
    Or give it a default of its own: `.$defaultFn(() => …)`.

    # See
    compiler/definitions/ids#modes
    """

    code: ClassVar[str] = "QB4019"
    slug: ClassVar[str] = "id-type-misfit"
    docs: ClassVar[str] = "compiler/definitions/ids#modes"

    column: str
    held: str
    mode: str

    def message(self) -> str:
        held = f"it holds {self.held}, and `generateId` is `{self.mode}`"
        return f"nothing makes a value for the key `{self.column}`: {held}"

    def hint(self) -> str | None:
        builder = "integer" if self.mode == IdMode.SERIAL.value else "text"
        return f'declare it as `{builder}("{self.column}").primaryKey()`'


PROBLEMS: tuple[type[Problem], ...] = (IdMisfit,)


def check(project: Project) -> Iterator[Problem]:
    mode = project.config.database.generate_id
    for resource in project.resources:
        keys = [column for column in resource.table.columns if column.primary_key]
        if resource.writing.create and len(keys) == 1 and not _has_value(keys[0], mode):
            yield IdMisfit(keys[0].span, keys[0].name, keys[0].kind.value, mode.value)


def _has_value(column: Column, mode: IdMode) -> bool:
    if mode is IdMode.CLIENT or column.default or column.generated or column.kind is ColumnKind.INTEGER:
        return True
    return column.kind is ColumnKind.TEXT and mode is not IdMode.SERIAL
