"""Imports point downstream: the table below is the architecture of the compiler."""

import pytest

from house.sources import PythonFile, imported_modules, product_files

BASE = {"span", "model", "diagnostics"}
MAY_IMPORT = {
    "span": set(),
    "model": {"span", "model"},
    "diagnostics": {"span", "model", "diagnostics"},
    "analysis": BASE | {"analysis"},
    "source": BASE | {"source"},
    "syntax": BASE | {"syntax", "source"},
    "evaluate": BASE | {"evaluate", "syntax", "source"},
    "config": BASE | {"config", "evaluate", "source"},
    "blocks": BASE | {"blocks", "config", "evaluate", "source", "syntax"},
    "checks": BASE | {"checks", "analysis"},
    "targets": BASE | {"targets", "blocks", "output"},
    "output": BASE | {"output"},
    "contracts": BASE | {"contracts"},
}
ANYWHERE = {"qb_compiler", "qb_compiler.pipeline", "qb_compiler.codes", "qb_compiler.diagnostics.explain"}


def room(module: str) -> str:
    """`blocks.masking.model`, `config.model` belong to the model; everything else to its first segment."""
    parts = module.split(".")[1:]
    if not parts:
        return "qb_compiler"
    is_model = parts[-1] == "model" and parts[0] in {"blocks", "config"}
    return "model" if is_model else parts[0]


def block_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[2] if parts[:2] == ["qb_compiler", "blocks"] and len(parts) > 3 else None


def compiler_imports(file: PythonFile) -> list[str]:
    return [name for name in imported_modules(file) if name.split(".")[0] == "qb_compiler"]


COMPILER = [f for f in product_files() if f.module.split(".")[0] == "qb_compiler" and f.module not in ANYWHERE]


@pytest.mark.parametrize("file", COMPILER, ids=lambda file: file.module)
def test_a_room_imports_only_rooms_upstream_of_it(file: PythonFile) -> None:
    allowed = MAY_IMPORT[room(file.module)]
    wrong = [name for name in compiler_imports(file) if room(name) not in allowed]
    assert not wrong, f"{file.name} may not import {wrong}"


@pytest.mark.parametrize("file", [f for f in COMPILER if block_of(f.module)], ids=lambda file: file.module)
def test_a_block_imports_no_other_block_but_its_model(file: PythonFile) -> None:
    own = block_of(file.module)
    wrong = [n for n in compiler_imports(file) if block_of(n) not in {None, own} and room(n) != "model"]
    assert not wrong, f"{file.name} reaches into {wrong}"


def test_the_compiler_knows_nothing_of_its_faces() -> None:
    wrong = [file.name for file in COMPILER if any(n.startswith("qb_mcp") for n in imported_modules(file))]
    assert not wrong
