"""The Python files of the product, parsed once for the house rules."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (ROOT / "compiler" / "qb_compiler", ROOT / "qb_mcp")


@dataclass(frozen=True)
class PythonFile:
    """`module` is the dotted name; `name` the path from the checkout's root, for messages."""

    name: str
    module: str
    text: str
    tree: ast.Module


def _parse(package: Path, path: Path) -> PythonFile:
    text = path.read_text(encoding="utf-8")
    parts = path.relative_to(package.parent).with_suffix("").parts
    module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return PythonFile(path.relative_to(ROOT).as_posix(), module, text, ast.parse(text))


@cache
def product_files() -> tuple[PythonFile, ...]:
    found = [(package, path) for package in PACKAGES for path in sorted(package.rglob("*.py"))]
    return tuple(_parse(package, path) for package, path in found)


def imported_modules(file: PythonFile) -> Iterator[str]:
    """Every absolute module that the file imports, lazily or not."""
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
