"""Programs that the demo starts, ended with all that they started: workerd outlives a parent that is killed alone."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from qb_mcp.errors import QbError

_PATIENCE = 5.0
_WINDOWS = sys.platform == "win32"


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str], *, log: Path, timeout: float) -> None:
    """Run a program to its end; its output goes to the log, whose end is in the error if it fails."""
    with log.open("ab") as stream:
        process = _start(command, folder, environment, stream.fileno())
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired as error:
            raise QbError(f"`{_spoken(command)}` did not end within {timeout:.0f} s", tail(log)) from error
        finally:
            stop(process)
    if code:
        raise QbError(f"`{_spoken(command)}` failed", tail(log))


@contextmanager
def running(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], *, log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that runs while the block does."""
    with log.open("ab") as stream:
        process = _start(command, folder, environment, stream.fileno())
    try:
        yield process
    finally:
        stop(process)


def _start(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], output: int
) -> subprocess.Popen[bytes]:
    """In a session of its own, so that the whole group can be ended."""
    flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    return subprocess.Popen(
        list(command),
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=not _WINDOWS,
        creationflags=flags,
    )


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the program and everything it started: politely, then not."""
    if _WINDOWS:
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
        return
    _signal(process.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(_PATIENCE)
    _signal(process.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        process.wait(_PATIENCE)


def _signal(group: int, number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def tail(log: Path, lines: int = 15) -> str:
    """The end of a log, for an error's hint."""
    text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    return "\n".join(text.strip().splitlines()[-lines:])


def _spoken(command: Sequence[str]) -> str:
    """The command without the folders of its programs."""
    return " ".join(Path(word).name if os.sep in word else word for word in command)
