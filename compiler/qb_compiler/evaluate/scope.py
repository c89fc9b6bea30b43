"""The names that are visible where an expression stands, and the one function that evaluates a node there."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from qb_compiler.evaluate.carry import carry
from qb_compiler.evaluate.problems import TooDeep, TooMuch
from qb_compiler.evaluate.values import CodeValue, Value
from qb_compiler.model.carried import Carried
from qb_compiler.span import Span
from qb_compiler.syntax.tree import Node

if TYPE_CHECKING:
    from qb_compiler.diagnostics.problem import Problem
    from qb_compiler.evaluate.module import Module

Evaluate: TypeAlias = Callable[["Scope", Node], Value]


MOST_DEPTH = 120
MOST_STEPS = 200_000
MOST_ITEMS = 20_000
MOST_CHARACTERS = 500_000


class Budget:
    """What evaluating may cost: nested calls of the evaluator, and steps charged to the module that is being read."""

    __slots__ = ("depth", "root")

    def __init__(self) -> None:
        self.depth = 0
        self.root: Module | None = None

    def deepen(self, module: "Module", levels: int, steps: int) -> bool:
        """Enters what takes several levels at once; False, without entering, when it is too deep already."""
        if self.depth == 0 or self.root is None:
            self.root = module
        self.root.steps += steps
        if self.depth >= MOST_DEPTH:
            return False
        self.depth += levels
        return True


class Scope:
    """A module's scope, or that of a helper being called (`locals` are its parameters and constants)."""

    __slots__ = ("locals", "module", "outer")

    def __init__(
        self, module: "Module", outer: "Scope | None" = None, names: Mapping[str, Value] | None = None
    ) -> None:
        self.module = module
        self.outer = outer
        self.locals: dict[str, Value] = dict(names or {})

    def evaluate(self, node: Node) -> Value:
        """The value of an expression."""
        module = self.module
        budget = module.budget
        root = budget.root if budget.depth else None
        if root is None:
            root = budget.root = module
        if budget.depth >= MOST_DEPTH:
            return self.refused(node, TooDeep(self.span(node)))
        if root.steps >= MOST_STEPS:
            return self.refused(node, TooMuch(self.span(node)))
        budget.depth += 1
        root.steps += 1
        try:
            return module.evaluators[node.type](self, node)
        finally:
            budget.depth -= 1

    def lookup(self, name: str) -> Value | None:
        """The value of a local name."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.locals:
                return scope.locals[name]
            scope = scope.outer
        return None

    @property
    def local_names(self) -> frozenset[str]:
        names: set[str] = set()
        scope: Scope | None = self
        while scope is not None:
            names.update(scope.locals)
            scope = scope.outer
        return frozenset(names)

    def text(self, node: Node) -> str:
        return self.module.tree.text(node)

    def span(self, node: Node) -> Span:
        return self.module.tree.span(node)

    def code(self, node: Node) -> CodeValue:
        """The node kept as source."""
        return CodeValue(node.type, self.span(node), self)

    def refused(self, node: Node, problem: "Problem") -> CodeValue:
        """The node kept as source, with what a reader reports that needs its value."""
        return CodeValue(node.type, self.span(node), self, problem)

    def report(self, problem: "Problem") -> None:
        """For what is wrong whether or not the value is needed."""
        self.module.report(problem)

    def carried(self, span: Span) -> Carried:
        return carry(self, span)


def children(node: Node) -> list[Node]:
    """The named children without comments, which may stand anywhere."""
    found = node.named_children
    if any(child.type == "comment" for child in found):
        return [child for child in found if child.type != "comment"]
    return found
