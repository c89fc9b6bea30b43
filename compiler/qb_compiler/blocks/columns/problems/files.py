"""Files that do not define what they should."""

from typing import ClassVar

from qb_compiler.blocks.columns.problems.shape import TOPIC
from qb_compiler.diagnostics.diagnostic import Edit, Label, Level
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.shape import NamesUnknown
from qb_compiler.model.record import record
from qb_compiler.span import Span


@record
class SeveralTables(Problem):
    """A file declares several tables beside one `defineTable` default export.

    # What it means
    One file holds one security boundary. With two tables in it, it would be unclear whose rules
    apply to which.

    # Example
    export const jobs = sqliteTable("jobs", { … });
    export const notes = sqliteTable("notes", { … });
    export default defineTable(jobs, { … });

    # Fix
    Move each other table to a file of its own in the same feature folder, and import it where it is needed.

    # See
    compiler/definitions/schema#options-of-definetable
    """

    code: ClassVar[str] = "QB3013"
    slug: ClassVar[str] = "several-tables-in-file"
    docs: ClassVar[str] = f"{TOPIC}#options-of-definetable"

    table: str
    public: str
    file_name: str
    others: tuple[Label, ...] = ()

    def message(self) -> str:
        return f"`{self.table}` shares a file with `defineTable({self.public}, …)`"

    def label(self) -> str:
        return f"move this table to `{self.file_name}`"

    def related(self) -> tuple[Label, ...]:
        return self.others

    def hint(self) -> str | None:
        return (
            f'move it to `{self.file_name}` and write `import {{ {self.table} }} from "./{self.file_name[:-3]}"` here'
        )


@record
class NotExported(Problem):
    """The table that `defineTable` secures is not exported from the file.

    # What it means
    The generated code imports the table by its exported name, which also names it in the API's
    registry.

    # Example
    const jobs = sqliteTable("jobs", { … });
    export default defineTable(jobs, { … });

    # Fix
    Write `export` in front of the declaration.

    # See
    compiler/definitions/schema#options-of-definetable
    """

    code: ClassVar[str] = "QB3014"
    slug: ClassVar[str] = "table-not-exported"
    docs: ClassVar[str] = f"{TOPIC}#options-of-definetable"

    declaration: Span | None = None

    def message(self) -> str:
        return "the first argument of `defineTable` must be a table that is exported"

    def hint(self) -> str | None:
        return "declare it as `export const name = sqliteTable(…)`"

    def edits(self) -> tuple[Edit, ...]:
        return (Edit(self.declaration, "export "),) if self.declaration else ()


@record
class ResourceRenamed(Problem):
    """A table is secured with `defineResource`, the old name of `defineTable`.

    # What it means
    It is read as before. A later version will not know it.

    # Example
    export default defineResource(jobs, { … });

    # Fix
    Write `defineTable`, in the import too.

    # See
    compiler/definitions/schema#gotchas
    """

    code: ClassVar[str] = "QB3015"
    slug: ClassVar[str] = "define-resource-deprecated"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = f"{TOPIC}#gotchas"

    def message(self) -> str:
        return "`defineResource` is the old name of `defineTable`"

    def hint(self) -> str | None:
        return "write `defineTable`, in the import too"


@record
class UnknownDefinition(NamesUnknown):
    """A default export calls a function of `@quickback/compiler` that does not exist.

    # What it means
    A misspelled `defineTable` would leave the table without routes, and its rules unread.

    # Example
    export default defineTabel(jobs, { firewall: { organization: {} } });

    # Fix
    Write the function as the suggestion says, in the import too.

    # See
    compiler/definitions/schema#options-of-definetable
    """

    code: ClassVar[str] = "QB3016"
    slug: ClassVar[str] = "definition-unknown-function"
    docs: ClassVar[str] = f"{TOPIC}#options-of-definetable"

    def message(self) -> str:
        return f"`@quickback/compiler` has no function `{self.name}`"

    def hint(self) -> str | None:
        if self.name == "feature":
            return "the later `feature(…)` form is not built: write a Drizzle table and `defineTable(table, { … })`"
        return NamesUnknown.hint(self)


@record
class DefaultNotDefinition(Problem):
    """A file declares a table, and its default export is something else than a definition.

    # What it means
    The default export of such a file is `defineTable(…)`, or there is none and the table is internal. Rules that
    stand in a plain object would not be read.

    # Example
    export const jobs = sqliteTable("jobs", { … });
    export default { firewall: { organization: {} } };

    # Fix
    Write `export default defineTable(jobs, { … })`, or remove the default export.

    # See
    compiler/definitions/schema#options-of-definetable
    """

    code: ClassVar[str] = "QB3017"
    slug: ClassVar[str] = "default-not-a-definition"
    docs: ClassVar[str] = f"{TOPIC}#options-of-definetable"

    expected: str

    def message(self) -> str:
        return f"the default export of this file must be `{self.expected}`"

    def hint(self) -> str | None:
        return f"write `export default {self.expected}`"


@record
class SecuredTwice(Problem):
    """Two files define routes for one table.

    # What it means
    A table has one security boundary. With two, it would be unclear which one holds.

    # Example
    `jobs.ts` and `open-jobs.ts` both export `defineTable(jobs, …)`.

    # Fix
    Keep one, and use views for other selections of columns.

    # See
    compiler/definitions/schema#options-of-definetable
    """

    code: ClassVar[str] = "QB4016"
    slug: ClassVar[str] = "table-secured-twice"
    docs: ClassVar[str] = f"{TOPIC}#options-of-definetable"

    table: str
    first: Label

    def message(self) -> str:
        return f"`{self.table}` has two `defineTable`"

    def hint(self) -> str | None:
        return "keep one `defineTable`, and offer other selections of columns as `views` of it"

    def related(self) -> tuple[Label, ...]:
        return (self.first,)
