"""The queries of a module: each chain that starts with `db.select`, `db.insert`, `db.update` or `db.delete`."""

from tree_sitter import Node

from qb_compiler.contracts.typescript import Call, Module, arguments, callee, constants, line, method, unwrapped
from qb_compiler.model.record import record

STARTS = ("select", "selectDistinct", "insert", "update", "delete")


@record
class Query:
    """`links` are the calls of the chain by name: `where`, `from`, `values`, `set`, …"""

    module: Module
    kind: str
    start: Node
    links: dict[str, Node]

    @property
    def line(self) -> int:
        return line(self.start)

    def argument(self, link: str) -> Node | None:
        call = self.links.get(link)
        given = arguments(call) if call else []
        return given[0] if given else None


def is_start(call: Call) -> bool:
    receiver, _, name = call.name.rpartition(".")
    return name in STARTS and receiver in {"db", "tx"}


def chain(module: Module, start: Node) -> dict[str, Node]:
    """The calls that follow: `start` is the object of a member whose parent is the next call."""
    links = {method(module, start): start}
    node = start
    while node.parent and node.parent.type == "member_expression" and node.parent.parent:
        node = node.parent.parent
        if node.type != "call_expression":
            break
        links[method(module, node)] = node
    return links


def queries(module: Module, scope: Node) -> list[Query]:
    starts = [call.node for call in module.calls_in(scope) if is_start(call)]
    return [Query(module, method(module, start), start, chain(module, start)) for start in starts]


def enclosing(node: Node) -> Node:
    """The top-level statement that the node stands in, where its constants are bound."""
    while node.parent is not None and node.parent.type != "program":
        node = node.parent
    return node


def outside(query: Query, name: str) -> str | None:
    """What is wrong if the `where` of a query has no conjunct of that name."""
    where = query.argument("where")
    if where is None:
        return f"a {query.kind} without a `where`"
    if holds(query.module, enclosing(where), where, name):
        return None
    return f"the `where` of a {query.kind} does not hold `{name}`"


def holds(module: Module, scope: Node, node: Node, name: str) -> bool:
    """Whether a predicate has a call of `name` as a conjunct: directly, by `allOf` or `and`, or by a constant."""
    node = unwrapped(node)
    if node.type == "identifier":
        bound = constants(module, scope).get(module.text(node))
        return bound is not None and holds(module, scope, bound, name)
    if node.type != "call_expression":
        return False
    if callee(module, node) == name:
        return True
    if callee(module, node) not in {"allOf", "and"}:
        return False
    return any(holds(module, scope, part, name) for part in arguments(node))
