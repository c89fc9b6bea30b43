"""One line of the wire, read as a JSON-RPC message or refused with the error that the peer is owed."""

import json
from typing import TypeAlias

LONGEST_LINE = 8 * 1024 * 1024
PARSE_ERROR, INVALID_REQUEST = -32700, -32600
Message: TypeAlias = dict[str, object]


class Refused(Exception):
    """`reply` is the error response that the line gets."""

    def __init__(self, code: int, text: str, identity: str | int | None = None) -> None:
        super().__init__(text)
        self.reply: Message = {"jsonrpc": "2.0", "id": identity, "error": {"code": code, "message": text}}


def read_frame(line: bytes) -> Message | None:
    """The message of a line; None for a blank one. A byte order mark, carriage returns and null params are forgiven."""
    stripped = line.removeprefix(b"\xef\xbb\xbf").strip()
    if not stripped:
        return None
    try:
        value: object = json.loads(stripped.decode("utf-8"), parse_constant=_no_constant)
    except RecursionError:
        raise Refused(INVALID_REQUEST, "the message is nested too deeply") from None
    except ValueError as error:
        raise Refused(PARSE_ERROR, f"not valid JSON: {error}") from None
    if isinstance(value, list):
        raise Refused(INVALID_REQUEST, "batches are not served; send one message per line")
    if not isinstance(value, dict):
        raise Refused(INVALID_REQUEST, "a message is a JSON object")
    if value.get("params", ()) is None:
        del value["params"]
    return _checked(value)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _checked(message: Message) -> Message:
    identity = message.get("id")
    known = identity if isinstance(identity, str | int) and not isinstance(identity, bool) else None
    if message.get("jsonrpc") != "2.0":
        raise Refused(INVALID_REQUEST, '`jsonrpc` must be "2.0"', known)
    if "id" in message and known is None and "error" not in message:
        raise Refused(INVALID_REQUEST, "`id` must be a string or an integer")
    if not isinstance(message.get("method"), str) and not {"result", "error"} & message.keys():
        raise Refused(INVALID_REQUEST, "a message has a `method`, a `result` or an `error`", known)
    if not isinstance(message.get("params", {}), dict):
        raise Refused(INVALID_REQUEST, "`params` must be an object", known)
    return message


def encoded(message: object) -> bytes:
    """A message as one line of UTF-8 (ASCII where it holds lone surrogates, which UTF-8 cannot say)."""
    try:
        return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(message, separators=(",", ":")).encode() + b"\n"
