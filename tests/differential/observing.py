"""What a caller can see of an answer, without what differs between any two calls: ids, times and request ids."""

import json
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
    is_json = answer.headers["content-type"].startswith("application/json")
    return answer.status_code, headers, _settled(json.loads(answer.text), known) if is_json else answer.text


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
