"""Editors show no mistake in an example that compiles: all are checked against the types of the compiler package."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from docs.fences import Fence
from docs.test_fences import COMPILED, files_around, write
from lanes.build import tsc
from qb_compiler import compile_project
from qb_compiler.diagnostics.render.concise import render
from qb_mcp.scaffold.create import create
from qb_mcp.scaffold.template import template

VALID = [fence for fence in COMPILED if "error" not in fence.info]
REPORTED = re.compile(r"^(\d+)/(\S+?)\((\d+),\d+\): (error .+)$", re.MULTILINE)


def check_types(root: Path, projects: list[dict[str, str]]) -> str:
    """What the TypeScript compiler says of the definitions of many projects at once; "" when it is content."""
    create(template("cloudflare"), str(root / "sample"))
    result = compile_project(root / "sample")
    assert result.ok, render(result.diagnostics)
    settings = json.loads((root / "sample/tsconfig.json").read_text(encoding="utf-8"))
    settings["compilerOptions"]["paths"] = {"@quickback/compiler": ["./sample/.quickback/types/compiler.d.ts"]}
    settings["include"] = ["*/quickback"]
    (root / "tsconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    for number, files in enumerate(projects):
        write(root / str(number), files)
    try:
        tsc(root)
    except AssertionError as failed:
        return str(failed)
    return ""


def told(output: str) -> Iterator[str]:
    """The complaints, by the example that they are about."""
    for match in REPORTED.finditer(output):
        fence: Fence = VALID[int(match[1])]
        yield f"{fence.name} {match[2]}:{match[3]} {match[4]}"


def test_editors_show_no_mistake_in_an_example(tmp_path: Path) -> None:
    output = check_types(tmp_path, [files_around(fence) for fence in VALID])
    assert not output, "\n".join([*told(output), output[-2000:]])


def test_editors_show_a_mistake_in_a_wrong_one(tmp_path: Path) -> None:
    wrong = {
        path: text.replace('createable: ["name"]', 'createable: ["nmae"]')
        for path, text in files_around(VALID[0]).items()
    }
    wrong["quickback/features/x/x.ts"] = (
        'import { defineConfig } from "@quickback/compiler";\nexport default defineConfig({ nmae: 1 });\n'
    )
    assert "error TS" in check_types(tmp_path, [wrong])
