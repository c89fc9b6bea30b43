"""One writer at a time in a project, across processes; a killed holder leaves no lock behind."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qb_compiler.output.manifest import FOLDER

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


PATIENCE = 30.0


class Busy(Exception):
    """Another process held the lock for the whole time that was waited."""


@contextmanager
def locked(root: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Holds the project's lock for the block; waits up to `patience` seconds. Raises Busy, or OSError from the disk."""
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    handle = os.open(root / FOLDER / "lock", os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
    try:
        _wait(handle, time.monotonic() + patience)
        yield
    finally:
        os.close(handle)


def _wait(handle: int, deadline: float) -> None:
    while True:
        try:
            return _take(handle)
        except OSError:
            if time.monotonic() > deadline:
                raise Busy from None
            time.sleep(0.02)
