"""The way in: parses every source, links the modules, and hands out values when they are asked for.

`subset.py` is the table of what is evaluated; `values.py` what comes out; `functions.returned` opens functions that a
block wants to look into.
"""

import posixpath
from collections.abc import Iterator, Mapping

from qb_compiler.diagnostics.problem import Problem, Problems
from qb_compiler.evaluate.bindings import Declarations, ImportStatement, bind_module
from qb_compiler.evaluate.json_module import Unusable, json_declarations, json_values
from qb_compiler.evaluate.links import Declared, Link, Packaged, Unresolved, export_names, locate
from qb_compiler.evaluate.module import Module
from qb_compiler.evaluate.problems import (
    ImportedFileMissing,
    ImportLeavesProject,
    ImportNotRead,
    NameNotExported,
    NotStatic,
)
from qb_compiler.evaluate.reuse import holds, reusable, same_places
from qb_compiler.evaluate.scope import Budget
from qb_compiler.evaluate.subset import EVALUATORS
from qb_compiler.evaluate.values import ExternalValue, Value
from qb_compiler.model.memory import Memory, NoMemory
from qb_compiler.source.sources import Sources
from qb_compiler.source.specifiers import Resolution, is_data, resolve
from qb_compiler.span import SourceFile, Span
from qb_compiler.syntax.parser import empty_tree, parse

REPORTED = "it was refused"
DEFINITIONS = ("quickback/", "definitions/")


def evaluate(sources: Sources, problems: Problems, memory: Memory | None = None) -> "Modules":
    """Parses and links every source. Values are evaluated as they are read; what nobody reads is no error."""
    return (memory or NoMemory()).renew("modules", lambda before: _linked(sources, problems, before))


def _linked(sources: Sources, problems: Problems, before: "Modules | None") -> "Modules":
    modules = Modules(sources, problems, before)
    return modules if modules.link() else _linked(sources, problems, None)


class Modules:
    """Every module of the project, by path; those that still hold are taken over from `before`."""

    def __init__(self, sources: Sources, problems: Problems, before: "Modules | None" = None) -> None:
        self.sources = sources
        self.problems = problems
        self.budget = Budget()
        self.evaluators = EVALUATORS
        self._resolved: dict[tuple[str, str], Resolution] = {}
        self._remembered: dict[int, tuple[str, str]] = {}
        self._kept = self._taken_over(before)
        self._modules: dict[str, Module] = {
            path: self._kept.get(path) or self._read(path, before) for path in sources.all
        }

    def _taken_over(self, before: "Modules | None") -> Mapping[str, Module]:
        if before is None:
            return {}
        if same_places(before.sources, self.sources):
            self._resolved = before._resolved
        kept = {path: before.module(path) for path in reusable(before, self.sources)}
        for module in kept.values():
            module.join(self)
        self._remembered = {key: place for key, place in before._remembered.items() if place[0] in kept}
        return kept

    def _read(self, path: str, before: "Modules | None") -> Module:
        file = self.sources.all[path]
        last = before.module(path) if before and path in before else None
        if is_data(path):
            return self._json(file)
        if last and holds(last, file):
            # Something that it imports changed: its values do, its text does not.
            return Module(last.tree, bind_module(last.tree), self)
        return self._parsed(file)

    def _parsed(self, file: SourceFile) -> Module:
        tree = parse(file, self.problems)
        if tree is None:
            return Module(empty_tree(file), Declarations(), self, broken=True)
        return Module(tree, bind_module(tree), self)

    def _json(self, file: SourceFile) -> Module:
        try:
            values = json_values(file)
        except Unusable as unusable:
            self.problems.report(unusable.problem)
            return Module(empty_tree(file), Declarations(), self, broken=True)
        return Module(empty_tree(file), json_declarations(values), self, values=values)

    def module(self, path: str) -> Module:
        """The module of a source file."""
        return self._modules[path]

    def release(self) -> None:
        """Frees every syntax tree, when the definitions are read and nobody will read them again."""
        for module in self._modules.values():
            module.release()

    def __contains__(self, path: str) -> bool:
        return path in self._modules

    def binding_of(self, value: Value) -> tuple[str, str] | None:
        """The file and the name that a value was declared with, if a name was declared with this very value."""
        return self._remembered.get(id(value))

    def remember(self, value: Value, path: str, name: str) -> None:
        if name != "*default*":
            self._remembered.setdefault(id(value), (path, name))

    def link(self) -> bool:
        """Reports imports that lead nowhere, and finds what modules change of each other.

        Returns whether modules that were taken over had reckoned with the same changes.
        """
        for module in self._modules.values():
            for statement in module.imports if module.path not in self._kept else ():
                self._check(module, statement)
            for node in module.declarations.unsupported:
                rewrite = "write `import … from` and `export default`"
                self.problems.report(NotStatic(module.tree.span(node), "this form of import or export", rewrite))
        changed: dict[str, dict[str, Span]] = {}
        for module in self._modules.values():
            for name, span in module.changes.items():
                for path, own in self._meant(module, name):
                    changed.setdefault(path, {}).setdefault(own, span)
        return all(module.reckon(changed.get(path, {})) for path, module in self._modules.items())

    def _check(self, module: Module, statement: ImportStatement) -> None:
        resolution = self.resolve(module, statement.specifier)
        target = self.target(module, statement.specifier)
        if resolution.path is None:
            problem = self._unresolved(module, statement.specifier, statement.span, resolution)
            if problem and resolution.tried.startswith(DEFINITIONS) and not statement.type_only:
                module.report(problem)
        for name, span in statement.names if target else ():
            if target and locate(self, target, name) is None:
                module.report(NameNotExported(span, name, target.path, export_names(self, target)))

    def _meant(self, module: Module, name: str) -> Iterator[tuple[str, str]]:
        """The constants that a name means, each by the file that declares it and its name there."""
        binding = module.bindings.get(name)
        if binding is None or not binding.is_import:
            yield module.path, name
            return
        target = self.target(module, binding.specifier)
        if target is None:
            return
        for exported in export_names(self, target) if binding.imported == "*" else (binding.imported,):
            link = locate(self, target, exported)
            if isinstance(link, Declared):
                yield link.module.path, link.name

    def resolve(self, module: Module, specifier: str) -> Resolution:
        key = (posixpath.dirname(module.path), specifier)
        if key not in self._resolved:
            sources = self.sources
            self._resolved[key] = resolve(
                specifier, module.path, sources.aliases, lambda path: path in sources.all or path in sources.refused
            )
        return self._resolved[key]

    def target(self, module: Module, specifier: str) -> Module | None:
        """The module that a specifier means, if it is one of the project and was read."""
        path = self.resolve(module, specifier).path
        return self._modules.get(path) if path else None

    def is_package(self, module: Module, specifier: str) -> bool:
        resolution = self.resolve(module, specifier)
        return resolution.path is None and not resolution.local

    def imported(self, module: Module, specifier: str, name: str, span: Span) -> Value:
        """What `import { name } from specifier` yields in `module`."""
        target = self.target(module, specifier)
        value = self.linked(module, self._link(module, target, specifier, name), span)
        if value is not None:
            return value
        path, names = (target.path, export_names(self, target)) if target else (specifier, ())
        return module.scope.refused(module.tree.node_at(span), NameNotExported(span, name, path, names))

    def _link(self, module: Module, target: Module | None, specifier: str, name: str) -> Link | None:
        if target is not None:
            return locate(self, target, name)
        return Packaged(specifier, name) if self.is_package(module, specifier) else Unresolved(module, specifier)

    def linked(self, module: Module, link: Link | None, span: Span | None) -> Value | None:
        """The value at the end of a link, as `module` sees it at `span`."""
        at = span or Span(module.file, 0, 0)
        match link:
            case Packaged(specifier, name):
                return ExternalValue(specifier, name, at)
            case Unresolved(importer, specifier):
                resolution = self.resolve(importer, specifier)
                problem = self._unresolved(importer, specifier, at, resolution) or ImportNotRead(
                    at, specifier, REPORTED
                )
                return module.scope.refused(module.tree.node_at(at), problem)
            case Declared(target) if target.broken:
                return module.scope.refused(module.tree.node_at(at), ImportNotRead(at, target.path, REPORTED))
            case Declared(target, "*"):
                return target.as_object(module, at)
            case Declared(target, name):
                return target.declared(name)
            case None:
                return None

    def _unresolved(self, module: Module, specifier: str, span: Span, resolution: Resolution) -> Problem | None:
        if not resolution.local or resolution.path is not None:
            return None
        if resolution.leaves_project:
            return ImportLeavesProject(span, specifier)
        return ImportedFileMissing(span, specifier, resolution.tried, self.files_seen_from(module.path))

    def files_seen_from(self, importer: str) -> tuple[str, ...]:
        """Every other file of the project as this one would import it."""
        folder = posixpath.dirname(importer)
        files = (path for path in self.sources.all if path != importer)
        shown = [posixpath.relpath(path if is_data(path) else path.rsplit(".", 1)[0], folder) for path in files]
        return tuple(path if path.startswith(".") else f"./{path}" for path in shown)
