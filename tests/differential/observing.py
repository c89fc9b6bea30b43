"""What a caller can see of an answer, without what differs between any two calls: ids, times and request ids."""

import json
import re
from collections.abc import Sequence

import httpx

from differential.running import Running
from model.answer import TIME
from model.definition import Project, Request, Rows

PASSING_HEADERS = ("date", "x-request-id", "set-cookie", "set-auth-token", "connection", "keep-alive")
SIZE_HEADERS = ("etag", "content-length")


def observe(app: Running, group: Project, rows: Rows, requests: Sequence[Request]) -> list[object]:
    """Sends each request over the same rows; returns everything that the callers could notice."""
    known = {str(value) for held in rows.values() for row in held for value in row.values()}
    seen = []
    for request in requests:
        app.load(group, rows)
        seen.append(noticed(app.send(app.resolved(request)), known, keep_sizes=request.method == "GET"))
    return seen


def noticed(answer: httpx.Response, known: set[str], *, keep_sizes: bool) -> object:
    """Status, headers and body of one answer."""
    dropped = PASSING_HEADERS if keep_sizes and answer.status_code < 400 else (*PASSING_HEADERS, *SIZE_HEADERS)
    headers = {name: value for name, value in answer.headers.items() if name not in dropped}
    return answer.status_code, headers, _settled(json.loads(answer.text), known)


def _settled(value: object, known: set[str], key: str = "") -> object:
    if isinstance(value, dict):
        return {name: _settled(held, known, name) for name, held in value.items()}
    if isinstance(value, list):
        return [_settled(held, known) for held in value]
    if key == "requestId":
        return "a request"
    if isinstance(value, str) and value not in known and (TIME.fullmatch(value) or key == "id"):
        return "new"
    return value


def same_mask(kind: str, value: object) -> object:
    """Another value that its mask does not tell apart from this one."""
    if not isinstance(value, str):
        return None if value is None else _other(value)
    match kind:
        case "email":
            found = re.fullmatch(r"([^@])([^@]*)@([^@])([^@]*)(\.[^@.]+)", value)
            if not found:
                return f"un{value}@@"
            return f"{found[1]}{_turned(found[2])}@{found[3]}{_turned(found[4])}{found[5]}"
        case "phone" | "ssn" | "creditCard":
            digits = len(re.sub(r"\D", "", value))
            return "0" * (digits - 4) + re.sub(r"\D", "", value)[-4:] if digits >= 8 else f"{value} no"
        case "name":
            words = (word[:1] + _turned(word[1:]) if len(word) > 1 else _turned(word) for word in value.split(" "))
            return " ".join(words)
        case _:
            return f"{value} and more"


def _turned(text: str) -> str:
    return re.sub(r"\w", "q", text)


def _other(value: object) -> object:
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int | float) else ["other"]
