"""Judges what a call is called on: a database, something harmless, or something that cannot be told."""

from collections.abc import Iterator
from enum import Enum, auto

from qb_compiler.blocks.actions.reach import Region
from qb_compiler.syntax.tree import Node

DATABASES = frozenset(
    {"db", "rawDb", "unsafeDb", "tx", "trx", "transaction", "database", "d1", "DB", "conn", "connection", "client",
     "pool", "AUTH_DB", "AUDIT_DB", "session"}
)  # fmt: skip
GLOBALS = frozenset({"Promise", "Math", "JSON", "Object", "Array", "Number", "String", "console", "crypto", "Intl"})
LITERALS = frozenset({"regex", "string", "template_string", "array", "object", "number"})
TRANSPARENT = {
    "await_expression",
    "parenthesized_expression",
    "non_null_expression",
    "as_expression",
    "satisfies_expression",
}
OWNERS = {"member_expression": "object", "subscript_expression": "object", "call_expression": "function"}
DEEPEST = 20


class Receiver(Enum):
    DATABASE = auto()
    HARMLESS = auto()
    UNKNOWN = auto()


class Receivers:
    """The variables of one region, and what they were given."""

    def __init__(self, region: Region) -> None:
        self._region = region
        self._tree = region.module.tree
        self._given = dict(_variables(region))

    def judge(self, node: Node, depth: int = 0) -> Receiver:
        """Follows an expression to what it starts from."""
        names: list[str] = []
        while node.type in OWNERS or node.type in TRANSPARENT:
            member = node.child_by_field_name("property")
            names += [self._tree.text(member)] if member else []
            inner = node.child_by_field_name(OWNERS[node.type]) if node.type in OWNERS else None
            node = inner or node.named_children[0]
        if node.type in LITERALS or node.type == "new_expression":
            return Receiver.HARMLESS
        if DATABASES.intersection(names):
            return Receiver.DATABASE
        return self._named(self._tree.text(node), depth) if node.type == "identifier" else Receiver.UNKNOWN

    def _named(self, name: str, depth: int) -> Receiver:
        given = self._given.get(name)
        if given is not None and depth < DEEPEST:
            judged = self.judge(given, depth + 1)
            return judged if judged is not Receiver.UNKNOWN or name not in DATABASES else Receiver.DATABASE
        if name in DATABASES:
            return Receiver.DATABASE
        if name in GLOBALS and name not in self._region.module.bindings:
            return Receiver.HARMLESS
        return Receiver.UNKNOWN


def _variables(region: Region) -> Iterator[tuple[str, Node]]:
    """Name -> initial value, of every variable in the region and of its module's constants."""
    waiting = [region.module.tree.root]
    while waiting:
        node = waiting.pop()
        if node.type == "variable_declarator":
            name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
            if name is not None and value is not None and name.type == "identifier":
                yield region.module.tree.text(name), value
        waiting.extend(node.named_children)
