"""Serves one client over stdin and stdout. A thread reads the pipe from the first moment; the opening is answered
there, and everything after it goes to the SDK's server once that is loaded."""

import threading
from collections import deque
from collections.abc import Callable

from qb_mcp.server.frames import INVALID_REQUEST, LONGEST_LINE, Message, Refused, encoded, read_frame
from qb_mcp.server.opening import Opening
from qb_mcp.server.options import ServeOptions
from qb_mcp.server.pipe import Pipe, leave

FIRST_WORDS = 0.25
QUIET = 0.02
"""Seconds: the SDK is loaded once the opening is over or has come to rest, so that it delays no first answer."""


class Inbox:
    """Messages for the SDK, kept until it is there. None says that the client has closed its end."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: deque[Message | None] = deque()
        self._deliver: Callable[[Message | None], None] | None = None
        self.closed_early = False

    def put(self, message: Message | None) -> None:
        with self._lock:
            if self._deliver:
                self._deliver(message)
            else:
                self._kept.append(message)
                self.closed_early |= message is None

    def connect(self, deliver: Callable[[Message | None], None]) -> None:
        """Hand over what was kept and everything from now on."""
        with self._lock:
            for message in self._kept:
                deliver(message)
            self._deliver = deliver


class Reader:
    """Reads the pipe to its end: refuses what is no message, answers the opening, and passes on the rest."""

    def __init__(self, pipe: Pipe, opening: Opening | None) -> None:
        self._pipe, self._opening = pipe, opening
        self.inbox = Inbox()
        self.moved = threading.Event()

    def run(self) -> None:
        for line in self._pipe.lines():
            try:
                self._read(line)
            except Refused as refused:
                self._pipe.send(encoded(refused.reply))
            self.moved.set()
        if self.is_opening:
            leave()
        self.inbox.put(None)
        self.moved.set()

    @property
    def is_opening(self) -> bool:
        return self._opening is not None and not self._opening.is_over

    def _read(self, line: bytes | None) -> None:
        if line is None:
            raise Refused(INVALID_REQUEST, f"a message has at most {LONGEST_LINE} bytes")
        message = read_frame(line)
        if message is not None and not (self.is_opening and self._open(message)):
            self.inbox.put(message)

    def _open(self, message: Message) -> bool:
        """Whether the opening dealt with the message."""
        assert self._opening is not None
        result = self._opening.answer(message)
        if result is not None:
            self._pipe.send(encoded({"jsonrpc": "2.0", "id": message["id"], "result": result}))
        return result is not None or not self._opening.is_over

    def wait_for_quiet(self) -> None:
        """Return when there is time to load the SDK, or need of it."""
        patience = FIRST_WORDS
        while self.is_opening and self.moved.wait(patience):
            self.moved.clear()
            patience = QUIET


def serve_stdio(options: ServeOptions) -> None:
    """Serve until the client goes."""
    pipe = Pipe()
    opening = None if options.read_only else Opening()
    reader = Reader(pipe, opening)
    threading.Thread(target=reader.run, name="stdin", daemon=True).start()
    reader.wait_for_quiet()
    from qb_mcp.server.session import run_session  # noqa: PLC0415 - loads the SDK, see the module docstring

    run_session(options, pipe, reader.inbox, opening)
    leave()
