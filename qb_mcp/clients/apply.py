"""Carries a plan out: the only writer of a person's files."""

from collections.abc import Sequence

from qb_mcp.clients import files
from qb_mcp.clients.ledger import Ledger, Record
from qb_mcp.clients.plan import Change, Plan
from qb_mcp.clients.status import Verb
from qb_mcp.errors import QbError


def apply(plan: Plan) -> None:
    """Make every change of the plan that is not a refusal, each whole or not at all, and remember what was done.

    What will be ours is remembered before it is written, what is no longer ours is forgotten after it is gone: so the
    next run knows what a killed one may have left.
    """
    changes = [change for change in plan.changes if change.verb is not Verb.REFUSE]
    ledger, before = plan.ledger, dict(plan.ledger.records)
    for change in changes:
        if change.record:
            ledger.note(change.place, change.record)
    if any(change.writes and change.record for change in changes):
        ledger.save()
    waiting = list(changes)
    try:
        while waiting:
            _apply(waiting[0])
            done = waiting.pop(0)
            if done.record is None:
                ledger.note(done.place, None)
    finally:
        _forget(ledger, waiting, before)
        ledger.save()


def _forget(ledger: Ledger, undone: Sequence[Change], before: dict[str, Record]) -> None:
    """What the ledger says of changes that were not made is what it said before."""
    for change in undone:
        key = ledger.key(change.place)
        ledger.records.pop(key, None)
        ledger.records.update({key: before[key]} if key in before else {})


def _apply(change: Change) -> None:
    files.sweep(change.path)
    if not change.writes:
        _clear(change)
        return
    if files.read(change.path).text != change.before:
        raise QbError(f"`{change.path}` changed while the plan was made", "run the command again")
    if change.backup and change.before is not None:
        files.replace(change.backup, change.before)
    if change.after is None:
        files.delete(change.path, folders=change.folders)
    else:
        files.replace(change.path, change.after)
    if change.spent_backup:
        files.delete(change.spent_backup)


def _clear(change: Change) -> None:
    """What a killed run left around a file that is as it should be."""
    if change.spent_backup:
        files.delete(change.spent_backup)
    if not change.path.exists():
        files.prune(change.path.parent, change.folders)
