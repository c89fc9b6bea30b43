"""One module being read: its names evaluate when they are asked for, once."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from qb_compiler.diagnostics.problem import Problem, Problems
from qb_compiler.evaluate.bindings import DEFAULT, Binding, Declarations, ImportStatement
from qb_compiler.evaluate.changes import changes, reassigned_at
from qb_compiler.evaluate.composites import object_of
from qb_compiler.evaluate.feature_call import is_feature
from qb_compiler.evaluate.links import export_names, locate
from qb_compiler.evaluate.operators import part
from qb_compiler.evaluate.patterns import bind
from qb_compiler.evaluate.problems import EvaluatedInCircles, NotStatic, Reassigned, TooDeep, UnknownName
from qb_compiler.evaluate.scope import Budget, Evaluate, Scope
from qb_compiler.evaluate.values import CallValue, Entry, ExternalValue, Value
from qb_compiler.span import SourceFile, Span
from qb_compiler.syntax.parser import empty_tree
from qb_compiler.syntax.tree import Node, Tree

if TYPE_CHECKING:
    from qb_compiler.evaluate.evaluator import Modules

REFUSED_KINDS = {
    "class": ("a class", "write a function or a plain object"),
    "namespace": ("a namespace", "export the constants from a module of their own"),
    "ambient": ("a declared name", "declare a `const` with its value"),
}
TABLE_SUFFIX = "Table"
NAME_LEVELS = 2


class Module:
    """What a file of the project exports. `broken` modules had syntax errors; they export nothing and say nothing.

    `values` are those known from the start, of a file that is data.
    """

    def __init__(
        self,
        tree: Tree,
        declarations: Declarations,
        modules: "Modules",
        broken: bool = False,
        values: Mapping[str, Value] | None = None,
    ) -> None:
        self.tree = tree
        self.file: SourceFile = tree.file
        self.path = tree.file.path
        self.broken = broken
        self.bindings: Mapping[str, Binding] = declarations.bindings
        self.declarations = declarations
        self.changed: Mapping[str, Span] | None = None
        self.evaluators: Mapping[str, Evaluate] = modules.evaluators
        self.faultless = not broken
        self.join(modules)
        self.scope = Scope(self)
        self._values: dict[str, Value] = dict(values or {})
        self._exported: dict[str, Value | None] = {}
        self._busy: set[str] = set()

    def join(self, modules: "Modules") -> None:
        """Becomes a module of these; its values stay as they are."""
        self.modules = modules
        self.budget: Budget = modules.budget
        self.problems: Problems = modules.problems
        self.steps = 0

    def report(self, problem: Problem) -> None:
        """For what is wrong in the file. Such a module is read again next time, since it depends on what is asked."""
        self.faultless = False
        self.problems.report(problem)

    def release(self) -> None:
        """Lets go of the tree and of every value. Collection may be paused, so what refers in circles is cut here."""
        self.tree = empty_tree(self.file)
        self.declarations = Declarations()
        self.bindings = {}
        self._values.clear()
        self._exported.clear()

    def reckon(self, changed: Mapping[str, Span]) -> bool:
        """Takes note of names that some module changes; False when values were made without knowing of them."""
        same = self.changed is None or self.changed == changed
        self.changed = changed
        return same

    @cached_property
    def changes(self) -> Mapping[str, Span]:
        """The names of its own and of others that it changes, and where."""
        return changes(self.tree, self.declarations)

    @property
    def default(self) -> Value | None:
        """The value of the default export."""
        return self.exported(DEFAULT) if DEFAULT in self.declarations.exports else None

    @property
    def exports(self) -> "Names":
        """The named exports that are values, each evaluated when it is read."""
        names = [name for name, export in self.declarations.exports.items() if not export.type_only]
        return Names([name for name in names if name != DEFAULT], self._exported_value)

    @property
    def names(self) -> "Names":
        """Every value that the module declares itself, exported or not."""
        own = [b.name for b in self.bindings.values() if not b.is_import and b.kind != DEFAULT]
        return Names(own, self._own_value)

    @property
    def imports(self) -> tuple[ImportStatement, ...]:
        return tuple(self.declarations.imports)

    @property
    def known_names(self) -> tuple[str, ...]:
        return tuple(name for name, binding in self.bindings.items() if binding.kind != DEFAULT)

    def _exported_value(self, name: str) -> Value:
        value = self.exported(name)
        assert value is not None, name
        return value

    def _own_value(self, name: str) -> Value:
        value = self.value(name)
        assert value is not None, name
        return value

    def value(self, name: str) -> Value | None:
        """The value of a name at the top level; None when there is no such name."""
        known = self._values.get(name)
        if known is not None:
            return known
        binding = self.bindings.get(name)
        if binding is None:
            return None
        if name in self._busy:
            return self._refused(binding, EvaluatedInCircles(binding.span, name.strip("*")))
        if not self.budget.deepen(self, NAME_LEVELS, 1):
            return self._refused(binding, TooDeep(binding.span))
        self._busy.add(name)
        try:
            value = self._evaluated(binding)
        finally:
            self._busy.discard(name)
            self.budget.depth -= NAME_LEVELS
        self._values.setdefault(name, value)
        self.modules.remember(value, self.path, name)
        binding.node = None
        return value

    def _refused(self, binding: Binding, problem: Problem) -> Value:
        return self.scope.refused(self.statement(binding), problem)

    def _evaluated(self, binding: Binding) -> Value:
        if binding.is_import:
            return self.modules.imported(self, binding.specifier, binding.imported, binding.span)
        if binding.kind in REFUSED_KINDS:
            construct, rewrite = REFUSED_KINDS[binding.kind]
            return self._refused(binding, NotStatic(binding.span, construct, rewrite))
        changed = (self.changed or {}).get(binding.name)
        if changed is None and binding.kind in {"let", "var"}:
            changed = reassigned_at(self.tree, binding.name)
        if changed is not None:
            return self._refused(binding, Reassigned(binding.span, binding.name, changed))
        return self._declared(binding)

    def _declared(self, binding: Binding) -> Value:
        node = binding.node or self.statement(binding)
        if node.type != "variable_declarator":
            return self.scope.evaluate(node)
        written = node.child_by_field_name("value")
        if written is None:
            return self._refused(binding, NotStatic(binding.span, "a variable without a value", "give it its value"))
        value = self.scope.evaluate(written)
        pattern = part(node, "name")
        if pattern.type == "identifier":
            return value
        names = Scope(self, self.scope)
        bind(names, pattern, value)
        self._values.update({name: found for name, found in names.locals.items() if name not in self._values})
        return self._values[binding.name]

    def exported(self, name: str) -> Value | None:
        """The value that another module gets for an export; None when there is none of that name."""
        if name in self._exported:
            return self._exported[name]
        export = self.declarations.exports.get(name)
        value = self.modules.linked(self, locate(self.modules, self, name), export.span if export else None)
        # What is asked for in the midst of an evaluation may be the refusal of a circle.
        if self.budget.depth == 0:
            self._exported[name] = value
        return value

    def declared(self, name: str) -> Value:
        """The value of a name that an export mentions."""
        value = self.value(name)
        if value is not None:
            return value
        mentions = (export.span for export in self.declarations.exports.values() if export.local == name)
        span = next(mentions, Span(self.file, 0, 0))
        return self.scope.refused(self.tree.node_at(span), UnknownName(span, name, self.known_names))

    def as_object(self, importer: "Module", span: Span) -> Value:
        """`import * as name`: every value export in one object, in the order of a module namespace."""
        entries: dict[str, Entry] = {}
        for name in sorted(export_names(self.modules, self)):
            export = self.declarations.exports.get(name)
            value = None if export is not None and export.type_only else self.exported(name)
            if value is not None:
                entries[name] = Entry(name, value.span, value)
        return object_of(importer.scope, importer.tree.node_at(span), entries)

    def namespace_member(self, namespace: str, name: str, span: Span) -> Value | None:
        """`namespace.name` where `namespace` is `import * as namespace` of a project file."""
        binding = self.bindings.get(namespace)
        if binding is None or binding.imported != "*":
            return None
        target = self.modules.target(self, binding.specifier)
        return self.modules.imported(self, binding.specifier, name, span) if target else None

    def statement(self, binding: Binding) -> Node:
        """The node of a declaration, without `export`."""
        root = self.tree.root
        node = root.descendant_for_byte_range(binding.start, binding.end) or root
        while (
            node.parent is not None and node.parent.end_byte <= binding.end and node.parent.start_byte >= binding.start
        ):
            node = node.parent
        return node

    def is_table(self, name: str) -> bool:
        """Whether a name is a table, which is declared anew by the generated schema."""
        value = self.value(name)
        match value:
            case CallValue(ExternalValue(module, function)):
                return is_feature(value) or (module.startswith("drizzle-orm/") and function.endswith(TABLE_SUFFIX))
            case _:
                return False

    def imported_file(self, binding: Binding) -> str | None:
        """The project file that an import means."""
        target = self.modules.target(self, binding.specifier)
        return target.path if target else None


class Names(Mapping[str, Value]):
    """Names whose values are evaluated when they are read."""

    __slots__ = ("_names", "_read")

    def __init__(self, names: list[str], read: Callable[[str], Value]) -> None:
        self._names = dict.fromkeys(names)
        self._read = read

    def __getitem__(self, name: str) -> Value:
        if name not in self._names:
            raise KeyError(name)
        return self._read(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
