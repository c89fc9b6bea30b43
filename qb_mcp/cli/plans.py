"""How a plan is shown, confirmed and carried out: shared by every command that installs something."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from qb_mcp.cli import ask, console
from qb_mcp.clients import files
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


_COLOURS = {"create": "added", "update": "added", "delete": "removed", "leave": "dim", "unchanged": "dim"}
_STATUS_COLOURS = {Status.CURRENT: "added", Status.MISSING: "dim", Status.UNREADABLE: "error", Status.FOREIGN: "error"}


def carry_out(plans: Sequence[Plan], *, dry_run: bool, as_json: bool, yes: bool, paste: bool = True) -> int:
    """Show the plans, ask on a terminal where they write, apply them. The exit code is 1 where anything was refused.

    `paste` shows with each refusal what a person could write there.
    """
    writes = any(plan.writes for plan in plans)
    if writes and not (dry_run or yes or as_json) and ask.can_ask():
        _show(plans, done=False)
        if not ask.yes("Go ahead?"):
            console.note("Nothing was changed.")
            return 1
    for plan in () if dry_run else plans:
        apply(plan)
    if as_json:
        console.say(json.dumps(_as_json(plans, applied=not dry_run), indent=2, ensure_ascii=False))
    else:
        _show(plans, done=not dry_run, diffs=dry_run)
        _show_refused(plans, paste)
        for note in _notes(plans):
            console.note(note)
    return 1 if any(plan.refused for plan in plans) else 0


def show_found(found: tuple[Found, ...], *, as_json: bool) -> int:
    """Print how things stand. The exit code is 1 unless everything is in place."""
    if as_json:
        rows = [{"label": one.label, "path": str(one.path), "status": one.status, "note": one.note} for one in found]
        console.say(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        width = max((len(one.status) for one in found), default=0)
        for one in found:
            status = console.styled(f"{one.status:<{width}}", _STATUS_COLOURS.get(one.status, "hint"), sys.stdout)
            console.say(f"{status}  {_near_home(one.label)}")
            if one.note:
                console.say_wrapped(f"{'':<{width}}  {_near_home(one.note)}", width + 2, "dim")
    return 0 if all(one.status in (Status.CURRENT, Status.SHADOWED) for one in found) else 1


def _near_home(text: str) -> str:
    """The text with the home folder as people write it."""
    return text.replace(f"{Path.home()}{os.sep}", f"~{os.sep}")


def _as_json(plans: Sequence[Plan], *, applied: bool) -> object:
    changes = [change.as_json() for plan in plans for change in plan.changes]
    return {"applied": applied, "changes": changes, "notes": _notes(plans)}


def _notes(plans: Sequence[Plan]) -> list[str]:
    return list(dict.fromkeys(note for plan in plans for note in plan.notes))


def _show(plans: Sequence[Plan], *, done: bool, diffs: bool = False) -> None:
    for change in [change for plan in plans for change in plan.changes if change.verb is not Verb.REFUSE]:
        verb = console.styled(f"{_DONE[change.verb][done]:<9}", _COLOURS[_DONE[change.verb][0]], sys.stdout)
        console.say(f"{verb}  {change.label}{_beside(change)}")
        if diffs and change.writes:
            console.say_diff(change.diff)


def _beside(change: Change) -> str:
    """The path, where the label does not say it."""
    path = change.path.as_posix()
    return "" if path.endswith(change.label) else f"  {_near_home(str(change.path))}"


def _show_refused(plans: Sequence[Plan], paste: bool) -> None:
    for change in [change for plan in plans for change in plan.refused]:
        hint = _way_out(change)
        if change.snippet and paste:
            hint += "; or paste this yourself:\n\n" + change.snippet
        console.fail(QbError(_near_home(change.reason), hint))


def _way_out(change: Change) -> str:
    """What a person can do about a refusal."""
    if change.path.is_symlink():
        return "`--force` edits the file that the link leads to"
    if change.status in (Status.MODIFIED, Status.FOREIGN):
        return "leave it, or run again with `--force`"
    if files.is_read_only(change.path):
        return "make the file writable, then run this again"
    return "mend the file, then run this again"
