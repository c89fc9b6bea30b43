"""Answers how a client opens, before the SDK is loaded: what the SDK's server answers is frozen in `opening.json`.

The answers to `initialize`, `server/discover` and the fixed lists depend only on our version, so a test holds them
equal to what the SDK's server says in every version of the protocol. Anything else waits for the SDK, which is then
told what it missed.
"""

import json
from pathlib import Path

from qb_mcp.server.frames import Message

FILE = Path(__file__).with_name("opening.json")
FIXED_LISTS = ("tools/list", "prompts/list", "resources/templates/list")
HANDSHAKE: tuple[str, ...] = ("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25")
MODERN = "2026-07-28"
_VERSION, _CAPABILITIES = (f"io.modelcontextprotocol/{name}" for name in ("protocolVersion", "clientCapabilities"))


class Opening:
    """Follows one connection until the SDK takes over, and answers what it can."""

    def __init__(self) -> None:
        self._frozen: dict[str, dict[str, Message]] = json.loads(FILE.read_bytes())
        self._version: str | None = None
        self.handshake: list[Message] = []
        """What the SDK has to hear to be where the client is; the first, `initialize`, was answered already."""

    def notes(self, message: Message) -> bool:
        """Whether a notification ends the handshake that was answered here."""
        ends = message.get("method") == "notifications/initialized" and len(self.handshake) == 1
        if ends:
            self.handshake.append(message)
        return ends

    def answer(self, message: Message) -> Message | None:
        """The result for a request, None for one that needs the SDK."""
        if "id" not in message:
            return None
        method, params = str(message.get("method")), message.get("params") or {}
        assert isinstance(params, dict)
        if method == "initialize" and self._version is None:
            return self._initialize(message, params)
        if self._version == MODERN or self._version is None:
            return self._modern(method, params)
        if method == "ping":
            return {}
        plain = params.keys() <= {"_meta"} and not has_envelope(params)
        return self._frozen["handshake"].get(method) if plain and method in FIXED_LISTS else None

    def _initialize(self, message: Message, params: Message) -> Message | None:
        asked, client = params.get("protocolVersion"), params.get("clientInfo")
        known = (
            isinstance(client, dict) and isinstance(client.get("name"), str) and isinstance(client.get("version"), str)
        )
        if not isinstance(asked, str) or not known or not isinstance(params.get("capabilities"), dict):
            return None
        self._version = asked if asked in HANDSHAKE else HANDSHAKE[-1]
        self.handshake = [message]
        return {**self._frozen["handshake"]["initialize"], "protocolVersion": self._version}

    def _modern(self, method: str, params: Message) -> Message | None:
        meta = params.get("_meta")
        if not has_envelope(params) or params.keys() != {"_meta"} or not isinstance(meta, dict):
            return None
        if meta[_VERSION] != MODERN or not isinstance(meta[_CAPABILITIES], dict):
            return None
        self._version = MODERN
        return self._frozen["modern"].get(method)


def has_envelope(params: Message) -> bool:
    """Whether a request is of the era without handshakes."""
    meta = params.get("_meta")
    return isinstance(meta, dict) and _VERSION in meta and _CAPABILITIES in meta
