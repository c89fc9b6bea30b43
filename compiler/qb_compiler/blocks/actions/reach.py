"""Which code an action can reach: its own function, what that uses of its file, and the project modules it imports.

A module counts as a whole, but for its table declarations: the generated schema declares those anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from qb_compiler.blocks.actions.model import Action
from qb_compiler.evaluate.bindings import Binding
from qb_compiler.evaluate.evaluator import Modules
from qb_compiler.evaluate.free_names import free_names
from qb_compiler.evaluate.module import Module
from qb_compiler.model.record import record
from qb_compiler.span import Span
from qb_compiler.syntax.tree import Node

SKIPPED = frozenset({"import_statement", "comment", "interface_declaration", "type_alias_declaration"})


@record
class Region:
    """A piece of one module that an action can run."""

    module: Module
    node: Node


@record
class Import:
    """A package that reached code imports, where it does."""

    specifier: str
    span: Span


@dataclass(slots=True)
class Reached:
    regions: list[Region]
    imports: list[Import]


class Reach:
    """Follows one action through the modules of a project."""

    def __init__(self, modules: Modules) -> None:
        self.modules = modules
        self.found = Reached([], [])
        self._names: set[tuple[str, str]] = set()
        self._whole: set[str] = set()

    def of(self, action: Action) -> Reached:
        if action.handler:
            self._module(self.modules.module(action.handler.file.path))
        for code in (action.execute, action.input, *action.access.functions):
            if code and code.span.file.path in self.modules:
                module = self.modules.module(code.span.file.path)
                self._region(module, module.tree.node_at(code.span))
        return self.found

    def _region(self, module: Module, node: Node) -> None:
        """A node, and what it uses of its module."""
        self.found.regions.append(Region(module, node))
        for name, is_value in free_names(module.tree, node).items():
            binding = module.bindings.get(name)
            if binding and is_value and (module.path, name) not in self._names:
                self._names.add((module.path, name))
                self._used(module, binding)

    def _used(self, module: Module, binding: Binding) -> None:
        if not binding.is_import:
            if not module.is_table(binding.name):
                self._region(module, module.statement(binding))
            return
        target = self.modules.target(module, binding.specifier)
        if target is None:
            self.found.imports.append(Import(binding.specifier, binding.span))
        elif binding.imported == "*" or not target.is_table(binding.imported):
            self._module(target)

    def _module(self, module: Module) -> None:
        """Everything that a module runs, and all that it imports."""
        if module.path in self._whole:
            return
        self._whole.add(module.path)
        for statement in module.tree.root.named_children:
            if statement.type not in SKIPPED and not self._declares_table(module, statement):
                self.found.regions.append(Region(module, statement))
        for imported in module.imports:
            if imported.type_only:
                continue
            target = self.modules.target(module, imported.specifier)
            names = [name for name, _ in imported.names]
            if target is None:
                self.found.imports.append(Import(imported.specifier, imported.span))
            elif not names or not all(target.is_table(name) for name in names):
                self._module(target)

    def _declares_table(self, module: Module, statement: Node) -> bool:
        """Whether a statement only declares tables, relations or rules."""
        if any(child.type == "default" for child in statement.children):
            return self._is_definition(module, statement)
        names = list(_declared_names(module, statement))
        return bool(names) and all(module.is_table(name) for name in names)

    def _is_definition(self, module: Module, statement: Node) -> bool:
        value = statement.child_by_field_name("value")
        called = value.child_by_field_name("function") if value and value.type == "call_expression" else None
        return called is not None and module.tree.text(called).startswith("define")


def _declared_names(module: Module, statement: Node) -> Iterator[str]:
    start, end = statement.start_byte, statement.end_byte
    for binding in module.bindings.values():
        if start <= binding.start and binding.end <= end and not binding.is_import:
            yield binding.name
