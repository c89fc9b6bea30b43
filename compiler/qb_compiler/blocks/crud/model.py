"""How rows are written: create, update, delete, put and their batches."""

from enum import StrEnum

from qb_compiler.blocks.access.model import Rule
from qb_compiler.model.record import record
from qb_compiler.span import Span


class DeleteMode(StrEnum):
    SOFT = "soft"
    HARD = "hard"


@record
class WriteOperation:
    """create, update or put. `access` of `update` and `put` may hold record conditions."""

    access: Rule
    span: Span


@record
class DeleteOperation:
    access: Rule
    span: Span
    mode: DeleteMode = DeleteMode.SOFT


@record
class BatchOperation:
    access: Rule
    span: Span
    max_size: int = 100
    allow_atomic: bool = True


@record
class Writing:
    """An operation that is None has no route. Batches come from the base operation unless declared or `false`."""

    create: WriteOperation | None = None
    update: WriteOperation | None = None
    delete: DeleteOperation | None = None
    put: WriteOperation | None = None
    batch_create: BatchOperation | None = None
    batch_update: BatchOperation | None = None
    batch_delete: BatchOperation | None = None
    batch_upsert: BatchOperation | None = None
