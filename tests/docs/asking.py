"""Requests with the answers that the documentation promises, one line each."""

from pathlib import Path

import httpx

from docs.booting import SECRET
from lanes.build import tsc
from lanes.lane import WorkerdLane
from qb_compiler import compile_project
from qb_compiler.diagnostics.diagnostic import Level
from qb_compiler.diagnostics.render.concise import render
from qb_compiler.model.literal import Json

APPS = Path(__file__).parent / "apps"
Row = dict[str, Json]


def app(name: str, root: Path) -> WorkerdLane:
    """One of the applications that were written from the documentation alone: compiled, type-checked, ready to run."""
    for source in sorted((APPS / name).rglob("*.ts")):
        target = root / source.relative_to(APPS / name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    result = compile_project(root)
    errors = [found for found in result.diagnostics if found.level is Level.ERROR]
    assert result.ok and not errors, render(result.diagnostics)
    tsc(root)
    return WorkerdLane.of(root, vars=SECRET)


def ask(
    client: httpx.Client, request: str, body: Row | None = None, *, answer: int, code: str = "", **says: Json
) -> Row:
    """Sends `METHOD /path`, below `/api/v1`; the answer has this status and code, and says at least this."""
    method, path = request.split(" ", 1)
    response = client.request(method, f"/api/v1{path}", json=body)
    told: Row = response.json() if "json" in response.headers.get("content-type", "") else {}
    assert (response.status_code, told.get("code", "") if code else "") == (answer, code), f"{request}: {response.text}"
    assert {key: told.get(key) for key in says} == says, request
    return told


def rows(client: httpx.Client, path: str) -> list[Row]:
    data = ask(client, f"GET {path}", answer=200)["data"]
    assert isinstance(data, list)
    return [row for row in data if isinstance(row, dict)]
