"""Names whose value changes after they are declared. What order code runs in is not guessed, so they have no value."""

import re
from collections.abc import Iterator

from qb_compiler.evaluate.bindings import Binding, Declarations
from qb_compiler.evaluate.free_names import FUNCTIONS, free_names, pattern_names
from qb_compiler.span import Span
from qb_compiler.syntax.tree import Node, Tree

MUTATING_WORDS = """
push pop shift unshift splice sort reverse fill copyWithin set add delete clear assign defineProperty defineProperties
setPrototypeOf
"""
MUTATING = frozenset(MUTATING_WORDS.split())
MUTATION = re.compile(rf"\.\s*(?:{'|'.join(sorted(MUTATING))})\s*\(|\+\+|--")
ASSIGNING = re.compile(r"(?<![=!<>])=(?![=>])")
ASSIGNMENTS = frozenset({"assignment_expression", "augmented_assignment_expression", "update_expression"})
HARMLESS = re.compile(r"console\s*\.|Object\s*\.\s*freeze\s*\(|[\"'`;]")
OWN_MEMBERS = frozenset({"Object", "Reflect"})


def changes(tree: Tree, declarations: Declarations) -> dict[str, Span]:
    """The names that statements of the module change while it is loaded, and where."""
    found: dict[str, Span] = {}
    for statement in declarations.loose:
        harmless = HARMLESS.match(tree.text(statement))
        names = _reached(tree, declarations, statement) if not harmless else dict(_mutations(tree, statement))
        for name in names:
            found.setdefault(name, tree.span(statement))
    if _is_suspect(tree, declarations):
        for name, span in _changed_in_initializers(tree, declarations):
            found.setdefault(name, span)
    return found


def _is_suspect(tree: Tree, declarations: Declarations) -> bool:
    """Whether initializers may change names: a changing method is called, or `=` stands where no constant begins."""
    text = tree.file.text
    declared = {b.span.start for b in declarations.bindings.values() if b.kind in {"const", "let", "var"}}
    return bool(MUTATION.search(text)) or len(ASSIGNING.findall(text)) > len(declared) + len(declarations.types)


def _reached(tree: Tree, declarations: Declarations, statement: Node) -> frozenset[str]:
    """The names that a statement mentions, and those that the functions it mentions mention."""
    reached: set[str] = set()
    waiting = [statement]
    while waiting:
        for name in free_names(tree, waiting.pop()):
            binding = declarations.bindings.get(name)
            if binding is not None and name not in reached:
                reached.add(name)
                waiting.extend(_function_of(binding))
    return frozenset(reached)


def _function_of(binding: Binding) -> Iterator[Node]:
    node = binding.node
    if node is None:
        return
    value = node.child_by_field_name("value") if node.type == "variable_declarator" else node
    if value is not None and value.type in FUNCTIONS:
        yield value


def _changed_in_initializers(tree: Tree, declarations: Declarations) -> Iterator[tuple[str, Span]]:
    for binding in declarations.bindings.values():
        if binding.node is not None and binding.kind in {"const", "let", "var", "default"}:
            yield from _mutations(tree, binding.node)


def _mutations(tree: Tree, start: Node) -> Iterator[tuple[str, Span]]:
    """Calls such as `ROLES.push(…)` and assignments, outside of functions."""
    waiting = [start]
    while waiting:
        node = waiting.pop()
        if node.type == "call_expression":
            yield from _mutating_call(tree, node)
        elif node.type in ASSIGNMENTS:
            target = node.child_by_field_name("left") or node.child_by_field_name("argument")
            yield from _root(tree, target, node)
        if node.type not in FUNCTIONS:
            waiting.extend(node.named_children)


def _mutating_call(tree: Tree, call: Node) -> Iterator[tuple[str, Span]]:
    callee = call.child_by_field_name("function")
    name = callee.child_by_field_name("property") if callee is not None else None
    if callee is None or name is None or tree.text(name) not in MUTATING:
        return
    owner = callee.child_by_field_name("object")
    given = call.child_by_field_name("arguments")
    if owner is not None and tree.text(owner) in OWN_MEMBERS and given is not None and given.named_children:
        owner = given.named_children[0]
    yield from _root(tree, owner, call)


def _root(tree: Tree, node: Node | None, at: Node) -> Iterator[tuple[str, Span]]:
    """The name at the root of `a.b[c]`, or the names of a pattern."""
    while node is not None and node.type in {"member_expression", "subscript_expression", "non_null_expression"}:
        node = node.child_by_field_name("object") or node.named_children[0]
    for name in pattern_names(tree, node) if node is not None else ():
        yield name, tree.span(at)


def reassigned_at(tree: Tree, name: str) -> Span | None:
    """Where a `let` or `var` gets another value, anywhere in its file."""
    waiting = [tree.root]
    while waiting:
        node = waiting.pop()
        if node.type in ASSIGNMENTS:
            target = node.child_by_field_name("left") or node.child_by_field_name("argument")
            if target is not None and (name in free_names(tree, target) or name in pattern_names(tree, target)):
                return tree.span(node)
        waiting.extend(reversed(node.named_children))
    return None
