"""Generated TypeScript as a tree, with the few questions that the contracts ask of it."""

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import tree_sitter_typescript
from tree_sitter import Language, Node, Parser

from qb_compiler.model.record import record


@cache
def language() -> Language:
    return Language(tree_sitter_typescript.language_typescript())


@dataclass(frozen=True)
class Module:
    """A generated file. `root` keeps the tree alive; what is asked of the whole file is worked out once."""

    path: str
    source: bytes
    root: Node

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every node of the file, in the order of the source."""
        return tuple(walk(self.root))

    @cached_property
    def starts(self) -> tuple[int, ...]:
        return tuple(node.start_byte for node in self.nodes)

    def below(self, node: Node) -> tuple[Node, ...]:
        """The node and everything below it, which stands behind it without a gap."""
        first = bisect_left(self.starts, node.start_byte)
        while self.nodes[first] != node:
            first += 1
        return self.nodes[first : max(first + 1, bisect_left(self.starts, node.end_byte))]

    @cached_property
    def calls(self) -> tuple["Call", ...]:
        """Every call of the file, in order."""
        return tuple(Call(callee(self, node), node) for node in self.nodes if node.type == "call_expression")

    @cached_property
    def constants(self) -> tuple[tuple[Node, str, Node], ...]:
        """Each `const name = value` of the file: the declarator, the name, the value."""
        found = (node for node in self.nodes if node.type == "variable_declarator")
        named = ((node, node.child_by_field_name("name"), node.child_by_field_name("value")) for node in found)
        return tuple((n, self.text(name), value) for n, name, value in named if name and value and is_name(name))

    @cached_property
    def exported(self) -> dict[str, Node]:
        """The module's own top-level bindings: constants by expression, functions by declaration."""
        return dict(binding for statement in self.root.named_children for binding in bindings(self, statement))

    def calls_in(self, node: Node) -> list["Call"]:
        """The calls at or below a node."""
        start, end = node.start_byte, node.end_byte
        return [call for call in self.calls if start <= call.node.start_byte and call.node.end_byte <= end]

    def text(self, node: Node) -> str:
        return self.source[node.start_byte : node.end_byte].decode()


def parse(path: str, text: str) -> Module:
    source = text.encode()
    return Module(path, source, Parser(language()).parse(source).root_node)


def line(node: Node) -> int:
    return node.start_point.row + 1


@record
class Call:
    """`name` is the text of what is called: `requireRole`, `routes.get`, `query.filter`."""

    name: str
    node: Node


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, in the order of the source."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(reversed(found.named_children))


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
    start, end = scope.start_byte, scope.end_byte
    return {name: value for node, name, value in module.constants if start <= node.start_byte and node.end_byte <= end}


def is_name(node: Node) -> bool:
    return node.type == "identifier"


def bindings(module: Module, statement: Node) -> Iterator[tuple[str, Node]]:
    """What a top-level statement binds, exported or not."""
    declared = statement.child_by_field_name("declaration") if statement.type == "export_statement" else statement
    if declared is None:
        return
    if declared.type == "function_declaration" and (name := declared.child_by_field_name("name")):
        yield module.text(name), declared
    if declared.type == "lexical_declaration":
        for declarator in declared.named_children:
            name, value = declarator.child_by_field_name("name"), declarator.child_by_field_name("value")
            if name and value:
                yield module.text(name), value


ESCAPED = re.compile(r'\\(.)|"', re.DOTALL)


def unquoted(literal: str) -> str:
    """What a string literal says, in double or in single quotes; ValueError for any other."""
    if literal.startswith("'"):
        inner = ESCAPED.sub(lambda found: "'" if found[1] == "'" else found[0] if found[1] else '\\"', literal[1:-1])
        literal = f'"{inner}"'
    return str(json.loads(literal))


def members(module: Module, node: Node) -> list[tuple[str, Node]]:
    """What an object holds, by name; what is no pair stands under its own text."""
    found = []
    for part in node.named_children:
        key, value = part.child_by_field_name("key"), part.child_by_field_name("value")
        if part.type == "pair" and key is not None and value is not None:
            found.append((unquoted(module.text(key)) if key.type == "string" else module.text(key), value))
        elif part.type != "comment":
            found.append((module.text(part), part))
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


def imported(module: Module) -> Iterator[tuple[str, str]]:
    """Each name that is imported as a value, as the module calls it, and where it is from."""
    for statement in module.root.named_children:
        source = statement.child_by_field_name("source")
        if source is None or module.text(statement).startswith("import type "):
            continue
        for node in walk(statement):
            if node.type == "import_specifier" and not module.text(node).startswith("type "):
                named = node.child_by_field_name("alias") or node.child_by_field_name("name")
                yield module.text(named) if named else "", module.text(source)[1:-1]
            elif node.type == "identifier" and node.parent is not None and node.parent.type == "import_clause":
                yield module.text(node), module.text(source)[1:-1]


def named_imports(module: Module) -> Iterator[tuple[str, str, str]]:
    """Each value import: the name here, the name there, and the module. What is no named import has no name there."""
    for statement in module.root.named_children:
        source = statement.child_by_field_name("source")
        if statement.type != "import_statement" or source is None or module.text(statement).startswith("import type "):
            continue
        specifiers = [node for node in walk(statement) if node.type == "import_specifier"]
        if not specifiers:
            yield module.text(statement), "", module.text(source)[1:-1]
        for node in specifiers:
            name, alias = node.child_by_field_name("name"), node.child_by_field_name("alias")
            if name is not None and not module.text(node).startswith("type "):
                yield module.text(alias or name), module.text(name), module.text(source)[1:-1]
