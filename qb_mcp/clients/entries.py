"""Our server's entry in a client's file: how it stands, and plans to put it in or take it out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath, PureWindowsPath

from qb_mcp import __version__
from qb_mcp.clients import files
from qb_mcp.clients.client import Client, Launch, Machine, Scope
from qb_mcp.clients.formats import holders_created
from qb_mcp.clients.json_value import Json
from qb_mcp.clients.jsonc_reader import Unparsable
from qb_mcp.clients.ledger import Ledger, Record, Undo, exact_digest, value_digest
from qb_mcp.clients.plan import Change
from qb_mcp.clients.status import Status, Verb

_COMMANDS = frozenset({"quickback", "quickback.exe", "qb_mcp"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One client's entry of one scope: where it is, what should stand there, and what the ledger remembers."""

    client: Client
    scope: Scope
    path: Path
    wanted: Json
    record: Record | None

    @property
    def label(self) -> str:
        return f"{self.client.title} ({self.scope})"

    @property
    def snippet(self) -> str:
        """What a person can paste."""
        return self.client.format.print(self.client.path, self.wanted)


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry as it was read; `text` is the file's, `problem` says why it cannot be edited."""

    status: Status
    path: Path
    text: str | None = None
    present: Json = None
    problem: str = ""


def entry(client: Client, scope: Scope, launch: Launch, machine: Machine, ledger: Ledger) -> Entry:
    """The entry of a client in a scope; the ledger is that of the scope's place."""
    path = client.file(scope, machine, ledger.root)
    return Entry(client, scope, path, client.entry(scope, launch), ledger.record(path))


def stand(one: Entry, *, force: bool = False) -> Standing:
    """How the entry stands. `force` looks through links."""
    try:
        original = files.read(one.path, follow=force)
        present = _present(one, original.text or "")
    except files.Untouchable as problem:
        return Standing(Status.UNREADABLE, one.path, problem=str(problem))
    except Unparsable as problem:
        text = files.read(one.path, follow=force).text or ""
        line = text.count("\n", 0, problem.offset) + 1
        told = f"`{one.path}` is not valid {one.client.format.name.upper()}, line {line}: {problem}"
        return Standing(Status.UNREADABLE, one.path, text, problem=told)
    return Standing(_status(one, present), original.path, original.text, present)


def _present(one: Entry, text: str) -> Json:
    value: Json = one.client.format.read(text) if text.strip("\ufeff \t\r\n") else {}
    for key in one.client.path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _status(one: Entry, present: Json) -> Status:
    if present is None:
        return Status.MISSING
    if present == one.wanted:
        return Status.CURRENT
    if one.record and one.record.value == value_digest(present):
        return Status.OUTDATED
    return Status.MODIFIED if one.record or _starts_us(present) else Status.FOREIGN


def _starts_us(value: Json) -> bool:
    """Whether some word of the entry is our command."""
    words = set(_words(value))
    names = {PureWindowsPath(word).name if "\\" in word else PurePosixPath(word).name for word in words}
    return bool(names & _COMMANDS) and "mcp" in words


def _words(value: Json) -> Sequence[str]:
    if isinstance(value, str):
        return [value]
    items = value.values() if isinstance(value, Mapping) else value if isinstance(value, Sequence) else ()
    return [word for item in items for word in _words(item)]


def plan_install(one: Entry, *, force: bool = False) -> Change:
    """Put the entry in, or bring it up to date; what a person wrote stays unless forced."""
    found = stand(one, force=force)
    if found.status is Status.UNREADABLE:
        return _refused(one, found, found.problem)
    if found.status is Status.CURRENT:
        return Change(one.label, found.path, Verb.NOTHING, found.status, record=one.record, recorded_at=one.path)
    if found.status is Status.MODIFIED and not force:
        return _refused(one, found, f"`{one.path}` has a `quickback` entry that a person has edited")
    if found.status is Status.FOREIGN and not force:
        return _refused(one, found, f"`{one.path}` uses the name `quickback` for something else")
    if files.is_read_only(found.path):
        return _refused(one, found, f"`{one.path}` is read-only")
    return _put(one, found)


def _put(one: Entry, found: Standing) -> Change:
    base, record = _base(one, found)
    try:
        after = one.client.format.put(base, one.client.path, one.wanted)
        record = replace(record, holders=record.holders or holders_created(one.client.format, base, one.client.path))
    except Unparsable as problem:
        return _refused(one, found, f"`{one.path}`: {problem}")
    undo = Undo.between(base, after) if found.status is not Status.OUTDATED or record.undo else None
    backup = _backup(one) if one.scope is Scope.USER or found.status is Status.FOREIGN else None
    kept = backup if found.text is not None and (backup is None or not backup.exists()) else None
    record = replace(
        record,
        file=exact_digest(after),
        value=value_digest(one.wanted),
        undo=undo,
        backup=record.backup or (kept.name if kept else ""),
    )
    verb = Verb.CREATE if found.text is None else Verb.UPDATE
    return Change(
        *(one.label, found.path, verb, found.status, found.text, after),
        record=record,
        recorded_at=one.path,
        backup=kept,
    )


def _base(one: Entry, found: Standing) -> tuple[str, Record]:
    """The text to edit: as it was before our last change, where nothing else has changed since."""
    text = found.text or ""
    if one.record is None:
        return text, Record(__version__, "", made=found.text is None, folders=files.missing_folders(found.path))
    if one.record.undo and one.record.file == exact_digest(text):
        return one.record.undo.apply(text), one.record
    return text, replace(one.record, undo=None)


def plan_remove(one: Entry, *, force: bool = False) -> Change:
    """Take the entry out and leave the file as it was before we came."""
    found = stand(one, force=force)
    if found.status is Status.UNREADABLE:
        return _refused(one, found, found.problem)
    if found.status is Status.MISSING:
        return _gone(one, found)
    if found.status in (Status.MODIFIED, Status.FOREIGN) and not force:
        whose = "a person has edited" if found.status is Status.MODIFIED else "is not ours"
        return _refused(one, found, f"`{one.path}` has a `quickback` entry that {whose}")
    if files.is_read_only(found.path):
        return _refused(one, found, f"`{one.path}` is read-only")
    return _cut(one, found)


def _gone(one: Entry, found: Standing) -> Change:
    """Nothing of ours is in the file; what a killed run left around it goes."""
    folders = one.record.folders if one.record else 0
    return Change(
        *(one.label, found.path, Verb.NOTHING, found.status),
        recorded_at=one.path,
        folders=folders,
        spent_backup=_spent(one, found.text),
    )


def _spent(one: Entry, after: str | None) -> Path | None:
    """The backup, if the file is as it says."""
    backup = one.path.parent / one.record.backup if one.record and one.record.backup else None
    return backup if backup and _text(backup) == after else None


def _cut(one: Entry, found: Standing) -> Change:
    text = found.text or ""
    record = one.record or Record(__version__, "")
    try:
        if record.undo and record.file == exact_digest(text):
            after = record.undo.apply(text)
        else:
            after = one.client.format.drop(text, one.client.path, created=record.holders)
    except Unparsable as problem:
        return _refused(one, found, f"`{one.path}`: {problem}")
    empty = record.made and after.strip("\ufeff \t\r\n") in ("", "{}")
    return Change(
        *(one.label, found.path, Verb.DELETE if empty else Verb.UPDATE, found.status, text, None if empty else after),
        recorded_at=one.path,
        folders=record.folders,
        spent_backup=_spent(one, after),
    )


def _text(path: Path) -> str | None:
    try:
        return files.read(path).text
    except files.Untouchable:
        return None


def _backup(one: Entry) -> Path:
    return one.path.with_name(f"{one.path.name}.quickback.bak")


def _refused(one: Entry, found: Standing, reason: str) -> Change:
    return Change(one.label, one.path, Verb.REFUSE, found.status, reason=reason, snippet=one.snippet)
