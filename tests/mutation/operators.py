"""What a weakening is: each operator yields the replacements of one node of the syntax tree.

A replacement is an expression for an expression; the one statement that can go is a call. None needs a new import.
"""

import re
from collections.abc import Iterator

from tree_sitter import Node

from qb_compiler.contracts.typescript import Module, arguments, callee

ANONYMOUS = (
    "({ authenticated: false, userId: null, userRole: null, activeOrgId: null, activeTeamId: null, roles: [], "
    "user: null })"
)
PASSES_THROUGH = {
    "requireVisible": 0,
    "returnedRecord": 0,
    "hidden": 1,
    "maskRow": 2,
    "requireItem": 4,
    "checkReferences": 4,
    "checkCode": 5,
    "checkCodeVisible": 5,
}
"""Steps that check or mask one of their arguments: without the step, the argument itself goes on."""
REPLACED = {
    "authenticate": ANONYMOUS,
    "audited": "async (_c, next) => next()",
    "readInput": "c.req.json().catch(() => undefined)",
    "readBody": "c.req.json().then((values) => ({ keys: [], values }))",
}
PREDICATES = {"firewall", "recordFilter", "unchanged", "matches"}
CONJUNCTIONS = {"allOf", "and"}
QUANTIFIERS = {"some": "every", "every": "some"}
BOUNDARIES = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
Replacement = tuple[str, str]
"""The operator's name and the text that stands for the node."""


def of(module: Module, node: Node) -> Iterator[Replacement]:
    """Every weakening of exactly this node."""
    by_type = {
        "call_expression": calls,
        "await_expression": awaited,
        "binary_expression": binaries,
        "ternary_expression": ternaries,
        "array": lists,
        "object": objects,
        "true": flags,
        "false": flags,
        "identifier": hiders,
    }
    yield from by_type.get(node.type, nothing)(module, node)
    if is_condition(node) or is_boolean_result(module, node):
        yield from (("condition", text) for text in ("true", "false") if module.text(node) != text)


def nothing(module: Module, node: Node) -> Iterator[Replacement]:
    yield from ()


def without(module: Module, node: Node, gone: Node) -> str:
    """The list, call or object without one of its parts."""
    kept = [part for part in parts(node) if part != gone]
    inside = ", ".join(module.text(part) for part in kept)
    given = node.child_by_field_name("arguments")
    if given is not None:
        return f"{module.text(node)[: given.start_byte - node.start_byte]}({inside})"
    return f"[{inside}]" if node.type == "array" else f"({{ {inside} }})"


def longer(module: Module, node: Node, item: str) -> str:
    """The list with one more item."""
    return f"[{', '.join([*map(module.text, parts(node)), item])}]"


def parts(node: Node) -> list[Node]:
    holder = node.child_by_field_name("arguments") or node
    return [part for part in holder.named_children if part.type != "comment"]


def calls(module: Module, node: Node) -> Iterator[Replacement]:
    name, given = callee(module, node), arguments(node)
    last = name.rpartition(".")[2]
    if name in PASSES_THROUGH:
        yield "step", module.text(given[PASSES_THROUGH[name]])
    if name == "maskRows":
        yield "step", f"{module.text(given[2])}.rows"
    if name.startswith("check") and name in {"checkCreate", "checkUpdate", "checkPut"}:
        yield "step", f"({module.text(given[1])}).values"
    if name in REPLACED:
        yield "step", REPLACED[name]
    if name == "actionDb":
        yield "step", "featuresDb(c.env)"
    if name in CONJUNCTIONS and len(given) > 1:
        yield from (("conjunct", without(module, node, part)) for part in given)
    if last in PREDICATES and is_alone(module, node):
        yield "conjunct", "undefined"
    if last == "filter" and "." in name and len(given) == 1:
        yield "filter", module.text(receiver(node))
    if last in QUANTIFIERS and "." in name:
        yield "quantifier", f"{module.text(receiver(node))}.{QUANTIFIERS[last]}({module.text(given[0])})"
    if name == "sql":
        yield from sql_conjuncts(module, node)


def receiver(call: Node) -> Node:
    function = call.child_by_field_name("function")
    found = function.child_by_field_name("object") if function else None
    assert found is not None
    return found


def is_alone(module: Module, node: Node) -> bool:
    """A predicate that is the whole `where`, not one conjunct of several."""
    outer = node.parent.parent if node.parent else None
    return outer is not None and outer.type == "call_expression" and callee(module, outer).endswith(".where")


def sql_conjuncts(module: Module, node: Node) -> Iterator[Replacement]:
    """Each `and …` of an SQL text, and what stands before the first."""
    text = module.text(node)
    where = re.search(r"\bwhere ", text)
    start = where.end() if where else len("sql`")
    body = text[start:-1]
    pieces = re.split(r" and (?![^()]*\))", body)
    if len(pieces) < 2:
        return
    for gone in range(len(pieces)):
        kept = " and ".join(piece for at, piece in enumerate(pieces) if at != gone)
        yield "sql", f"{text[:start]}{kept}`"


def awaited(module: Module, node: Node) -> Iterator[Replacement]:
    yield "await", module.text(node.named_children[0])


def binaries(module: Module, node: Node) -> Iterator[Replacement]:
    operator = node.child_by_field_name("operator")
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    assert operator is not None and left is not None and right is not None
    sign = module.text(operator)
    if sign in {"&&", "||"}:
        yield "operand", module.text(right)
        yield "operand", module.text(left)
    # The grammar takes the type argument of a tagged template for two comparisons.
    if sign in BOUNDARIES and module.text(node).startswith(f"{module.text(left)} {sign} "):
        yield "boundary", f"{module.text(left)} {BOUNDARIES[sign]} {module.text(right)}"


def ternaries(module: Module, node: Node) -> Iterator[Replacement]:
    for field in ("consequence", "alternative"):
        branch = node.child_by_field_name(field)
        assert branch is not None
        yield "condition", module.text(branch)


def lists(module: Module, node: Node) -> Iterator[Replacement]:
    holder = node.parent
    if holder is not None and key_of(module, node) in {"roles", "userRole"}:
        role = '"member"' if '"member"' not in module.text(node) else '"AUTHENTICATED"'
        yield "role", longer(module, node, role)
    if holder is not None and key_of(module, node) in {"and", "record"}:
        yield from (("conjunct", without(module, node, part)) for part in parts(node))
    if holder is not None and key_of(module, node) == "or":
        yield "role", longer(module, node, '{ roles: ["AUTHENTICATED"] }')
    made = holder.parent if holder is not None and holder.type == "arguments" else None
    if made is not None and made.type == "new_expression" and re.match(r"new (Set|Map)\b", module.text(made)):
        yield from (("entry", without(module, node, part)) for part in parts(node))
        if key_of(module, made) in {"createable", "updatable"}:
            yield "entry", longer(module, node, '"createdBy"')


def key_of(module: Module, node: Node) -> str:
    pair = node.parent
    key = pair.child_by_field_name("key") if pair is not None and pair.type == "pair" else None
    return module.text(key) if key is not None else ""


def objects(module: Module, node: Node) -> Iterator[Replacement]:
    """A condition, or what the server sets, is left out."""
    conditions = key_of(module, node) == "record"
    for part in parts(node):
        name = part.child_by_field_name("key")
        is_condition_of_rule = conditions or (name is not None and module.text(name) == "record")
        if part.type == "spread_element" or is_condition_of_rule:
            yield "entry", without(module, node, part)


def flags(module: Module, node: Node) -> Iterator[Replacement]:
    if key_of(module, node):
        yield "flag", "false" if node.type == "true" else "true"


def hiders(module: Module, node: Node) -> Iterator[Replacement]:
    if key_of(module, node) == "hide":
        yield "mask", "String"


def is_condition(node: Node) -> bool:
    """What decides an `if`."""
    outer = node.parent
    return (
        outer is not None
        and outer.type == "parenthesized_expression"
        and outer.parent is not None
        and outer.parent.type == "if_statement"
        and outer.parent.child_by_field_name("condition") == outer
    )


def is_boolean_result(module: Module, node: Node) -> bool:
    """What a function that answers yes or no returns."""
    outer = node.parent
    if outer is None:
        return False
    if outer.type == "return_statement":
        return returns_boolean(module, function_around(outer))
    is_body = outer.type == "arrow_function" and outer.child_by_field_name("body") == node
    return is_body and node.type != "statement_block" and returns_boolean(module, outer)


def function_around(node: Node) -> Node | None:
    while node.parent is not None:
        node = node.parent
        if node.type in {"arrow_function", "function_declaration", "method_definition"}:
            return node
    return None


def returns_boolean(module: Module, function: Node | None) -> bool:
    declared = function.child_by_field_name("return_type") if function is not None else None
    return declared is not None and (
        module.text(declared) == ": boolean" or declared.type == "type_predicate_annotation"
    )


def is_step(module: Module, node: Node) -> bool:
    """A statement that is one call: a gate, a check, an audit, a middleware."""
    if node.type != "expression_statement":
        return False
    expression = node.named_children[0]
    if expression.type == "await_expression":
        expression = expression.named_children[0]
    if expression.type != "call_expression":
        return False
    name = callee(module, expression)
    registers = {"app.get", "app.on", "app.route"}
    return not name.startswith(("console.", "routes.")) and name not in {*registers, "super"}
