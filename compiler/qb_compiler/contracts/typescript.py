"""Generated TypeScript as a tree, with the few questions that the contracts ask of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import tree_sitter_typescript
from tree_sitter import Language, Node, Parser


@cache
def parser() -> Parser:
    return Parser(Language(tree_sitter_typescript.language_typescript()))


@dataclass(frozen=True, slots=True)
class Module:
    """A generated file. `root` keeps the tree alive."""

    path: str
    source: bytes
    root: Node

    def text(self, node: Node) -> str:
        return self.source[node.start_byte : node.end_byte].decode()


def parse(path: str, text: str) -> Module:
    source = text.encode()
    return Module(path, source, parser().parse(source).root_node)


def line(node: Node) -> int:
    return node.start_point.row + 1


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, in the order of the source."""
    yield node
    for child in node.named_children:
        yield from walk(child)


def calls(node: Node) -> Iterator[Node]:
    return (found for found in walk(node) if found.type == "call_expression")


def callee(module: Module, call: Node) -> str:
    """`requireRole`, `routes.get`, `query.filter`: the text of what is called."""
    function = call.child_by_field_name("function")
    return "".join(module.text(function).split()) if function else ""


def arguments(call: Node) -> list[Node]:
    found = call.child_by_field_name("arguments")
    return found.named_children if found else []


def method(module: Module, call: Node) -> str:
    """The name after the last dot of what is called, or the name itself."""
    return callee(module, call).rpartition(".")[2]


def statements(body: Node) -> list[Node]:
    return [child for child in body.named_children if child.type != "comment"]


def constants(module: Module, scope: Node) -> dict[str, Node]:
    """Names bound once by `const` anywhere below, to their expressions."""
    found: dict[str, Node] = {}
    for node in walk(scope):
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if node.type == "variable_declarator" and name and value and name.type == "identifier":
            found[module.text(name)] = value
    return found


def exported(module: Module) -> dict[str, Node]:
    """The module's own top-level bindings: constants by expression, functions by declaration."""
    found = {}
    for statement in module.root.named_children:
        declared = statement.child_by_field_name("declaration") if statement.type == "export_statement" else statement
        if declared is None:
            continue
        if declared.type == "function_declaration" and (name := declared.child_by_field_name("name")):
            found[module.text(name)] = declared
        elif declared.type == "lexical_declaration":
            found |= constants(module, declared)
    return found


def unwrapped(node: Node) -> Node:
    """The expression inside `await`, parentheses, casts and `satisfies`."""
    wrappers = {
        "await_expression",
        "parenthesized_expression",
        "as_expression",
        "satisfies_expression",
        "non_null_expression",
    }
    while node.type in wrappers and node.named_children:
        node = node.named_children[0]
    return node
