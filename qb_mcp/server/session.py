"""The SDK's session over our pipe: messages in, messages out, and an end that keeps nobody waiting."""

import asyncio
import math
import time
from types import TracebackType
from typing import Self

import anyio
from anyio.streams.memory import MemoryObjectSendStream
from mcp.shared.message import SessionMessage
from mcp_types import JSONRPCError, JSONRPCMessage, JSONRPCRequest, JSONRPCResponse, jsonrpc_message_adapter
from pydantic import ValidationError

from qb_mcp.server.app import App
from qb_mcp.server.frames import INVALID_REQUEST, Message, Refused, encoded
from qb_mcp.server.opening import has_envelope
from qb_mcp.server.options import ServeOptions
from qb_mcp.server.pipe import Pipe, leave
from qb_mcp.server.stdio import Inbox

_INITIALIZED: Message = {"jsonrpc": "2.0", "method": "notifications/initialized"}


def run_session(options: ServeOptions, pipe: Pipe, inbox: Inbox) -> None:
    """Serve the messages of an inbox until the client goes."""
    asyncio.run(_serve(App(options), pipe, inbox))


async def _serve(app: App, pipe: Pipe, inbox: Inbox) -> None:
    send, receive = anyio.create_memory_object_stream[SessionMessage | Exception](math.inf)
    outbox = Outbox(pipe)
    feed = Feed(send, outbox, inbox)
    loop = asyncio.get_running_loop()
    inbox.connect(feed.replay, lambda message: void(loop.call_soon_threadsafe(feed.take, message)))
    await app.server.run(receive, outbox, app.initialization)


def void(_: object) -> None:
    """Drop a value that nobody needs."""


class Outbox:
    """The SDK's write stream. It knows which requests are still unanswered."""

    def __init__(self, pipe: Pipe) -> None:
        self.pipe = pipe
        self.unanswered: set[str | int] = set()
        self.silenced: str | int | None = None

    async def send(self, item: SessionMessage, /) -> None:
        message = item.message
        if isinstance(message, JSONRPCResponse | JSONRPCError) and message.id is not None:
            self.unanswered.discard(message.id)
            if message.id == self.silenced:
                self.silenced = None
                return
        self.pipe.send(encoded(_plain(message)))

    async def aclose(self) -> None:
        """The pipe stays open: the process ends with it."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


def _plain(message: JSONRPCMessage) -> object:
    """What goes on the wire. A result is plain already, and dumping it once more is a third of a call's cost."""
    if isinstance(message, JSONRPCResponse):
        return {"jsonrpc": "2.0", "id": message.id, "result": message.result}
    return message.model_dump(mode="json", by_alias=True, exclude_unset=True)


class Feed:
    """The SDK's read stream, filled from the inbox on the event loop."""

    def __init__(
        self, stream: MemoryObjectSendStream[SessionMessage | Exception], outbox: Outbox, inbox: Inbox
    ) -> None:
        self._stream, self._outbox, self._inbox = stream, outbox, inbox
        self._begun = False
        self._leaving: asyncio.Task[None] | None = None

    def replay(self, missed: list[Message]) -> None:
        """Tell the SDK of a handshake that was answered for it; what it answers itself is not sent again."""
        for message in missed:
            self._pass_on(message)
        if missed:
            self._outbox.silenced = self._outbox.unanswered.pop()

    def take(self, message: Message | None) -> None:
        """One message, or the end."""
        if message is None:
            self._leaving = asyncio.ensure_future(self._leave())
            return
        try:
            if not self._begun and _skips_handshake(message):
                self._pass_on(_INITIALIZED)
            self._pass_on(message)
        except Refused as refused:
            self._outbox.pipe.send(encoded(refused.reply))

    def _pass_on(self, message: Message) -> None:
        try:
            parsed = jsonrpc_message_adapter.validate_python(message, by_name=False)
        except ValidationError:
            identity = message.get("id")
            known = identity if isinstance(identity, str | int) else None
            raise Refused(INVALID_REQUEST, "not a JSON-RPC message", known) from None
        self._begun = True
        if isinstance(parsed, JSONRPCRequest) and parsed.method != "subscriptions/listen":
            self._outbox.unanswered.add(parsed.id)
        self._stream.send_nowait(SessionMessage(parsed))

    async def _leave(self) -> None:
        deadline = time.monotonic() + self._inbox.grace
        while self._outbox.unanswered and time.monotonic() < deadline:
            await asyncio.sleep(0.002)
        leave()


def _skips_handshake(message: Message) -> bool:
    """A first request that neither opens a handshake nor carries the later era's envelope: it is served too."""
    params = message.get("params")
    modern = isinstance(params, dict) and has_envelope(params)
    return "id" in message and message.get("method") not in ("initialize", "server/discover") and not modern
