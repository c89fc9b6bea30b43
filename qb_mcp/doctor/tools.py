"""What running a compiled project takes: Node, the project's wrangler, the usual port."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

from qb_mcp.demo.node import find_node
from qb_mcp.doctor.finding import Finding, fault, note, ok
from qb_mcp.errors import QbError

PORT = 8787


def examine(root: Path | None) -> Iterator[Finding]:
    """Node, wrangler, port."""
    try:
        node = find_node()
        yield ok("node", f"{node.version} from {node.origin}")
    except QbError as error:
        yield note("node", error.message + " (compiling does not)", error.hint)
    if root:
        yield _wrangler(root)
    yield _port()


def _wrangler(root: Path) -> Finding:
    wanted = _json(root / "package.json", "devDependencies", "wrangler")
    present = _json(root / "node_modules" / "wrangler" / "package.json", "version")
    if not wanted:
        return note("wrangler", "not among the project's packages yet", "run `quickback compile`")
    if not present:
        return note("wrangler", "not installed", "run `npm install`")
    if present != wanted.lstrip("^~"):
        return fault("wrangler", f"{present} is installed, {wanted} is wanted", "run `npm install`")
    return ok("wrangler", present)


def _json(path: Path, *keys: str) -> str:
    """A text in a JSON file; empty where there is none."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        for key in keys:
            value = value[key]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return str(value)


def _port() -> Finding:
    with socket.socket() as probe:
        probe.settimeout(1)
        taken = probe.connect_ex(("127.0.0.1", PORT)) == 0
    if taken:
        return note("port", f"{PORT} is taken", "`npm run dev -- --port 8788` uses another")
    return ok("port", f"{PORT} is free")
