"""Peers that speak raw JSON with the server: over memory streams with the SDK's server, or with the real process."""

import json
import math
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import anyio
from mcp.shared.message import SessionMessage
from mcp_types import jsonrpc_message_adapter

from qb_mcp.server.app import App

MODERN = "2026-07-28"
ENVELOPE = {
    "io.modelcontextprotocol/protocolVersion": MODERN,
    "io.modelcontextprotocol/clientCapabilities": {},
    "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
}


def request(identity: int | str, method: str, modern: bool = False, **params: object) -> dict[str, object]:
    body = {**params, "_meta": ENVELOPE} if modern else params
    return {"jsonrpc": "2.0", "id": identity, "method": method, **({"params": body} if body else {})}


def initialize(version: str = "2025-11-25", **capabilities: object) -> dict[str, object]:
    client = {"name": "test", "version": "1"}
    return request(0, "initialize", protocolVersion=version, capabilities=capabilities, clientInfo=client)


INITIALIZED = {"jsonrpc": "2.0", "method": "notifications/initialized"}


async def answers(app: App, messages: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """What the SDK's server says to messages sent one after the other (each request is answered before the next)."""
    inbound, receive = anyio.create_memory_object_stream[SessionMessage | Exception](math.inf)
    send, outbound = anyio.create_memory_object_stream[SessionMessage](math.inf)
    found: list[dict[str, object]] = []
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(app.server.run, receive, send, app.initialization)
        for message in messages:
            await inbound.send(SessionMessage(jsonrpc_message_adapter.validate_python(message, by_name=False)))
            if "id" in message:
                item = await outbound.receive()
                found.append(item.message.model_dump(mode="json", by_alias=True, exclude_unset=True))
        await inbound.aclose()
    return found


OURS = (sys.executable, "-m", "qb_mcp", "mcp")


class Process:
    """`quickback mcp` (or another server) as a client starts it."""

    def __init__(
        self, *arguments: str, cwd: Path, env: Mapping[str, str] | None = None, command: Sequence[str] = OURS
    ) -> None:
        self.popen = subprocess.Popen(
            [*command, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=cwd,
            env={**os.environ, **(env or {})},
            bufsize=0,
        )
        self._buffer = b""

    def send(self, *messages: Mapping[str, object]) -> None:
        self.raw(b"".join(json.dumps(message).encode() + b"\n" for message in messages))

    def raw(self, data: bytes) -> None:
        assert self.popen.stdin
        view = memoryview(data)
        while view:
            view = view[self.popen.stdin.write(view) or 0 :]

    def receive(self, timeout: float = 60.0) -> dict[str, object]:
        """The next message; fails when none comes in time."""
        deadline = time.monotonic() + timeout
        while b"\n" not in self._buffer:
            assert self.popen.stdout
            ready, _, _ = select.select([self.popen.stdout], [], [], max(0.0, deadline - time.monotonic()))
            chunk = os.read(self.popen.stdout.fileno(), 1 << 20) if ready else b""
            assert chunk, f"no answer in {timeout} s (exit code {self.popen.poll()})"
            self._buffer += chunk
        line, _, self._buffer = self._buffer.partition(b"\n")
        message: dict[str, object] = json.loads(line)
        return message

    def ask(self, message: Mapping[str, object]) -> dict[str, object]:
        """Send a request and return its response, passing over notifications."""
        self.send(message)
        while (received := self.receive()).get("id") != message["id"]:
            pass
        return received

    def ended_within(self, seconds: float) -> tuple[int, float]:
        """Exit code and how long the process took to end; one that stays is killed, and its code says so.

        `wait(timeout=…)` looks every 50 ms only, which is too coarse for what is measured here.
        """
        watchdog = threading.Timer(max(seconds * 20, 2), self.popen.kill)
        started = time.monotonic()
        watchdog.start()
        code = self.popen.wait()
        watchdog.cancel()
        return code, time.monotonic() - started

    def pending(self) -> list[bytes]:
        """Lines that arrived and were not received yet."""
        return self._buffer.splitlines()

    def hang_up(self) -> None:
        """Close our end of its input."""
        assert self.popen.stdin
        self.popen.stdin.close()
        self.popen.stdin = None

    def close(self) -> bytes:
        """End the process and return what it wrote to stderr."""
        self.popen.kill()
        _, errors = self.popen.communicate()
        return errors
