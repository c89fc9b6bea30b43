"""A set of writes happens as a whole or not at all.

New texts are staged and flushed first, then the journal is written; from then on the set is decided. Each file is moved
into place with its predecessor set aside. A failure puts it all back; after a crash the next command finishes the set.
"""

import json
import os
import re
import shutil
from dataclasses import asdict
from functools import partial
from pathlib import Path

from qb_compiler.model.record import record
from qb_compiler.output.manifest import FOLDER, digest, hash_of
from qb_compiler.output.paths import content, is_writable_place, link_on_the_way, remove_empty_parents

STAGING = f"{FOLDER}/staging"
JOURNAL = f"{FOLDER}/journal.json"
STAGED = re.compile(r"[0-9]+\.new")


@record
class Move:
    """`staged` is a file in the staging folder, None for a removal; `before` the hash of what it replaces, if any."""

    path: str
    staged: str | None
    before: str | None


def write_durably(texts: list[tuple[Path, bytes]]) -> None:
    """All the files reach the disk, or an OSError is raised that names one. The disk takes them as one."""
    for path, data in texts:
        try:
            path.write_bytes(data)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(path)) from error
    for path, _ in texts:
        handle = os.open(path, os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def discard(root: Path) -> None:
    (root / JOURNAL).unlink(missing_ok=True)
    shutil.rmtree(root / STAGING, ignore_errors=True)


@record
class Write:
    """`before` is the hash of what the data replaces, if anything."""

    path: str
    data: bytes
    before: str | None


def stage(root: Path, writes: list[Write], removals: list[str]) -> list[Move]:
    """Puts every new text aside, then decides the set by writing the journal."""
    folder = root / STAGING
    folder.mkdir(parents=True, exist_ok=True)
    moves = [Move(write.path, f"{number}.new", write.before) for number, write in enumerate(writes)]
    write_durably([(folder / str(move.staged), write.data) for move, write in zip(moves, writes, strict=True)])
    moves += [Move(path, None, _hash(root, path)) for path in removals]
    pending = folder / "journal.json"
    write_durably([(pending, json.dumps([asdict(move) for move in moves]).encode())])
    pending.replace(root / JOURNAL)
    return moves


def _hash(root: Path, path: str) -> str | None:
    return hash_of(content(root, path))


def apply(root: Path, moves: list[Move]) -> None:
    """Moves everything into place; puts everything back and raises OSError if one move fails."""
    done: list[Move] = []
    try:
        for move in moves:
            done.append(move)
            _perform(root, move)
    except OSError:
        for move in reversed(done):
            _undo(root, move)
        discard(root)
        raise
    discard(root)
    for move in moves:
        if move.staged is None:
            remove_empty_parents(root, move.path)


def _aside(root: Path, move: Move) -> Path:
    return root / STAGING / f"{move.staged or digest(move.path.encode())}.old"


def _perform(root: Path, move: Move) -> None:
    target = root / move.path
    if move.before is not None:
        target.replace(_aside(root, move))
    if move.staged is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
        (root / STAGING / move.staged).replace(target)


def _undo(root: Path, move: Move) -> None:
    aside, target = _aside(root, move), root / move.path
    if aside.exists():
        aside.replace(target)
    elif move.before is None and move.staged is not None and not (root / STAGING / move.staged).exists():
        target.unlink(missing_ok=True)


def recover(root: Path) -> None:
    """Finishes a decided set that a crash interrupted, and throws away an undecided one.

    A file that somebody changed after the crash is left as it is.
    """
    if not (root / JOURNAL).exists():
        shutil.rmtree(root / STAGING, ignore_errors=True)
        return
    try:
        moves = [Move(**entry) for entry in json.loads((root / JOURNAL).read_text(encoding="utf-8"))]
    except (ValueError, TypeError):
        return discard(root)
    for move in filter(partial(_is_ours, root), moves):
        _finish(root, move)
    discard(root)


def _is_ours(root: Path, move: Move) -> bool:
    """A journal is a file in the project, so what it says is checked like anything else that is read there."""
    staged = move.staged is None or STAGED.fullmatch(move.staged) is not None
    return staged and is_writable_place(move.path) and link_on_the_way(root, move.path) is None


def _finish(root: Path, move: Move) -> None:
    now = _hash(root, move.path)
    if now is not None and now != move.before:
        return
    if move.staged is None:
        (root / move.path).unlink(missing_ok=True)
        return
    staged = root / STAGING / move.staged
    if staged.exists():
        (root / move.path).parent.mkdir(parents=True, exist_ok=True)
        staged.replace(root / move.path)
