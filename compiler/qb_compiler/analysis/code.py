"""The author's code behind a fact: what it reaches, so that a change is seen wherever it was made."""

from collections.abc import Mapping
from dataclasses import replace

from qb_compiler.analysis.formula import All, AnyOf, Formula, Unknown
from qb_compiler.blocks.masking.model import Mask
from qb_compiler.model.carried import Carried
from qb_compiler.model.project import Project

Reached = Mapping[str, frozenset[tuple[str, str]]]
"""By the path of a module: the paths and texts of it and of all that it imports."""


def in_code(name: str, code: Carried) -> Unknown:
    """What a function decides: the same one as long as its text is, and what it uses by whatever name."""
    used = [binding for binding in code.imports if not binding.type_only]
    names = (f"{one.name} as {one.alias} from {one.file or one.module}" for one in used)
    files = tuple(dict.fromkeys(one.file for one in used if one.file))
    return Unknown(name, (code.text, *code.declarations, *names), files)


def hiding(mask: Mask) -> Unknown:
    """What callers see in the place of a value."""
    name = f"{mask.kind} mask"
    return in_code(name, mask.custom) if mask.custom else Unknown(name)


def reached(project: Project) -> Reached:
    """What each module of the project's own code reaches."""
    modules = {module.file.path: module for feature in project.features for module in feature.support}
    found: dict[str, frozenset[tuple[str, str]]] = {}
    for start in modules:
        waiting, seen = [start], set[str]()
        while waiting:
            path = waiting.pop()
            if path in modules and path not in seen:
                seen.add(path)
                waiting.extend(modules[path].imports)
        found[start] = frozenset((path, modules[path].file.text) for path in seen)
    return found


def moved(before: Project, after: Project) -> frozenset[str]:
    """The modules that are not what they were, or reach one that is not."""
    old, new = reached(before), reached(after)
    return frozenset(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))


def as_changed(formula: Formula, modules: frozenset[str]) -> Formula:
    """The formula in which code that reaches one of the modules is other code than it was."""
    match formula:
        case All(parts) | AnyOf(parts):
            return replace(formula, parts=tuple(as_changed(part, modules) for part in parts))
        case Unknown(_, code, files) if modules.intersection(files):
            return replace(formula, code=(*code, "changed"))
        case _:
            return formula
