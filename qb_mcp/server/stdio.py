"""Serves one client over stdin and stdout. A thread reads the pipe from the first moment; the opening is answered
there, and everything after it goes to the SDK's server once that is loaded."""

import threading
import time
from collections import deque
from collections.abc import Callable

from qb_mcp.server.frames import INVALID_REQUEST, LONGEST_LINE, Message, Refused, encoded, read_frame
from qb_mcp.server.opening import Opening
from qb_mcp.server.options import ServeOptions
from qb_mcp.server.pipe import Pipe, leave

FIRST_WORDS = 0.25
QUIET = 0.02
"""Seconds: the SDK is loaded once the opening is over or has come to rest, so that it delays no first answer."""

LONGEST_CALL = 120.0
GRACE = 0.04
"""Seconds that answers under way get after the client has closed its end."""


class Inbox:
    """What the client says. The opening answers until the SDK is connected; what it cannot answer is kept for the SDK.
    None says that the client has closed its end."""

    def __init__(self, opening: Opening | None) -> None:
        self._lock = threading.Lock()
        self._opening = opening
        self._kept: deque[Message | None] = deque()
        self._deliver: Callable[[Message | None], None] | None = None
        self._closed_early = False

    @property
    def grace(self) -> float:
        """How long the last answers may take. A client that was done before we were ready piped its requests in."""
        return LONGEST_CALL if self._closed_early else GRACE

    @property
    def needs_sdk(self) -> bool:
        """Whether the SDK is at work, or something waits that only it can answer."""
        return self._opening is None or bool(self._kept) or self._deliver is not None

    def take(self, message: Message | None) -> Message | None:
        """Pass a message on. A result that comes back is the answer to it."""
        with self._lock:
            if self._deliver:
                self._deliver(message)
                return None
            if message is None:
                self._closed_early = True
            elif self._opening and self._opening.notes(message):
                return None
            elif self._opening and (result := self._opening.answer(message)) is not None:
                return result
            self._kept.append(message)
            return None

    def connect(self, replay: Callable[[list[Message]], None], deliver: Callable[[Message | None], None]) -> None:
        """Let the SDK take over: first the handshake it missed, then what was kept, then everything from now on."""
        with self._lock:
            replay(self._opening.handshake if self._opening else [])
            for message in self._kept:
                deliver(message)
            self._deliver = deliver


class Reader:
    """Reads the pipe to its end and refuses what is no message."""

    def __init__(self, pipe: Pipe, inbox: Inbox) -> None:
        self._pipe, self._inbox = pipe, inbox
        self._moved = threading.Event()

    def run(self) -> None:
        for line in self._pipe.lines():
            try:
                self._read(line)
            except Refused as refused:
                self._pipe.send(encoded(refused.reply))
            self._moved.set()
        if not self._inbox.needs_sdk:
            leave()
        self._inbox.take(None)
        self._moved.set()
        # The session leaves by itself, unless it is stuck in writing to a peer that does not read.
        time.sleep(self._inbox.grace + QUIET)
        leave()

    def _read(self, line: bytes | None) -> None:
        if line is None:
            raise Refused(INVALID_REQUEST, f"a message has at most {LONGEST_LINE} bytes")
        message = read_frame(line)
        result = self._inbox.take(message) if message is not None else None
        if message is not None and result is not None:
            self._pipe.send(encoded({"jsonrpc": "2.0", "id": message["id"], "result": result}))

    def wait_for_quiet(self) -> None:
        """Return when there is time to load the SDK, or need of it."""
        patience = FIRST_WORDS
        while not self._inbox.needs_sdk and self._moved.wait(patience):
            self._moved.clear()
            patience = QUIET


def serve_stdio(options: ServeOptions) -> None:
    """Serve until the client goes."""
    pipe = Pipe()
    inbox = Inbox(None if options.read_only else Opening())
    reader = Reader(pipe, inbox)
    threading.Thread(target=reader.run, name="stdin", daemon=True).start()
    reader.wait_for_quiet()
    from qb_mcp.server.session import run_session  # noqa: PLC0415 - loads the SDK, see the module docstring

    run_session(options, pipe, inbox)
    leave()
