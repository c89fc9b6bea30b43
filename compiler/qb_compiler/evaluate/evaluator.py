"""The way in: parses every source, links the modules, and hands out values when they are asked for.

`subset.py` is the table of what is evaluated; `values.py` what comes out; `functions.returned` opens functions that a
block wants to look into.
"""

import posixpath

from qb_compiler.diagnostics.problem import Problem, Problems
from qb_compiler.evaluate.bindings import Binding, Declarations, ImportStatement, bind_module
from qb_compiler.evaluate.changes import changes
from qb_compiler.evaluate.module import Module
from qb_compiler.evaluate.problems import (
    ImportedFileMissing,
    ImportLeavesProject,
    ImportNotRead,
    NameNotExported,
)
from qb_compiler.evaluate.scope import Budget
from qb_compiler.evaluate.subset import EVALUATORS
from qb_compiler.evaluate.values import ExternalValue, Value
from qb_compiler.source.sources import Sources
from qb_compiler.source.specifiers import Resolution, resolve
from qb_compiler.span import Span
from qb_compiler.syntax.parser import empty_tree, parse

DEFINITIONS = ("quickback/", "definitions/")


def evaluate(sources: Sources, problems: Problems) -> "Modules":
    """Parses and links every source. Values are evaluated as they are read; what nobody reads is no error."""
    modules = Modules(sources, problems)
    modules.link()
    return modules


class Modules:
    """Every module of the project, by path."""

    def __init__(self, sources: Sources, problems: Problems) -> None:
        self.sources = sources
        self.problems = problems
        self.budget = Budget()
        self.evaluators = EVALUATORS
        self._resolved: dict[tuple[str, str], Resolution] = {}
        self._remembered: dict[int, tuple[str, str]] = {}
        self._modules: dict[str, Module] = {path: self._parsed(path) for path in sources.all}

    def _parsed(self, path: str) -> Module:
        tree = parse(self.sources.all[path], self.problems)
        if tree is None:
            return Module(empty_tree(self.sources.all[path]), Declarations(), self, broken=True)
        return Module(tree, bind_module(tree), self)

    def module(self, path: str) -> Module:
        """The module of a source file."""
        return self._modules[path]

    def __contains__(self, path: str) -> bool:
        return path in self._modules

    def binding_of(self, value: Value) -> tuple[str, str] | None:
        """The file and the name that a value was declared with, if a name was declared with this very value."""
        return self._remembered.get(id(value))

    def remember(self, value: Value, path: str, name: str) -> None:
        if name != "*default*":
            self._remembered.setdefault(id(value), (path, name))

    def link(self) -> None:
        """Reports imports that lead nowhere, and finds what modules change of each other."""
        for module in self._modules.values():
            for statement in module.imports:
                self._check(module, statement)
        for module in self._modules.values():
            for name, span in changes(module.tree, module.declarations).items():
                self._mark_changed(module, name, span, ())

    def _check(self, module: Module, statement: ImportStatement) -> None:
        resolution = self.resolve(module, statement.specifier)
        if resolution.path is None:
            problem = self._unresolved(module, statement.specifier, statement.span, resolution)
            if problem and resolution.tried.startswith(DEFINITIONS) and not statement.type_only:
                self.problems.report(problem)
            return
        target = self._modules.get(resolution.path)
        for name, span in statement.names if target else ():
            if target and not target.has_export(name):
                self.problems.report(NameNotExported(span, name, target.path, target.export_names()))

    def _mark_changed(self, module: Module, name: str, span: Span, seen: tuple[str, ...]) -> None:
        """Marks the constant that a name means, in whichever file it is declared."""
        binding: Binding | None = module.bindings.get(name)
        if binding is None or module.path in seen:
            return
        if not binding.is_import:
            module.changed.setdefault(name, span)
            return
        target = self.target(module, binding.specifier)
        wanted = target.export_names() if target and binding.imported == "*" else (binding.imported,)
        for exported in wanted if target else ():
            self._mark_export(target, exported, span, (*seen, module.path))

    def _mark_export(self, module: Module | None, name: str, span: Span, seen: tuple[str, ...]) -> None:
        export = module.declarations.exports.get(name) if module else None
        if module is None or module.path in seen:
            return
        if export is None:
            for star in module.declarations.stars:
                self._mark_export(self.target(module, star.specifier), name, span, (*seen, module.path))
        elif export.specifier:
            self._mark_export(self.target(module, export.specifier), export.local, span, (*seen, module.path))
        else:
            self._mark_changed(module, export.local, span, seen)

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
        if target is not None:
            return self.export_of(module, target, name, span)
        if self.is_package(module, specifier):
            return ExternalValue(specifier, name, span)
        resolution = self.resolve(module, specifier)
        problem = self._unresolved(module, specifier, span, resolution) or ImportNotRead(span, specifier)
        return module.scope.refused(module.tree.node_at(span), problem)

    def export_of(self, module: Module, target: Module, name: str, span: Span) -> Value:
        """An export of `target` as `module` sees it."""
        if target.broken:
            return module.scope.refused(module.tree.node_at(span), ImportNotRead(span, target.path))
        value = target.as_object(module, span) if name == "*" else target.exported(name)
        if value is not None:
            return value
        problem = NameNotExported(span, name, target.path, target.export_names())
        return module.scope.refused(module.tree.node_at(span), problem)

    def _unresolved(self, module: Module, specifier: str, span: Span, resolution: Resolution) -> Problem | None:
        if not resolution.local or resolution.path is not None:
            return None
        if resolution.leaves_project:
            return ImportLeavesProject(span, specifier)
        return ImportedFileMissing(span, specifier, resolution.tried, self._nearby(module))

    def _nearby(self, module: Module) -> tuple[str, ...]:
        """Every file of the project as this module would import it."""
        folder = posixpath.dirname(module.path)
        shown = [posixpath.relpath(path.rsplit(".", 1)[0], folder) for path in self.sources.all if path != module.path]
        return tuple(path if path.startswith(".") else f"./{path}" for path in shown)
