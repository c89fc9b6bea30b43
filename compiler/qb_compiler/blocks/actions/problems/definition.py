"""Actions whose parts do not fit each other."""

from typing import ClassVar

from qb_compiler.blocks.actions.problems.shape import TOPIC
from qb_compiler.blocks.names import in_url
from qb_compiler.diagnostics.diagnostic import Edit, Label, Level
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.shape import rename
from qb_compiler.model.record import record
from qb_compiler.span import Span


@record
class ActionsTableUnknown(Problem):
    """The first argument of `defineActions` is not a table of the project.

    # What it means
    Actions belong to a table with a `defineTable`, or to none at all.

    # Example
    export default defineActions("candidates", { … });

    # Fix
    Import the table and pass it, or pass `null` for actions without a table.

    # See
    compiler/definitions/actions#options
    """

    code: ClassVar[str] = "QB3710"
    slug: ClassVar[str] = "actions-table-unknown"
    docs: ClassVar[str] = f"{TOPIC}#options"

    def message(self) -> str:
        return "the first argument of `defineActions` must be a table with routes, or `null`"

    def hint(self) -> str | None:
        return 'import it: `import { candidates } from "./candidates"`'


@record
class ExecuteAndHandler(Problem):
    """An action has both `execute` and `handler`.

    # What it means
    One of the two would never run.

    # Example
    advance: { access: { roles: ["admin"] }, execute: async () => ({}), handler: "./handlers/advance" }

    # Fix
    Keep one of them.

    # See
    compiler/definitions/actions#options
    """

    code: ClassVar[str] = "QB3711"
    slug: ClassVar[str] = "action-execute-and-handler"
    docs: ClassVar[str] = f"{TOPIC}#options"

    action: str
    other: Label

    def message(self) -> str:
        return f"`{self.action}` has both `execute` and `handler`"

    def related(self) -> tuple[Label, ...]:
        return (self.other,)

    def hint(self) -> str | None:
        return "keep one of the two"


@record
class HandlerMissing(Problem):
    """The module that `handler` names does not exist, or does not export `execute`.

    # What it means
    `handler` is a path relative to the file, and its module exports the function that runs.

    # Example
    advance: { access: { roles: ["admin"] }, handler: "./handlers/advnace" }

    # Fix
    Correct the path, or write `export async function execute(…) { … }` in that module.

    # See
    compiler/definitions/actions#options
    """

    code: ClassVar[str] = "QB3712"
    slug: ClassVar[str] = "action-handler-missing"
    docs: ClassVar[str] = f"{TOPIC}#options"

    why: str
    mend: str
    mending: tuple[Edit, ...] = ()

    def message(self) -> str:
        return f"`handler` cannot be used: {self.why}"

    def hint(self) -> str | None:
        return self.mend

    def edits(self) -> tuple[Edit, ...]:
        return self.mending


@record
class BadActionName(Problem):
    """An action's name or path cannot stand in a URL.

    # What it means
    The name is the last part of the action's path. Letters, digits, `-` and `_` are fine there.

    # Example
    "mark as done": { access: { roles: ["admin"] }, execute: async () => ({}) }

    # Fix
    Rename the action: `mark-as-done`.

    # See
    compiler/definitions/actions#options
    """

    code: ClassVar[str] = "QB3713"
    slug: ClassVar[str] = "action-bad-name"
    docs: ClassVar[str] = f"{TOPIC}#options"

    name: str

    def message(self) -> str:
        return f"`{self.name}` cannot stand in a URL: use letters, digits, `-` and `_`"

    def hint(self) -> str | None:
        return f"rename it, such as `{in_url(self.name)}`"


@record
class TablelessNeedsStandalone(Problem):
    """An action without a table is not standalone.

    # What it means
    `defineActions(null, …)` has no table, so there is no record that the action could be called on.

    # Example
    export default defineActions(null, { ping: { access: { roles: ["AUTHENTICATED"] }, execute: async () => ({}) } });

    # Fix
    Add `standalone: true`.

    # See
    compiler/definitions/actions#gotchas
    """

    code: ClassVar[str] = "QB3714"
    slug: ClassVar[str] = "action-tableless-not-standalone"
    docs: ClassVar[str] = f"{TOPIC}#gotchas"

    action: str
    options_start: Span

    def message(self) -> str:
        return f"`{self.action}` has no table, so it must be standalone"

    def hint(self) -> str | None:
        return "add `standalone: true`"

    def edits(self) -> tuple[Edit, ...]:
        return (Edit(self.options_start, " standalone: true,"),)


@record
class PathNeedsStandalone(Problem):
    """An action on a record has a `path`.

    # What it means
    Actions on a record live at `/{resource}/:id/{action}`. Only standalone actions choose their path.

    # Example
    advance: { path: "go", access: { roles: ["admin"] }, execute: async () => ({}) }

    # Fix
    Remove `path`, or add `standalone: true`.

    # See
    compiler/definitions/actions#options
    """

    code: ClassVar[str] = "QB3715"
    slug: ClassVar[str] = "action-path-without-standalone"
    docs: ClassVar[str] = f"{TOPIC}#options"

    action: str

    def message(self) -> str:
        return f"`{self.action}` is called on a record, so it cannot choose its path"

    def hint(self) -> str | None:
        return "remove `path`, or add `standalone: true`"


@record
class GuardRenamed(Problem):
    """An action uses the old name `guard` of its access rule.

    # What it means
    The key has been called `access` since version 0.5.8. It is read as before.

    # Example
    advance: { guard: { roles: ["admin"] }, execute: async () => ({}) }

    # Fix
    Rename the key to `access`.

    # See
    compiler/definitions/actions#options
    """

    code: ClassVar[str] = "QB3716"
    slug: ClassVar[str] = "action-guard-renamed"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = f"{TOPIC}#options"

    def message(self) -> str:
        return "`guard` of an action is called `access` now"

    def hint(self) -> str | None:
        return "write `access`"

    def edits(self) -> tuple[Edit, ...]:
        return (Edit(self.span, "access"),) if self.span else ()


@record
class TransitionInput(Problem):
    """A `transition` takes its target from an input field (`via`) that the action does not have as text.

    # What it means
    The route compares the state that the caller asks for with those that the record's state leads to. The field must be
    there in every call, as text; the compiler reads it in `z.object({ … })`.

    # Example
    move: { transition: { field: "stage", via: "next", fromTo: { applied: ["interview"] } }, input: z.object({}), … }

    # Fix
    Add the field to the input: `next: z.enum(["interview", "offer"])`. Or write the one target: `to: "interview"`.

    # See
    compiler/definitions/actions#transitions
    """

    name: str
    near: tuple[str, ...]

    code: ClassVar[str] = "QB3717"
    slug: ClassVar[str] = "action-transition-input"
    docs: ClassVar[str] = f"{TOPIC}#transitions"

    def message(self) -> str:
        return f"`via` names no text field of the action's input: `{self.name}`"

    def hint(self) -> str | None:
        if self.near:
            return f"did you mean `{self.near[0]}`?"
        return f"every call must have it, as text: `input: z.object({{ {self.name}: z.enum([…]) }})`"

    def edits(self) -> tuple[Edit, ...]:
        return (rename(self.span, self.near[0]),) if self.span and self.near else ()
