"""The names that a piece of source takes from outside itself, by the rules of scope. Depth of nesting is no limit."""

from collections.abc import Iterator

from qb_compiler.syntax.tree import Node, Tree

FUNCTION_KINDS = """
arrow_function function_expression function_declaration generator_function generator_function_declaration
method_definition function_type constructor_type method_signature call_signature construct_signature
abstract_method_signature function_signature
"""
FUNCTIONS = frozenset(FUNCTION_KINDS.split())
BLOCKS = frozenset({"statement_block", "program", "switch_case", "switch_default", "class_static_block"})
LOOPS = frozenset({"for_statement", "for_in_statement"})
CLASSES = frozenset({"class", "class_declaration", "abstract_class_declaration"})
NAMED = CLASSES | {"function_declaration", "generator_function_declaration", "enum_declaration"}
PATTERN_NAMES = frozenset({"identifier", "shorthand_property_identifier_pattern"})
VALUE_NAMES = frozenset({"identifier", "shorthand_property_identifier"})
LEAVES = frozenset({"comment", "string", "number", "regex", "property_identifier", "predefined_type"})


def free_names(tree: Tree, start: Node) -> dict[str, bool]:
    """Each name used and not declared inside `start`, with whether it is used as a value (and not only as a type)."""
    found: dict[str, bool] = {}
    waiting: list[tuple[Node, frozenset[str]]] = [(start, frozenset())]
    while waiting:
        node, bound = waiting.pop()
        kind = node.type
        if kind in VALUE_NAMES or kind == "type_identifier":
            name = tree.text(node)
            if name not in bound:
                found[name] = found.get(name, False) or kind != "type_identifier"
        elif kind == "nested_type_identifier":
            name = tree.text(node).split(".")[0].strip()
            if name not in bound:
                found.setdefault(name, False)
        elif kind not in LEAVES:
            inner = bound | frozenset(_declared_by(tree, node))
            waiting.extend((child, inner) for child in reversed(node.named_children))
    return found


def _declared_by(tree: Tree, node: Node) -> Iterator[str]:
    """The names that are visible in the children of `node` because of `node` itself."""
    kind = node.type
    if kind in FUNCTIONS:
        yield from _function_names(tree, node)
    elif kind in BLOCKS:
        for statement in node.named_children:
            yield from statement_names(tree, statement)
    elif kind in LOOPS:
        yield from _loop_names(tree, node)
    elif kind == "catch_clause":
        yield from _field_names(tree, node, "parameter")
    elif kind in CLASSES:
        yield from _own_name(tree, node)
        yield from _type_parameters(tree, node)
    elif kind in {"index_signature", "mapped_type_clause"}:
        yield from _own_name(tree, node)
    elif kind in {"type_alias_declaration", "interface_declaration"}:
        yield from _type_parameters(tree, node)


def _function_names(tree: Tree, node: Node) -> Iterator[str]:
    if node.type in {"function_expression", "generator_function"}:
        yield from _own_name(tree, node)
    yield "arguments"
    yield from _type_parameters(tree, node)
    yield from _field_names(tree, node, "parameter")
    parameters = node.child_by_field_name("parameters")
    for parameter in parameters.named_children if parameters else []:
        yield from pattern_names(tree, parameter.child_by_field_name("pattern") or parameter)


def _type_parameters(tree: Tree, node: Node) -> Iterator[str]:
    parameters = node.child_by_field_name("type_parameters")
    for parameter in parameters.named_children if parameters else []:
        yield from _own_name(tree, parameter)


def _own_name(tree: Tree, node: Node) -> Iterator[str]:
    name = node.child_by_field_name("name")
    if name is not None:
        yield tree.text(name)


def _field_names(tree: Tree, node: Node, field: str) -> Iterator[str]:
    pattern = node.child_by_field_name(field)
    if pattern is not None:
        yield from pattern_names(tree, pattern)


def _loop_names(tree: Tree, node: Node) -> Iterator[str]:
    start = node.child_by_field_name("initializer")
    if start is not None:
        yield from statement_names(tree, start)
    elif node.child_by_field_name("kind") is not None:
        yield from _field_names(tree, node, "left")


def statement_names(tree: Tree, statement: Node) -> Iterator[str]:
    """The names that a statement declares in the block it stands in."""
    if statement.type in {"lexical_declaration", "variable_declaration"}:
        for declarator in statement.named_children:
            yield from _field_names(tree, declarator, "name")
    elif statement.type in NAMED or statement.type in {"type_alias_declaration", "interface_declaration"}:
        yield from _own_name(tree, statement)


def pattern_names(tree: Tree, pattern: Node) -> Iterator[str]:
    """The names that a pattern declares; defaults and computed keys are not part of it."""
    waiting = [pattern]
    while waiting:
        node = waiting.pop()
        if node.type in PATTERN_NAMES:
            yield tree.text(node)
        elif node.type == "pair_pattern":
            value = node.child_by_field_name("value")
            waiting.extend([value] if value else [])
        elif node.type in {"assignment_pattern", "object_assignment_pattern"}:
            left = node.child_by_field_name("left")
            waiting.extend([left] if left else [])
        elif node.type in {"object_pattern", "array_pattern", "rest_pattern"}:
            waiting.extend(reversed(node.named_children))
