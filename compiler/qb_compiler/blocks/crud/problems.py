"""What can be wrong with the operations that write."""

from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Level
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.shape import MissingKey, Shape, UnknownKey, WrongValue
from qb_compiler.model.record import record

TOPIC = "compiler/using-the-api/crud"


@record
class UnknownOperation(UnknownKey):
    """`crud` has an operation, or an operation an option, that does not exist.

    # What it means
    The operations are list, get, create, update, delete, put and their batches. A misspelled one would have no route.

    # Example
    crud: { remove: { access: { roles: ["admin"] } } }

    # Fix
    Write the key as the suggestion says.

    # See
    compiler/using-the-api/crud
    """

    code: ClassVar[str] = "QB3601"
    slug: ClassVar[str] = "crud-unknown-option"
    docs: ClassVar[str] = TOPIC


@record
class WrongCrudValue(WrongValue):
    """An option of an operation has the wrong type.

    # What it means
    The option cannot be read.

    # Example
    crud: { delete: { access: { roles: ["admin"] }, mode: "softly" } }

    # Fix
    Write a value of the kind that the message names.

    # See
    compiler/using-the-api/crud
    """

    code: ClassVar[str] = "QB3602"
    slug: ClassVar[str] = "crud-wrong-value"
    docs: ClassVar[str] = TOPIC


@record
class MissingAccess(MissingKey):
    """An operation is declared without an access rule.

    # What it means
    Nothing is open by accident: whoever declares an operation says who may use it.

    # Example
    crud: { create: {} }

    # Fix
    Add `access: { roles: ["owner", "admin"] }`, or remove the operation.

    # See
    compiler/definitions/access#rule-keys
    """

    code: ClassVar[str] = "QB3603"
    slug: ClassVar[str] = "crud-missing-access"
    docs: ClassVar[str] = "compiler/definitions/access#rule-keys"


SHAPE = Shape(WrongCrudValue, UnknownOperation, MissingAccess)


@record
class RecordOnCreate(Problem):
    """The access rule of `create` looks at a record.

    # What it means
    There is no record before it is created, so the condition could never be checked. A function gets the caller alone.

    # Example
    create: { access: { roles: ["member"], record: { stage: { equals: "applied" } } } }

    # Fix
    Remove `record`, or the function's second parameter. To limit which values may be sent, use guards and validation.

    # See
    compiler/definitions/access#record-conditions
    """

    code: ClassVar[str] = "QB4201"
    slug: ClassVar[str] = "access-record-on-create"
    docs: ClassVar[str] = "compiler/definitions/access#record-conditions"

    operation: str

    def message(self) -> str:
        return f"`{self.operation}.access` looks at a record, but there is none before it is created"

    def hint(self) -> str | None:
        return "remove `record`; which values may be sent is said by `guards` and `validation`"


@record
class PutPreconditions(Problem):
    """`crud.put` is declared on a table that does not let clients choose ids and fields.

    # What it means
    PUT creates or replaces a row under an id that the client chose. That needs `generateId: false` in the config and
    `guards: false` in the table.

    # Example
    crud: { put: { access: { roles: ["admin"] } } }, guards: { createable: ["name"] }

    # Fix
    Set both, or use create and update.

    # See
    compiler/using-the-api/crud#put
    """

    code: ClassVar[str] = "QB4601"
    slug: ClassVar[str] = "crud-put-preconditions"
    docs: ClassVar[str] = "compiler/using-the-api/crud#put"

    missing: tuple[str, ...]

    def message(self) -> str:
        return f"`crud.put` needs {' and '.join(f'`{part}`' for part in self.missing)}"

    def hint(self) -> str | None:
        return f"set {' and '.join(self.missing)}, or remove `put` and declare `create` and `update`"


@record
class BatchWithoutBase(Problem):
    """A batch operation is configured, but the operation that it repeats is not declared.

    # What it means
    `batchCreate` does what `create` does, many times. Without `create` its meaning and access rule are open.

    # Example
    crud: { batchCreate: { maxBatchSize: 20 } }

    # Fix
    Declare the base operation, or remove the batch.

    # See
    compiler/using-the-api/batch-operations
    """

    code: ClassVar[str] = "QB4602"
    slug: ClassVar[str] = "crud-batch-without-base"
    docs: ClassVar[str] = "compiler/using-the-api/batch-operations"

    batch: str
    base: str

    def message(self) -> str:
        return f"`crud.{self.batch}` needs `crud.{self.base}`"

    def hint(self) -> str | None:
        return f"declare `{self.base}: {{ access: … }}`, or remove `{self.batch}`"


@record
class SoftDeleteImpossible(Problem):
    """A soft delete is declared on a table without the column for it.

    # What it means
    `auditFields: false` adds no `deletedAt`, so rows could not be marked as deleted.

    # Example
    compiler: { features: { auditFields: false } }   // in the config
    crud: { delete: { access: { roles: ["admin"] } } }

    # Fix
    Write `mode: "hard"`, or declare `deletedAt: text("deleted_at")` and `softDelete: {}` in the firewall.

    # See
    compiler/definitions/soft-delete#options
    """

    code: ClassVar[str] = "QB4603"
    slug: ClassVar[str] = "crud-soft-delete-impossible"
    docs: ClassVar[str] = "compiler/definitions/soft-delete#options"

    table: str

    def message(self) -> str:
        return f"`crud.delete` is soft, but `{self.table}` has no `deletedAt` column"

    def hint(self) -> str | None:
        return 'write `mode: "hard"`, or declare `deletedAt: text("deleted_at")`'


@record
class NoOperations(Problem):
    """A table has a `defineTable` but nothing that a client could call.

    # What it means
    Without `crud`, `views` or actions there is no route. The table is in the database, and that is all.

    # Example
    export default defineTable(jobs, { firewall: { organization: {} } });

    # Fix
    Declare operations, or remove the default export to make the table internal.

    # See
    compiler/definitions/internal-tables
    """

    code: ClassVar[str] = "QB4604"
    slug: ClassVar[str] = "crud-no-operations"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = "compiler/definitions/internal-tables"

    table: str

    def message(self) -> str:
        return f"`{self.table}` has no operation, view or action, so it has no route"

    def hint(self) -> str | None:
        return 'add `crud: { list: { access: { roles: ["member"] } } }`, or remove the default export'


PROBLEMS: tuple[type[Problem], ...] = (
    UnknownOperation,
    WrongCrudValue,
    MissingAccess,
    RecordOnCreate,
    PutPreconditions,
    BatchWithoutBase,
    SoftDeleteImpossible,
    NoOperations,
)
