"""What can be wrong with guards."""

from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Label, Level
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.shape import MissingKey, Shape, UnknownColumn, UnknownKey, WrongValue
from qb_compiler.model.record import record

TOPIC = "compiler/definitions/guards"


@record
class UnknownGuard(UnknownKey):
    """`guards` has a key that does not exist.

    # What it means
    Guards are four lists: createable, updatable, immutable and protected. A list under another name would guard
    nothing.

    # Example
    guards: { creatable: ["title"] }

    # Fix
    Write the key as the suggestion says.

    # See
    compiler/definitions/guards#options
    """

    code: ClassVar[str] = "QB3301"
    slug: ClassVar[str] = "guards-unknown-option"
    docs: ClassVar[str] = f"{TOPIC}#options"


@record
class WrongGuardValue(WrongValue):
    """A part of `guards` has the wrong type.

    # What it means
    The lists hold column names; `protected` maps a column to the names of the actions that may change it.

    # Example
    guards: { createable: "title" }

    # Fix
    Write an array: `createable: ["title"]`.

    # See
    compiler/definitions/guards#options
    """

    code: ClassVar[str] = "QB3302"
    slug: ClassVar[str] = "guards-wrong-value"
    docs: ClassVar[str] = f"{TOPIC}#options"


@record
class MissingGuardPart(MissingKey):
    """A protected field names no action.

    # What it means
    A protected field is changed only by actions. Without one it could never change.

    # Example
    guards: { protected: { status: [] } }

    # Fix
    Name the actions: `protected: { status: ["approve"] }`, or list the field as immutable.

    # See
    compiler/definitions/guards#options
    """

    code: ClassVar[str] = "QB3303"
    slug: ClassVar[str] = "guards-missing-part"
    docs: ClassVar[str] = f"{TOPIC}#options"


SHAPE = Shape(WrongGuardValue, UnknownGuard, MissingGuardPart)


@record
class GuardClash(Problem):
    """Two guards contradict each other for one field.

    # What it means
    A protected field cannot be createable or updatable too, and an immutable one cannot be updatable: one of the
    two would be ignored.

    # Example
    guards: { updatable: ["status"], protected: { status: ["approve"] } }

    # Fix
    Keep the field in one of the lists.

    # See
    compiler/definitions/guards#clashes
    """

    code: ClassVar[str] = "QB4301"
    slug: ClassVar[str] = "guards-clash"
    docs: ClassVar[str] = f"{TOPIC}#clashes"

    column: str
    here: str
    other: str
    other_label: Label

    def message(self) -> str:
        return f"`{self.column}` is both {self.here} and {self.other}"

    def label(self) -> str:
        return f"{self.here} here"

    def related(self) -> tuple[Label, ...]:
        return (self.other_label,)

    def hint(self) -> str | None:
        return f"remove `{self.column}` from one of the two"


@record
class UnknownGuardedColumn(UnknownColumn):
    """`guards` names a column that the table does not have.

    # What it means
    The field could never be written, and a misspelled protected field would not be protected.

    # Example
    guards: { createable: ["titel"] }

    # Fix
    Write the column as the table declares it.

    # See
    compiler/definitions/guards#options
    """

    code: ClassVar[str] = "QB4302"
    slug: ClassVar[str] = "guards-unknown-column"
    docs: ClassVar[str] = f"{TOPIC}#options"


@record
class SystemColumnWritable(Problem):
    """`guards` makes a column writable that only the server may set.

    # What it means
    Ids, audit columns and the firewall's scope columns are set by the generated code. If a client could write the
    owner or the organization of a row, it could move rows between tenants.

    # Example
    guards: { createable: ["title", "ownerId"] }

    # Fix
    Remove the column from the list: the server fills it.

    # See
    compiler/definitions/guards#system-managed-fields
    """

    code: ClassVar[str] = "QB4303"
    slug: ClassVar[str] = "guards-system-column"
    docs: ClassVar[str] = f"{TOPIC}#system-managed-fields"

    column: str
    why: str

    def message(self) -> str:
        return f"`{self.column}` cannot be written by a client: it is {self.why}"

    def hint(self) -> str | None:
        return f"remove `{self.column}` from the list; the server fills it"


@record
class NothingWritable(Problem):
    """An operation that writes is declared, but no field may be written.

    # What it means
    Guards list the fields that a client may send. Without any, every request with a field is refused.

    # Example
    export default defineTable(jobs, { firewall: { organization: {} }, crud: { create: { access: { roles: ["admin"]
    } } } });

    # Fix
    List the fields: `guards: { createable: ["title"], updatable: ["title"] }`.

    # See
    compiler/definitions/guards#options
    """

    code: ClassVar[str] = "QB4304"
    slug: ClassVar[str] = "guards-nothing-writable"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = f"{TOPIC}#options"

    operation: str
    key: str

    def message(self) -> str:
        return f"`crud.{self.operation}` is declared, but `guards.{self.key}` lists no field"

    def hint(self) -> str | None:
        return f'add `guards: {{ {self.key}: ["…"] }}`'


@record
class RequiredColumnNotCreateable(Problem):
    """A column must have a value, but no client may send one.

    # What it means
    The column is `notNull` without a default, and `guards` does not let a client set it on create. Every create
    would fail.

    # Example
    title: text("title").notNull()
    guards: { createable: ["status"] }

    # Fix
    Add the column to `createable`, or give it a default.

    # See
    compiler/definitions/guards#gotchas
    """

    code: ClassVar[str] = "QB4305"
    slug: ClassVar[str] = "guards-required-column-missing"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = f"{TOPIC}#gotchas"

    column: str
    declared: Label

    def message(self) -> str:
        return f"`{self.column}` is required, but `guards.createable` does not list it: every create will fail"

    def related(self) -> tuple[Label, ...]:
        return (self.declared,)

    def hint(self) -> str | None:
        return f'add "{self.column}" to `createable`, or give the column a default'


PROBLEMS: tuple[type[Problem], ...] = (
    UnknownGuard,
    WrongGuardValue,
    MissingGuardPart,
    GuardClash,
    UnknownGuardedColumn,
    SystemColumnWritable,
    NothingWritable,
    RequiredColumnNotCreateable,
)
