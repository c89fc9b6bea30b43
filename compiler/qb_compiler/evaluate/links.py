"""Where an exported name leads: through re-exports, `export *` and imports, to a declaration or to a package.

Iterative, so that neither long chains nor circles of re-exports are a danger.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qb_compiler.evaluate.bindings import DEFAULT, Export
from qb_compiler.model.record import record

if TYPE_CHECKING:
    from qb_compiler.evaluate.evaluator import Modules
    from qb_compiler.evaluate.module import Module


@record
class Declared:
    """`name` is declared at the top level of `module`; "*" stands for the module as a whole."""

    module: "Module"
    name: str


@record
class Packaged:
    """`name` comes from the package `specifier`."""

    specifier: str
    name: str


@record
class Unresolved:
    """`module` imports the name from `specifier`, which is no file that was read."""

    module: "Module"
    specifier: str


Link = Declared | Packaged | Unresolved


def locate(modules: "Modules", start: "Module", name: str) -> Link | None:
    """Follows an export of `start` to where it comes from; None when there is none of that name."""
    waiting = [(start, name)]
    seen: set[tuple[str, str]] = set()
    outside: Link | None = None
    while waiting:
        module, wanted = waiting.pop(0)
        if (module.path, wanted) in seen:
            continue
        seen.add((module.path, wanted))
        export = module.declarations.exports.get(wanted)
        if wanted == "*" or module.broken:
            return Declared(module, "*")
        if export is None:
            for link in _starred(modules, module, wanted):
                waiting.extend([(link.module, wanted)] if isinstance(link, Declared) else [])
                outside = outside or (None if isinstance(link, Declared) else link)
            continue
        step = _step(modules, module, export)
        if not isinstance(step, tuple):
            return step
        waiting = [step]
    return outside


def _starred(modules: "Modules", module: "Module", name: str) -> Iterator[Link]:
    """Where `export *` may lead; never for a default export."""
    for star in module.declarations.stars if name != DEFAULT else ():
        target = modules.target(module, star.specifier)
        if target is not None:
            yield Declared(target, name)
        elif modules.is_package(module, star.specifier):
            yield Packaged(star.specifier, name)


def _step(modules: "Modules", module: "Module", export: Export) -> "Link | tuple[Module, str]":
    """One step along an export: the next module and name, or the end of the way."""
    if export.specifier:
        return _into(modules, module, export.specifier, export.local)
    binding = module.bindings.get(export.local)
    if binding is not None and binding.is_import:
        return _into(modules, module, binding.specifier, binding.imported)
    return Declared(module, export.local)


def _into(modules: "Modules", module: "Module", specifier: str, name: str) -> "Link | tuple[Module, str]":
    target = modules.target(module, specifier)
    if target is not None:
        return target, name
    return Packaged(specifier, name) if modules.is_package(module, specifier) else Unresolved(module, specifier)


def export_names(modules: "Modules", start: "Module") -> tuple[str, ...]:
    """Every name that can be imported from a module, those of `export *` included."""
    names: dict[str, None] = {}
    waiting, seen = [start], set()
    while waiting:
        module = waiting.pop(0)
        if module.path in seen:
            continue
        seen.add(module.path)
        own = module.declarations.exports
        names.update(dict.fromkeys(name for name in own if module is start or name != DEFAULT))
        targets = [modules.target(module, star.specifier) for star in module.declarations.stars]
        waiting.extend(target for target in targets if target)
    return tuple(names)
