"""How a plan is shown, confirmed and carried out: shared by every command that installs something."""

import json
import sys
from collections.abc import Sequence

from qb_mcp.cli import console
from qb_mcp.clients.apply import apply
from qb_mcp.clients.plan import Change, Plan
from qb_mcp.clients.status import Found, Status, Verb
from qb_mcp.errors import QbError

_DONE = {
    Verb.CREATE: ("create", "created"),
    Verb.UPDATE: ("update", "updated"),
    Verb.DELETE: ("delete", "deleted"),
    Verb.NOTHING: ("leave", "unchanged"),
    Verb.REFUSE: ("refuse", "refused"),
}


def carry_out(plans: Sequence[Plan], *, dry_run: bool, as_json: bool, yes: bool) -> int:
    """Show the plans, ask on a terminal where they write, apply them. The exit code is 1 where anything was refused."""
    writes = any(plan.writes for plan in plans)
    if writes and not (dry_run or yes or as_json) and _asks():
        _show(plans, done=False)
        if not _confirmed():
            console.note("Nothing was changed.")
            return 1
    for plan in () if dry_run else plans:
        apply(plan)
    if as_json:
        console.say(json.dumps(_as_json(plans, applied=not dry_run), indent=2, ensure_ascii=False))
    else:
        _show(plans, done=not dry_run, diffs=dry_run)
    return 1 if any(plan.refused for plan in plans) else 0


def show_found(found: tuple[Found, ...], *, as_json: bool) -> int:
    """Print how things stand. The exit code is 1 unless everything is in place."""
    if as_json:
        rows = [{"label": one.label, "path": str(one.path), "status": one.status, "note": one.note} for one in found]
        console.say(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        width = max((len(one.status) for one in found), default=0)
        for one in found:
            console.say(f"{one.status:<{width}}  {one.label}" + (f"  ({one.note})" if one.note else ""))
    return 0 if all(one.status in (Status.CURRENT, Status.SHADOWED) for one in found) else 1


def _asks() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _confirmed() -> bool:
    try:
        return input("Go ahead? [Y/n] ").strip().lower() in ("", "y", "yes")
    except EOFError:
        return False


def _as_json(plans: Sequence[Plan], *, applied: bool) -> object:
    changes = [change.as_json() for plan in plans for change in plan.changes]
    return {"applied": applied, "changes": changes, "notes": _notes(plans)}


def _notes(plans: Sequence[Plan]) -> list[str]:
    return list(dict.fromkeys(note for plan in plans for note in plan.notes))


def _show(plans: Sequence[Plan], *, done: bool, diffs: bool = False) -> None:
    for change in [change for plan in plans for change in plan.changes]:
        if change.verb is Verb.REFUSE:
            _show_refusal(change)
            continue
        console.say(f"{_DONE[change.verb][done]:<9}  {change.label}" + _beside(change))
        if diffs and change.writes:
            console.say_diff(change.diff)
    for note in _notes(plans):
        console.note(note)


def _beside(change: Change) -> str:
    """The path, where the label does not say it."""
    path = change.path.as_posix()
    return "" if path.endswith(change.label) else f"  {change.path}"


def _show_refusal(change: Change) -> None:
    hint = "leave it, or run again with --force" if change.status is not Status.UNREADABLE else "mend or move the file"
    if change.snippet:
        hint += "; or paste this yourself:\n\n" + change.snippet
    console.fail(QbError(change.reason, hint))
