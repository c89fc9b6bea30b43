"""Batches: each item is checked like a single call; an atomic batch writes all or nothing (decisions 5)."""

from collections.abc import Callable
from typing import TypeAlias

from model.answer import ANYTHING, AnyOrder, AtLeast, Either, Fault, MayBe
from model.definition import Json, Row, Table
from model.store import Store

One: TypeAlias = Callable[[Store, Json], object]


def items_of(body: dict[str, Json], key: str, table: Table, verb: str) -> list[Json]:
    """The items of a batch, once its size and ids are right."""
    items = body.get(key) or []
    if not isinstance(items, list):
        raise Fault(400, "VALIDATION_FAILED", "validation")
    batch = table.batches.get(verb)
    most = batch.max_size if batch else 100
    if len(items) > most:
        raise Fault(400, "BATCH_SIZE_EXCEEDED", "validation", AtLeast({"max": most, "actual": len(items)}))
    if verb in ("batchUpdate", "batchUpsert"):
        missing = [index for index, item in enumerate(items) if not (isinstance(item, dict) and item.get("id"))]
        if missing:
            raise Fault(400, "BATCH_MISSING_IDS", "validation", AtLeast({"indices": missing}))
    return items


def run_batch(store: Store, items: list[Json], one: One, *, atomic: bool, created: bool) -> tuple[int, object, Store]:
    """Status, body and rows after trying every item in its turn."""
    success: list[object] = []
    errors: list[object] = []
    faults: list[tuple[int, Fault]] = []
    now = store.after(store)
    for index, item in enumerate(items):
        trial = now.copy()
        try:
            success.append(one(trial, item))
            now = trial
        except Fault as fault:
            faults.append((index, fault))
            errors.append({"index": index, "error": fault.body(in_batch=True), **_echo(item)})
    if atomic and faults:
        named = [AtLeast({"failedAt": index, "errorDetails": AtLeast({"code": fault.code})}) for index, fault in faults]
        raise Fault(400, "BATCH_ATOMIC_FAILED", "validation", Either(tuple(named)))
    meta = {"total": len(items), "succeeded": len(success), "failed": len(errors), "atomic": atomic}
    status = 207 if errors else 201 if created and items else 200
    return status, {"success": success, "errors": AnyOrder(errors), "meta": meta}, now


def _echo(item: Json) -> Row:
    return {"record": MayBe(item if isinstance(item, dict) else ANYTHING), "id": MayBe(ANYTHING)}
