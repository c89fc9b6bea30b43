"""Our few lines in a file that belongs to a person (`AGENTS.md`, `CLAUDE.md`), between two markers."""

from dataclasses import dataclass
from pathlib import Path

from qb_mcp import __version__
from qb_mcp.clients import files
from qb_mcp.clients.ledger import Ledger, Record, Undo, exact_digest
from qb_mcp.clients.plan import Change
from qb_mcp.clients.status import Status, Verb

START, END = "<!-- quickback:start -->", "<!-- quickback:end -->"


@dataclass(frozen=True, slots=True)
class Block:
    """`text` is what stands between the markers."""

    path: str
    text: str

    def wrapped(self, newline: str) -> str:
        """The block with its markers and the file's line ends."""
        return newline.join([START, *self.text.strip().split("\n"), END])


def stand(block: Block, ledger: Ledger) -> tuple[Status, str | None, str]:
    """The block's status, the file's text, and why it cannot be edited."""
    try:
        text = files.read(ledger.root / block.path).text
    except files.Untouchable as problem:
        return Status.UNREADABLE, None, str(problem)
    if text is None or (text.count(START), text.count(END)) == (0, 0):
        return Status.MISSING, text, ""
    span = _span(text)
    if span is None:
        return Status.UNREADABLE, text, f"`{block.path}` has a quickback marker without its partner"
    present = text[span[0] : span[1]]
    if present == block.wrapped(_newline(text)):
        return Status.CURRENT, text, ""
    record = ledger.record(ledger.root / block.path)
    ours = record and record.value == exact_digest(present.replace("\r\n", "\n"))
    return (Status.OUTDATED if ours else Status.MODIFIED), text, ""


def plan_install(block: Block, ledger: Ledger, *, force: bool = False) -> Change:
    """Put the block at the end of the file, or renew it where it stands."""
    path = ledger.root / block.path
    status, text, problem = stand(block, ledger)
    if refused := _refused(block, path, status, problem, force):
        return refused
    record = ledger.record(path)
    if status is Status.CURRENT:
        return Change(block.path, path, Verb.NOTHING, status, record=record)
    base = _base(text or "", record)
    after = _put(base, block)
    record = Record(
        __version__,
        exact_digest(after),
        value=exact_digest(block.wrapped("\n")),
        made=record.made if record else text is None,
        folders=record.folders if record else files.missing_folders(path),
        undo=Undo.between(base, after) if _span(base) is None else None,
    )
    verb = Verb.CREATE if text is None else Verb.UPDATE
    return Change(block.path, path, verb, status, text, after, record=record)


def plan_remove(block: Block, ledger: Ledger, *, force: bool = False) -> Change:
    """Take the block out and leave the rest of the file as it is."""
    path = ledger.root / block.path
    status, text, problem = stand(block, ledger)
    record = ledger.record(path)
    folders = record.folders if record else 0
    if status is Status.MISSING:
        return Change(block.path, path, Verb.NOTHING, status, folders=folders)
    if refused := _refused(block, path, status, problem, force):
        return refused
    after = _base(text or "", record)
    if span := _span(after):
        after = after[: span[0]].rstrip("\r\n") + _newline(after) + after[span[1] :].lstrip("\r\n")
    empty = bool(record and record.made and not after.strip())
    verb = Verb.DELETE if empty else Verb.UPDATE
    return Change(block.path, path, verb, status, text, None if empty else after, folders=folders)


def _refused(block: Block, path: Path, status: Status, problem: str, force: bool) -> Change | None:
    if status is Status.MODIFIED and not force:
        problem = f"the quickback block of `{block.path}` has been edited"
    if not problem and files.is_read_only(path):
        problem = f"`{block.path}` is read-only"
    if not problem:
        return None
    return Change(block.path, path, Verb.REFUSE, status, reason=problem, snippet=block.wrapped("\n"))


def _base(text: str, record: Record | None) -> str:
    """The text as it was before our last change, where nothing has changed since."""
    if record and record.undo and record.file == exact_digest(text):
        return record.undo.apply(text)
    return text


def _put(text: str, block: Block) -> str:
    newline = _newline(text)
    wrapped = block.wrapped(newline)
    if span := _span(text):
        return text[: span[0]] + wrapped + text[span[1] :]
    if not text.strip():
        return wrapped + newline
    return text + newline * (1 if text.endswith("\n") else 2) + wrapped + newline


def _span(text: str) -> tuple[int, int] | None:
    start, end = text.find(START), text.find(END)
    if text.count(START) != 1 or text.count(END) != 1 or end < start:
        return None
    return start, end + len(END)


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
