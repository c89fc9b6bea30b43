"""HTTP examples as the pages write them: a request, an empty line, and the status, headers and body of its answer.

    ```http
    POST /api/v1/candidates as recruiter
    { "name": "Ada", "email": "ada@example.com", "jobId": "jbs_7c2a" }

    201
    { "id": "cnd_5d0c", … }
    ```

Ids and times of an answer may differ from those shown. `QB_UPDATE=1` writes the answers into the pages.
"""

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

import httpx

from docs.fences import Fence
from qb_mcp import assets

REQUEST = re.compile(r"(GET|POST|PUT|PATCH|DELETE) (\S+)(?: as (\w+))?$")
STATUS = re.compile(r"^(\d{3})$", re.MULTILINE)
HEADER = re.compile(r"^([A-Z][\w-]+): ", re.MULTILINE)
BODY = re.compile(r"^(?=[\[{]|null$)", re.MULTILINE)
VARYING = re.compile(
    r"[a-z]{3}_[0-9a-f]{4,32}(?![0-9a-f])|\d{4}-\d\d-\d\dT[\d:.]+Z|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|W/\"[0-9a-f]+\""
    r"|(?<=\": \")[A-Za-z0-9]{32}(?=\")|(?<=\"ipAddress\": \")[\d.]+"
)


@dataclass(frozen=True)
class Exchange:
    """What a block shows: the request, and the status, headers and body of its answer."""

    method: str
    path: str
    caller: str
    body: str
    answer: str


def read_exchange(text: str) -> Exchange:
    first, _, rest = text.partition("\n")
    match = REQUEST.match(first)
    assert match, f"`{first}` is not METHOD PATH [as WHOM]"
    status = STATUS.search(rest)
    assert status, "an example shows the status of its answer on a line of its own"
    body, answer = rest[: status.start()].strip(), rest[status.start() :].strip()
    return Exchange(match[1], match[2], match[3] or "recruiter", body, answer)


def send(client: httpx.Client, exchange: Exchange, path: str, body: str) -> httpx.Response:
    """The request with its ids filled in."""
    if not body:
        return client.request(exchange.method, path)
    return client.request(exchange.method, path, content=body, headers={"Content-Type": "application/json"})


def compare(fence: Fence, exchange: Exchange, response: httpx.Response) -> None:
    """An answer is the one that the page shows, but for what differs from run to run."""
    found = shown(response, HEADER.findall(exchange.answer))
    if os.environ.get("QB_UPDATE") and settled(found) != settled(exchange.answer):
        rewrite(fence, exchange.answer, found)
    else:
        assert settled(found) == settled(exchange.answer)


def shown(response: httpx.Response, headers: list[str]) -> str:
    """An answer as a page shows it."""
    lines = [str(response.status_code), *(f"{name}: {response.headers[name]}" for name in headers)]
    body = compact(response.json()) if response.content else ""
    return "\n".join([*lines, *([body] if body else [])])


def compact(value: object, indent: str = "") -> str:
    """JSON with what fits into a line on one."""
    flat = json.dumps(value, ensure_ascii=False)
    spaced = re.sub(r"^\{(.+)\}$", r"{ \1 }", flat)
    if len(indent) + len(spaced) <= 110 or not isinstance(value, dict | list) or not value:
        return spaced if isinstance(value, dict) and value else flat
    inner = indent + "  "
    if isinstance(value, dict):
        items = [f"{inner}{json.dumps(key)}: {compact(item, inner)}" for key, item in value.items()]
        return "{\n" + ",\n".join(items) + f"\n{indent}}}"
    return "[\n" + ",\n".join(f"{inner}{compact(item, inner)}" for item in value) + f"\n{indent}]"


def settled(text: str) -> str:
    """An answer without what differs from run to run."""
    head, *rest = BODY.split(text, maxsplit=1)
    value = json.dumps(json.loads("".join(rest)), indent=1) if rest else ""
    return VARYING.sub("…", head.strip() + "\n" + value)


def rewrite(fence: Fence, old: str, new: str) -> None:
    path = Path(assets.docs_corpus()) / f"{fence.topic}.md"
    text = path.read_text(encoding="utf-8")
    assert text.count(fence.text) == 1
    path.write_text(text.replace(fence.text, fence.text.replace(old, new)), encoding="utf-8")
