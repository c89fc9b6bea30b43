"""What a piece of source needs when it is copied into the generated project: imports, and declarations of its file."""

from typing import TYPE_CHECKING

from qb_compiler.evaluate.feature_call import is_feature, table_key
from qb_compiler.evaluate.free_names import free_names
from qb_compiler.evaluate.problems import CapturedName
from qb_compiler.evaluate.values import PARAMETER, CallValue, ExternalValue, Value
from qb_compiler.model.carried import Carried, CarriedImport
from qb_compiler.span import Span
from qb_compiler.syntax.tree import Node, Tree

if TYPE_CHECKING:
    from qb_compiler.evaluate.bindings import Binding
    from qb_compiler.evaluate.module import Module
    from qb_compiler.evaluate.scope import Scope


def carry(scope: "Scope", span: Span) -> Carried:
    """The source at `span` with everything of its module that it uses, directly or through other declarations.

    What it uses of a helper around it does not exist where it will stand, and is reported.
    """
    needed = _Needed(scope.module)
    local = scope.local_names
    names: dict[str, bool] = {}
    for node in _nodes(scope.module.tree, span):
        names.update(free_names(scope.module.tree, node))
    needed.add({name: is_value for name, is_value in names.items() if name not in local})
    for name in sorted(names.keys() & local):
        if not _is_parameter(scope.lookup(name)):
            scope.report(CapturedName(span, name))
    return Carried(as_lines(span.text), span, needed.imports(), needed.declarations())


def _nodes(tree: Tree, span: Span) -> list[Node]:
    """The node at a span, or those in it where it is a part of a node: `.default(x)` of a chain."""
    node = tree.node_at(span)
    start = tree.offsets.byte(span.start)
    return [node] if node.start_byte >= start else [child for child in node.children if child.start_byte >= start]


def _is_parameter(value: Value | None) -> bool:
    """Whether a name is the parameter of a function that is written again around what is carried."""
    return isinstance(value, ExternalValue) and value.module == PARAMETER


def as_lines(text: str) -> str:
    return text.replace("\r\n", "\n")


class _Needed:
    """Collects the declarations of one module that are used, each once: values and types apart, as in TypeScript."""

    def __init__(self, module: "Module") -> None:
        self.module = module
        self.used: dict[int, tuple[Binding, bool]] = {}

    def add(self, names: dict[str, bool]) -> None:
        waiting = list(names.items())
        while waiting:
            name, is_value = waiting.pop()
            for binding in self._meant(name, is_value):
                seen = self.used.get(id(binding))
                self.used[id(binding)] = (binding, is_value or (seen is not None and seen[1]))
                if seen is None and not self._is_imported(binding):
                    waiting.extend(free_names(self.module.tree, self.module.statement(binding)).items())

    def _meant(self, name: str, is_value: bool) -> "list[Binding]":
        """A name used as a type means the type of that name, or else a class, an enum or an import."""
        declarations = self.module.declarations
        found = declarations.bindings.get(name) if is_value else declarations.types.get(name)
        found = found or declarations.bindings.get(name) or declarations.types.get(name)
        return [found] if found else []

    def _is_imported(self, binding: "Binding") -> bool:
        return binding.is_import or (binding.kind == "const" and self.module.is_table(binding.name))

    def _bindings(self) -> list["tuple[Binding, bool]"]:
        return sorted(self.used.values(), key=lambda pair: (pair[0].start, pair[0].span.start))

    def imports(self) -> tuple[CarriedImport, ...]:
        found = []
        for binding, is_value in self._bindings():
            if binding.is_import:
                file = self.module.imported_file(binding)
                type_only = binding.type_only or not is_value
                name = self._exported_name(binding)
                found.append(CarriedImport(binding.specifier, name, binding.name, type_only, file))
            elif self._is_imported(binding):
                found.append(self._table_import(binding))
        return tuple(found)

    def _exported_name(self, binding: "Binding") -> str:
        """What is imported; a table of `feature()` that is a default export has a name in the generated schema."""
        table = self.module.value(binding.name) if binding.imported == "default" and not binding.type_only else None
        return table_key(table) if isinstance(table, CallValue) and is_feature(table) else binding.imported

    def _table_import(self, binding: "Binding") -> CarriedImport:
        """A table is never copied: it is imported from where the generated schema declares it."""
        path = self.module.path
        return CarriedImport(f"./{path.rsplit('/', 1)[-1].split('.')[0]}", binding.name, binding.name, file=path)

    def declarations(self) -> tuple[str, ...]:
        """The text of each statement once, without `export`."""
        texts: dict[int, str] = {}
        for binding, _ in self._bindings():
            if not self._is_imported(binding):
                texts[binding.start] = as_lines(self.module.tree.text(self.module.statement(binding)))
        return tuple(texts.values())
