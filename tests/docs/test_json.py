"""JSON in the documentation is what the product writes: a part of the registry, or an entry of a client's settings.

```json from=registry   a part of schema-registry.json of the example before it, else of the template's
```json from=clients    what `quickback mcp config` prints
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from docs.fences import Fence, all_fences
from docs.test_fences import COMPILED, files_around, write
from qb_compiler import compile_project
from qb_compiler.model.literal import Json
from qb_mcp.corpus.load import bundled
from qb_mcp.scaffold.create import create
from qb_mcp.scaffold.template import template

EXAMPLES = [fence for fence in all_fences("json") if "file" not in fence.info]
ENTRIES: list[Json] = [{"type": "stdio", "command": "quickback", "args": ["mcp"]}]
VARYING = {"generatedAt"}


def registry(fence: Fence, root: Path) -> Json:
    """The registry of the last example before the block that compiles, else of a new project."""
    before = [one for one in COMPILED if one.topic == fence.topic and one.line < fence.line and "error" not in one.info]
    if before:
        write(root, files_around(before[-1]))
    else:
        create(template("cloudflare"), str(root / "sample"))
        root /= "sample"
    assert compile_project(root).ok
    found: Json = json.loads((root / "schema-registry.json").read_text(encoding="utf-8"))
    return found


def inside(part: Json, whole: Json) -> bool:
    """Whether all that a value says is said by another; keys may be left out, items of a list may not."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(key in whole and (key in VARYING or inside(value, whole[key])) for key, value in part.items())
    if isinstance(part, list) and isinstance(whole, list):
        return len(part) == len(whole) and all(inside(a, b) for a, b in zip(part, whole, strict=True))
    return part == whole


def somewhere(part: Json, whole: Json) -> bool:
    below = whole.values() if isinstance(whole, dict) else whole if isinstance(whole, list) else ()
    return inside(part, whole) or any(somewhere(part, value) for value in below)


@pytest.mark.parametrize("fence", EXAMPLES, ids=lambda fence: fence.name)
def test_json_is_what_the_product_writes(fence: Fence, tmp_path: Path) -> None:
    shown: Json = json.loads(fence.text)
    assert set(fence.info) == {"from"}
    if fence.info["from"] == "registry":
        assert somewhere(shown, registry(fence, tmp_path))
    else:
        assert isinstance(shown, dict)
        assert fence.info["from"] == "clients"
        assert set(shown) <= {"mcpServers", "servers"}
        assert [
            entry for servers in shown.values() if isinstance(servers, dict) for entry in servers.values()
        ] == ENTRIES


def parts(table: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The objects of a table whose keys the registry chooses, not the author."""
    yield table
    for list_ in ("columns", "actions"):
        yield from table[list_]
    yield from (field for action in table["actions"] for field in action["inputFields"])
    yield from table["crud"].values()


def test_every_key_of_the_registry_is_documented(tmp_path: Path) -> None:
    """Over the registries of all examples that compile together with their page."""
    pages = "\n".join(bundled().bodies[key] for key in ("cms/schema-format", "cms/schema-registry"))
    last = {fence.topic: fence for fence in COMPILED if "error" not in fence.info}
    found: set[str] = set()
    for number, fence in enumerate(last.values()):
        root = tmp_path / str(number)
        write(root, files_around(fence))
        if compile_project(root).ok and (root / "schema-registry.json").exists():
            whole = json.loads((root / "schema-registry.json").read_text(encoding="utf-8"))
            found |= set(whole) | {key for table in whole["tables"].values() for part in parts(table) for key in part}
    assert {"fkTarget", "inputFields", "maxBatchSize", "displayColumn", "actionsByFeature"} <= found
    assert not [name for name in sorted(found) if f"`{name}`" not in pages]
