"""Carries a plan out: the only writer of a person's files."""

from qb_mcp.clients import files
from qb_mcp.clients.plan import Change, Plan
from qb_mcp.clients.status import Verb
from qb_mcp.errors import QbError


def apply(plan: Plan) -> None:
    """Make every change of the plan that is not a refusal, each whole or not at all, and remember what was done."""
    try:
        for change in plan.changes:
            if change.verb is not Verb.REFUSE:
                _apply(change)
                plan.ledger.note(change.recorded_at or change.path, change.record)
    finally:
        plan.ledger.save()


def _apply(change: Change) -> None:
    if not change.writes:
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
