"""What a piece of source needs when it is copied into the generated project: imports, and declarations of its file."""

from typing import TYPE_CHECKING

from qb_compiler.evaluate.free_names import free_names
from qb_compiler.model.carried import Carried, CarriedImport
from qb_compiler.span import Span
from qb_compiler.syntax.tree import Node

if TYPE_CHECKING:
    from qb_compiler.evaluate.bindings import Binding
    from qb_compiler.evaluate.module import Module
    from qb_compiler.evaluate.scope import Scope


def carry(scope: "Scope", span: Span) -> Carried:
    """The source at `span` with everything of its module that it uses, directly or through other declarations."""
    module = scope.module
    needed = _Needed(module)
    local = scope.local_names
    names = free_names(module.tree, module.tree.node_at(span))
    needed.add({name: is_value for name, is_value in names.items() if name not in local})
    return Carried(as_lines(span.text), span, needed.imports(), needed.declarations())


def captured_names(scope: "Scope", node: Node) -> tuple[str, ...]:
    """The names of an enclosing helper that a function uses."""
    used = free_names(scope.module.tree, node)
    return tuple(sorted(name for name in used if name in scope.local_names))


def as_lines(text: str) -> str:
    return text.replace("\r\n", "\n")


class _Needed:
    """Collects the bindings of one module that are used, each once."""

    def __init__(self, module: "Module") -> None:
        self.module = module
        self.used: dict[str, bool] = {}

    def add(self, names: dict[str, bool]) -> None:
        waiting = list(names.items())
        while waiting:
            name, is_value = waiting.pop()
            binding = self.module.bindings.get(name)
            if binding is None or (self.used.get(name, not is_value) is is_value and name in self.used):
                continue
            seen = name in self.used
            self.used[name] = self.used.get(name, False) or is_value
            if not seen and not binding.is_import and not self.module.is_table(name):
                waiting.extend(free_names(self.module.tree, self.module.statement(binding)).items())

    def _bindings(self) -> list["tuple[Binding, bool]"]:
        found = [(self.module.bindings[name], is_value) for name, is_value in self.used.items()]
        return sorted(found, key=lambda pair: (pair[0].start, pair[0].name))

    def imports(self) -> tuple[CarriedImport, ...]:
        found = []
        for binding, is_value in self._bindings():
            if binding.is_import:
                file = self.module.imported_file(binding)
                type_only = binding.type_only or not is_value
                found.append(CarriedImport(binding.specifier, binding.imported, binding.name, type_only, file))
            elif self.module.is_table(binding.name):
                found.append(self._table_import(binding))
        return tuple(found)

    def _table_import(self, binding: "Binding") -> CarriedImport:
        """A table is never copied: it is imported from where the generated schema declares it."""
        path = self.module.path
        return CarriedImport(f"./{path.rsplit('/', 1)[-1].split('.')[0]}", binding.name, binding.name, file=path)

    def declarations(self) -> tuple[str, ...]:
        """The text of each statement once, without `export`."""
        texts: dict[int, str] = {}
        for binding, _ in self._bindings():
            if not binding.is_import and not self.module.is_table(binding.name):
                texts[binding.start] = as_lines(self.module.tree.text(self.module.statement(binding)))
        return tuple(texts.values())
