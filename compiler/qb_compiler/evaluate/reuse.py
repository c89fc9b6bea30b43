"""Which modules of the last run still hold: those whose text, and that of all they import, is the same."""

from typing import TYPE_CHECKING

from qb_compiler.source.sources import Sources
from qb_compiler.span import SourceFile

if TYPE_CHECKING:
    from qb_compiler.evaluate.evaluator import Modules
    from qb_compiler.evaluate.module import Module


def reusable(before: "Modules | None", sources: Sources) -> frozenset[str]:
    """Paths of modules whose values would come out the same. Other files, or other aliases, may lead imports elsewhere;
    a module with faults is read again, because what it reports depends on what is asked of it."""
    if before is None or not same_places(before.sources, sources):
        return frozenset()
    importers = _importers(before)
    touched = [path for path, file in sources.all.items() if not holds(before.module(path), file)]
    fresh: set[str] = set()
    while touched:
        path = touched.pop()
        if path not in fresh:
            fresh.add(path)
            touched.extend(importers.get(path, ()))
    return frozenset(sources.all.keys() - fresh)


def same_places(before: Sources, now: Sources) -> bool:
    """Whether every import leads where it led."""
    return _places(before) == _places(now)


def _places(sources: Sources) -> tuple[object, ...]:
    return sources.root, sources.all.keys(), sources.aliases, sources.refused


def holds(module: "Module", file: SourceFile) -> bool:
    """Whether the module is that of this very text, and had nothing to report."""
    return module.file is file and module.faultless


def _importers(modules: "Modules") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in modules.sources.all:
        module = modules.module(path)
        for statement in module.imports:
            target = modules.resolve(module, statement.specifier).path
            if target:
                found.setdefault(target, []).append(path)
    return found
