"""Standard input and output as a wire: claimed for the protocol alone, and watched for the peer going away.

While serving, descriptor 0 is the null device and descriptor 1 is stderr, so that a stray print or a child process can
not disturb the protocol. The process ends at once when a signal comes, the peer closes either end, or the parent dies:
an assistant's client must never be left waiting, and no server must be left over.
"""

import os
import select
import signal
import sys
import threading
from collections.abc import Iterator

from qb_mcp.server.frames import LONGEST_LINE

CHUNK = 1 << 16
PARENT_CHECK_MS = 500


def leave() -> None:
    """End the process now. Nothing of ours needs a goodbye: compiles are journaled, and threads may be stuck."""
    os._exit(0)


class Pipe:
    """The wire. One thread reads it, any thread may send."""

    def __init__(self) -> None:
        self._input = os.dup(0)
        self._output = os.dup(1)
        _divert(0, os.open(os.devnull, os.O_RDONLY))
        _divert(1, os.dup(2) if _is_open(2) else os.open(os.devnull, os.O_WRONLY))
        self._sending = threading.Lock()
        self._parent = os.getppid()
        for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), lambda *_: leave())

    def send(self, data: bytes) -> None:
        """Write whole lines, one sender at a time."""
        with self._sending:
            rest = memoryview(data)
            while rest:
                rest = rest[self._write(rest) :]

    def _write(self, data: memoryview) -> int:
        try:
            return os.write(self._output, data)
        except BlockingIOError:
            select.select([], [self._output], [])
            return 0
        except OSError:
            leave()
            return len(data)

    def lines(self) -> Iterator[bytes | None]:
        """Every line until the peer closes its end; None stands for a line that was too long to keep."""
        buffer, scanned, skipping = bytearray(), 0, False
        for chunk in self._chunks():
            buffer += chunk
            while (end := buffer.find(b"\n", scanned)) >= 0:
                yield None if skipping else bytes(buffer[:end])
                del buffer[: end + 1]
                scanned, skipping = 0, False
            scanned = len(buffer)
            if scanned > LONGEST_LINE:
                buffer.clear()
                scanned, skipping = 0, True
        if buffer and not skipping:
            yield bytes(buffer)

    def _chunks(self) -> Iterator[bytes]:
        wait = self._waiter()
        while wait():
            try:
                chunk = os.read(self._input, CHUNK)
            except BlockingIOError:
                continue
            except OSError:
                return
            if not chunk:
                return
            yield chunk

    def _waiter(self) -> "_Waiter | _NoWaiter":
        return _Waiter(self._input, self._output, self._parent) if hasattr(select, "poll") else _NoWaiter()


class _NoWaiter:
    """Where pipes cannot be polled (Windows) the read itself waits."""

    def __call__(self) -> bool:
        return True


class _Waiter:
    """Waits until there is something to read; ends the process when the reader of our output or the parent is gone."""

    def __init__(self, source: int, sink: int, parent: int) -> None:
        self._source, self._sink, self._parent = source, sink, parent
        self._poll = select.poll()
        self._poll.register(source, select.POLLIN)
        self._poll.register(sink, 0)
        self._parent_handle = _handle_of(parent)
        if self._parent_handle is not None:
            self._poll.register(self._parent_handle, select.POLLIN)
        self._timeout = PARENT_CHECK_MS if self._parent_handle is None and parent > 1 else None

    def __call__(self) -> bool:
        while True:
            ready = dict(self._poll.poll(self._timeout))
            if self._parent_handle in ready or os.getppid() != self._parent:
                leave()
            if ready.get(self._sink, 0) & (select.POLLERR | select.POLLHUP):
                leave()
            if self._source in ready:
                return True


def _handle_of(process: int) -> int | None:
    """A descriptor that becomes readable when a process ends, where the system has such a thing."""
    if sys.platform != "linux" or process <= 1:
        return None
    try:
        return os.pidfd_open(process)
    except OSError:
        return None


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def _divert(descriptor: int, target: int) -> None:
    os.dup2(target, descriptor)
    os.close(target)
