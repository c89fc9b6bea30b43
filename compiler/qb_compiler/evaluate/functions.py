"""Functions stay source; this room calls those that only return an expression.

`returned` is for the blocks: it opens `(t) => [index("x").on(t.a)]` or `() => jobs.id` and hands back what is returned,
with the parameters standing as `ExternalValue(PARAMETER, name)`.
"""

from collections.abc import Sequence

from qb_compiler.evaluate.composites import array_of
from qb_compiler.evaluate.operators import part
from qb_compiler.evaluate.patterns import bind
from qb_compiler.evaluate.problems import BlockForObject, FunctionNotSimple, TooDeep
from qb_compiler.evaluate.scope import Scope, children
from qb_compiler.evaluate.values import PARAMETER, CodeValue, ExternalValue, UndefinedValue, Value
from qb_compiler.span import Span
from qb_compiler.syntax.tree import Node

CALL_STEPS = 5
FUNCTIONS = frozenset(
    {"arrow_function", "function_expression", "function_declaration", "method_definition", "generator_function",
     "generator_function_declaration"}
)  # fmt: skip


def function(scope: Scope, node: Node) -> Value:
    """A function as source."""
    return scope.code(node)


def is_function(value: Value) -> bool:
    return isinstance(value, CodeValue) and value.kind in FUNCTIONS


def returned(value: Value) -> Value | None:
    """What a function returns, its parameters being unknown; None when the value is no function."""
    if not isinstance(value, CodeValue) or not is_function(value) or not isinstance(value.origin, Scope):
        return None
    return call(value, None, value.span)


def parameter_count(function: CodeValue) -> int:
    """How many parameters a function names."""
    defined = function.origin
    return len(_parameters(_node_of(defined, function))) if isinstance(defined, Scope) else 0


def call(function: CodeValue, arguments: Sequence[Value] | None, at: Span) -> Value:
    """The value of a call; without arguments the parameters stand for themselves. `at` is where errors point."""
    defined = function.origin
    assert isinstance(defined, Scope)
    node = _node_of(defined, function)
    reason = _not_simple(node)
    if reason:
        return defined.refused(node, FunctionNotSimple(at, _name(defined, node), reason))
    budget = defined.module.budget
    if not budget.deepen(defined.module, 1, CALL_STEPS):
        return defined.refused(node, TooDeep(at))
    scope = Scope(defined.module, defined)
    try:
        _bind_parameters(scope, node, arguments)
        return _result(scope, node, at)
    finally:
        budget.depth -= 1


def _node_of(scope: Scope, function: CodeValue) -> Node:
    node = scope.module.tree.node_at(function.span)
    while node.type != function.kind and node.parent is not None:
        node = node.parent
    return node


def _name(scope: Scope, node: Node) -> str:
    name = node.child_by_field_name("name")
    if name is None and node.parent is not None and node.parent.type == "variable_declarator":
        name = node.parent.child_by_field_name("name")
    return scope.text(name) if name else "this function"


def _not_simple(node: Node) -> str:
    words = {child.type for child in node.children if not child.is_named}
    if "async" in words:
        return "it is `async`"
    return "it is a generator" if "*" in words or node.type.startswith("generator") else ""


def _parameters(node: Node) -> list[Node]:
    single = node.child_by_field_name("parameter")
    listed = node.child_by_field_name("parameters")
    return [single] if single else children(listed) if listed else []


def _bind_parameters(scope: Scope, node: Node, arguments: Sequence[Value] | None) -> None:
    for place, parameter in enumerate(_parameters(node)):
        pattern = parameter.child_by_field_name("pattern") or parameter
        if pattern.type == "rest_pattern":
            bind(scope, pattern, _rest(scope, pattern, arguments, place))
            return
        bind(scope, pattern, _argument(scope, parameter, pattern, arguments, place))


def _rest(scope: Scope, pattern: Node, arguments: Sequence[Value] | None, place: int) -> Value:
    if arguments is None:
        return ExternalValue(PARAMETER, scope.text(children(pattern)[0]), scope.span(pattern))
    return array_of(scope, pattern, tuple(arguments[place:]))


def _argument(scope: Scope, parameter: Node, pattern: Node, arguments: Sequence[Value] | None, place: int) -> Value:
    if arguments is None:
        return ExternalValue(PARAMETER, scope.text(pattern), scope.span(pattern))
    given = arguments[place] if place < len(arguments) else UndefinedValue(scope.span(parameter))
    default = parameter.child_by_field_name("value")
    return scope.evaluate(default) if default and isinstance(given, UndefinedValue) else given


def _result(scope: Scope, node: Node, at: Span) -> Value:
    body = part(node, "body")
    if body.type == "object":
        # The grammar reads `=> { a: 1 }` as an object; in JavaScript it is a block with a label.
        return scope.refused(body, BlockForObject(scope.span(body)))
    if body.type != "statement_block":
        return scope.evaluate(body)
    for statement in children(body):
        if statement.type == "return_statement":
            given = children(statement)
            return scope.evaluate(given[0]) if given else UndefinedValue(scope.span(statement))
        if not _declare(scope, statement):
            reason = f"it contains `{scope.text(statement).split(None, 1)[0][:20]}`"
            return scope.refused(node, FunctionNotSimple(scope.span(statement), _name(scope, node), reason, used_at=at))
    return UndefinedValue(at)


def _declare(scope: Scope, statement: Node) -> bool:
    """Takes in `const` declarations; False for any other statement."""
    kind = statement.child_by_field_name("kind")
    if statement.type != "lexical_declaration" or kind is None or kind.type != "const":
        return False
    for declarator in children(statement):
        bind(scope, part(declarator, "name"), scope.evaluate(part(declarator, "value")))
    return True
