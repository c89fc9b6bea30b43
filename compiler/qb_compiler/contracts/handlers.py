"""The routes of a routes module: `routes.get("/:id", async (c) => { … })`."""

from tree_sitter import Node

from qb_compiler.contracts.typescript import Call, Module, arguments, callee, line, statements
from qb_compiler.model.record import record

VERBS = ("get", "post", "put", "patch", "delete")
OPERATIONS = {
    ("get", "/"): "list",
    ("get", "/:id"): "get",
    ("post", "/"): "create",
    ("patch", "/:id"): "update",
    ("delete", "/:id"): "delete",
    ("put", "/:id"): "put",
    ("post", "/batch"): "batchCreate",
    ("patch", "/batch"): "batchUpdate",
    ("delete", "/batch"): "batchDelete",
    ("put", "/batch"): "batchUpsert",
}


@record
class Handler:
    """`body` is the statement block; `operation` the definition's name: `list`, `view pipeline`, `action approve`."""

    module: Module
    verb: str
    path: str
    body: Node
    operation: str
    calls: tuple[Call, ...]
    audited: bool

    @property
    def line(self) -> int:
        return line(self.body)

    @property
    def name(self) -> str:
        return f"{self.verb.upper()} {self.path}"

    def steps(self) -> list[str]:
        """What is called in the handler, in order."""
        return [call.name for call in self.calls]

    def find(self, name: str) -> Node | None:
        """The first call of a function."""
        return next((call.node for call in self.calls if call.name == name), None)

    def statements(self) -> list[Node]:
        return statements(self.body)


def operation_of(verb: str, path: str) -> str:
    known = OPERATIONS.get((verb, path))
    if known:
        return known
    if path.startswith("/views/"):
        return f"view {path.removeprefix('/views/')}"
    return f"action {path.removeprefix('/:id/').removeprefix('/')}"


def handlers(module: Module) -> list[Handler]:
    """Every route that the module registers in the usual shape; `registrations` counts them all."""
    found = []
    for call in module.calls:
        target, _, verb = call.name.partition(".")
        given = arguments(call.node)
        if target != "routes" or verb not in VERBS or len(given) not in {2, 3}:
            continue
        middle = [callee(module, node) for node in given[1:-1]]
        if middle not in ([], ["audited"]):
            continue
        body = given[-1].child_by_field_name("body")
        if given[0].type == "string" and body is not None and body.type == "statement_block":
            path = module.text(given[0])[1:-1]
            inside = tuple(module.calls_in(body))
            found.append(Handler(module, verb, path, body, operation_of(verb, path), inside, bool(middle)))
    return found


RESERVED = 'routes.all("/batch", (c) => c.notFound())'
"""Keeps a batch that is not offered from being taken for a record with the id `batch`."""


def reservations(module: Module) -> list[Node]:
    return [call.node for call in module.calls if module.text(call.node) == RESERVED]


def registrations(module: Module) -> int:
    """How many handlers the router is given, readable or not."""
    on_router = sum(call.name.startswith("routes.") for call in module.calls)
    return on_router - len(reservations(module))
