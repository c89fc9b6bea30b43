"""Files of ours that a client reads whole: the skill and its references, the agent, the Cursor rule.

A file of ours is known by its hash in the ledger. Line ends are left to the version control system and never count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from qb_mcp import __version__
from qb_mcp.clients import files
from qb_mcp.clients.ledger import Ledger, Record, digest
from qb_mcp.clients.plan import Change, Plan
from qb_mcp.clients.status import Found, Status, Verb

_MARK = "quickback"


@dataclass(frozen=True, slots=True)
class Payload:
    """`files` are texts by path below the root; `homes` are the folders that hold nothing but ours."""

    name: str
    files: Mapping[str, str]
    homes: tuple[str, ...] = ()


def stand(payload: Payload, ledger: Ledger) -> tuple[Found, ...]:
    """How each file of the payload stands, files of an earlier version included."""
    texts = {ledger.root / path: text for path, text in payload.files.items()}
    stale = dict.fromkeys(_stale(payload, ledger))
    return tuple(_found(path, text, ledger) for path, text in {**texts, **stale}.items())


def _found(path: Path, wanted: str | None, ledger: Ledger) -> Found:
    label = ledger.key(path)
    try:
        present = files.read(path).text
    except files.Untouchable as problem:
        return Found(label, path, Status.UNREADABLE, str(problem))
    return Found(label, path, _status(present, wanted, ledger.record(path)))


def _status(present: str | None, wanted: str | None, record: Record | None) -> Status:
    if present is None:
        return Status.MISSING
    if wanted is not None and digest(present) == digest(wanted):
        return Status.CURRENT
    if record and record.file == digest(present):
        return Status.OUTDATED
    return Status.MODIFIED if record or _MARK in present.lower() else Status.FOREIGN


def _stale(payload: Payload, ledger: Ledger) -> Iterable[Path]:
    """Recorded files in our own folders that this version no longer has."""
    wanted = {ledger.root / path for path in payload.files}
    for home in payload.homes:
        yield from (path for path in ledger.below(ledger.root / home) if path not in wanted)


def plan_install(payload: Payload, ledger: Ledger, *, force: bool = False) -> Plan:
    """Put every file in place, or bring it up to date; what a person edited stays unless forced."""
    put = [_put(found, payload, ledger, force) for found in stand(payload, ledger) if _is_wanted(found, payload)]
    dropped = [_drop(found, ledger, force=False) for found in stand(payload, ledger) if not _is_wanted(found, payload)]
    return Plan(ledger, (*put, *dropped))


def plan_remove(payload: Payload, ledger: Ledger, *, force: bool = False) -> Plan:
    """Take every file away that is as we left it."""
    return Plan(ledger, tuple(_drop(found, ledger, force=force) for found in stand(payload, ledger)))


def _is_wanted(found: Found, payload: Payload) -> bool:
    return found.label in payload.files


def _put(found: Found, payload: Payload, ledger: Ledger, force: bool) -> Change:
    if blocked := _blocked(found, ledger, force):
        return blocked
    path, record = found.path, ledger.record(found.path)
    before, after = files.read(path).text, payload.files[found.label]
    if found.status is Status.CURRENT:
        kept = record or Record(__version__, digest(after))
        return Change(found.label, path, Verb.NOTHING, found.status, record=kept)
    saved = _backup(path) if found.status in (Status.MODIFIED, Status.FOREIGN) and not record else None
    made = Record(
        __version__,
        digest(after),
        made=record.made if record else before is None,
        folders=record.folders if record else files.missing_folders(path),
        backup=saved.name if saved else record.backup if record else "",
    )
    verb = Verb.CREATE if before is None else Verb.UPDATE
    return Change(found.label, path, verb, found.status, before, after, record=made, backup=saved)


def _drop(found: Found, ledger: Ledger, *, force: bool) -> Change:
    record = ledger.record(found.path)
    folders = record.folders if record else 0
    backup = found.path.with_name(record.backup) if record and record.backup else None
    if found.status is Status.MISSING:
        return Change(found.label, found.path, Verb.NOTHING, found.status, folders=folders)
    if backup and _is_restored(found.path, backup):
        return Change(found.label, found.path, Verb.NOTHING, Status.MISSING, spent_backup=backup)
    if blocked := _blocked(found, ledger, force):
        return blocked
    before = files.read(found.path).text
    after = files.read(backup).text if backup else None
    verb = Verb.DELETE if after is None else Verb.UPDATE
    return Change(found.label, found.path, verb, found.status, before, after, folders=folders, spent_backup=backup)


def _is_restored(path: Path, backup: Path) -> bool:
    """Whether a killed run has put the person's file back already."""
    try:
        return files.read(path).text == files.read(backup).text
    except files.Untouchable:
        return False


def _blocked(found: Found, ledger: Ledger, force: bool) -> Change | None:
    """A refusal, where the file is not ours to write."""
    reasons = {
        Status.UNREADABLE: found.note,
        Status.MODIFIED: "" if force else f"`{found.path}` has been edited",
        Status.FOREIGN: "" if force else f"`{found.path}` is not ours",
    }
    reason = reasons.get(found.status, "") or _place_problem(found.path, ledger.root)
    if not reason:
        return None
    return Change(found.label, found.path, Verb.REFUSE, found.status, reason=reason, record=ledger.record(found.path))


def _place_problem(path: Path, root: Path) -> str:
    if not path.parent.resolve().is_relative_to(root.resolve()):
        return f"`{path.parent}` leads outside `{root}` through a link"
    return f"`{path}` is read-only" if files.is_read_only(path) else ""


def _backup(path: Path) -> Path:
    return path.with_name(f"{path.name}.quickback.bak")


def overall(found: Iterable[Found]) -> Status:
    """One word for several files: the one that most needs a person's eye."""
    order = (Status.UNREADABLE, Status.FOREIGN, Status.MODIFIED, Status.OUTDATED, Status.MISSING, Status.CURRENT)
    present = [one.status for one in found]
    if Status.CURRENT in present and Status.MISSING in present and set(present) <= {Status.CURRENT, Status.MISSING}:
        return Status.OUTDATED
    return next((status for status in order if status in present), Status.MISSING)
