"""Holds a routes module to its vocabulary, so that no step can be there and yet not be taken.

A gate that an alias, an inner function, a condition, an early return or a forgotten `await` makes void is in the text
all the same. Therefore a handler is a straight line of known calls on known values; all else is a violation.
"""

import re
from collections.abc import Callable, Iterator

from tree_sitter import Node

from qb_compiler.contracts import steps, vocabulary
from qb_compiler.contracts.duties import Duties
from qb_compiler.contracts.handlers import Handler
from qb_compiler.contracts.typescript import Call, Module, callee, imported, line
from qb_compiler.contracts.violation import Violation
from qb_compiler.contracts.vocabulary import BOUND, BRANCHES, EXECUTION, EXPRESSIONS, HOLDERS, MEMBERS, PLAIN, WORDS
from qb_compiler.model.record import record

Message = tuple[Node, str]
UPSERTS = {"put", "batchUpsert"}
NAMED = re.compile(r'\b(access|viewAccess|actionAccess|actionRules|actionTransitions|actions)(\.\w+|\["[^"]+"\])')
CHAINS = ("db.select(", "[...checked].filter")


@record
class Spoken:
    """A handler, and what @RULE, @CODE, @TRANSITION and @ACTION stand for in it."""

    handler: Handler
    duties: Duties
    rules: frozenset[str]
    action: str

    @property
    def module(self) -> Module:
        return self.handler.module

    def flat(self, node: Node) -> str:
        """The text on one line, with the names of the vocabulary for what is the operation's own."""
        return NAMED.sub(self.name, flat(self.module, node))

    def name(self, found: re.Match[str]) -> str:
        own = {"actionRules": "@CODE", "actionTransitions": "@TRANSITION", "actions": "@ACTION"}.get(found[1])
        if own:
            return own if found[2] == self.action else found[0]
        return "@RULE" if found[0] in self.rules else found[0]


def spoken(handler: Handler, duties: Duties, rules: set[str]) -> Spoken:
    action = duties.action_of(handler.operation)
    name = action.name if action else ""
    return Spoken(handler, duties, frozenset(rules), f".{name}" if name.isidentifier() else f'["{name}"]')


def says(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text) is not None


def flat(module: Module, node: Node) -> str:
    """The text on one line, without the commas and spaces that come with line breaks."""
    text = module.text(node)
    if "\n" not in text:
        return text
    text = " ".join(text.split())
    text = re.sub(r"(?<=[(\[]) | (?=\.\w)", "", text)
    return re.sub(r",? (?=[)\]])", "", text).replace(", }", " }")


def check_shape(
    module: Module, duties: Duties, served: list[Handler], rules: Callable[[str, Duties], set[str]]
) -> Iterator[Violation]:
    """Everything in a routes module that the contracts do not know; `served` are its handlers."""
    names = dict(imported(module))
    for node, message in (*top_level(module), *foreign(module, names)):
        yield Violation("requireKnownShape", "hono", module.path, line(node), duties.name, "", message)
    for handler in served:
        heard = spoken(handler, duties, rules(handler.operation, duties))
        for node, message in unknown(heard, set(names)):
            place = (module.path, line(node), duties.name, handler.operation)
            yield Violation("requireKnownShape", "hono", *place, message)


def top_level(module: Module) -> Iterator[Message]:
    """Imports, the router, and one registration after the other."""
    for node in module.root.named_children:
        text = flat(module, node)
        known = node.type in {"import_statement", "comment"} or text == "export const routes = new Hono<AppEnv>();"
        if not known and not (node.type == "expression_statement" and text.startswith("routes.")):
            yield node, "a statement that no routes module has"
        clause = node.named_children[0] if node.type == "import_statement" else None
        if clause is not None and (clause.type != "import_clause" or clause.named_children[0].type != "named_imports"):
            yield node, "an import of more than names"


def foreign(module: Module, names: dict[str, str]) -> Iterator[Message]:
    """Names that come from elsewhere than they should."""
    for name, source in names.items():
        word = WORDS.get(name)
        home = word.module if word else {"Hono": "hono"}.get(name)
        own = source.startswith("./") and (name in vocabulary.OWN or source == "./schema")
        if source != home and not (own and (home is None or home == "./resource")):
            yield module.root, f"`{name}` is imported from `{source}`"
    for statement in module.root.named_children:
        if statement.type != "import_statement" or module.text(statement).endswith(' from "./schema";'):
            continue
        for node in module.below(statement):
            if node.type == "import_specifier" and node.child_by_field_name("alias") is not None:
                yield node, "a step under another name"


def unknown(heard: Spoken, names: set[str]) -> Iterator[Message]:
    """What is wrong in one handler."""
    module, body = heard.module, heard.handler.body
    function = body.parent
    if function is None or not module.text(function).startswith("async (c) => {"):
        yield body, "a handler is `async (c) => { … }`"
    for node in module.below(body):
        if (kind := node.type) not in HARMLESS:
            yield from unknown_node(heard, node, kind, names)
    for call in heard.handler.calls:
        yield from unknown_call(heard, call)
    yield from unknown_batch(heard)
    operation = heard.handler.operation
    duty = heard.duties.operations.get(operation)
    if duty is not None:
        gone = steps.missing(heard.handler.steps(), steps.expected(operation, heard.duties, duty))
        if gone:
            yield body, f"the step `{' or '.join(sorted(gone))}` is missing, or comes too early"
    statements = heard.handler.statements()
    returns = [node for node in statements if node.type == "return_statement"]
    if returns != statements[-1:]:
        yield body, "a handler returns once, at its end"


def unknown_batch(heard: Spoken) -> Iterator[Message]:
    """A batch is as large, and as atomic, as its definition allows."""
    duty, read = heard.duties.operations.get(heard.handler.operation), heard.handler.find("readBatch")
    if duty is None or duty.batch is None or read is None:
        return
    size, atomic = duty.batch
    limits = f"max: {size}, allowAtomic: {str(atomic).lower()} }})"
    if not heard.flat(read).endswith(limits):
        yield read, "a batch of another size than declared"


def unknown_node(heard: Spoken, node: Node, kind: str, names: set[str]) -> Iterator[Message]:
    if kind in {"if_statement", "ternary_expression"}:
        if heard.handler.operation not in UPSERTS or not says(BRANCHES, heard.flat(node)):
            yield node, "a step that is taken on a condition only"
    elif pattern := EXPRESSIONS.get(kind):
        if not says(pattern, text := heard.flat(node)):
            yield node, f"`{text[:60]}` is no expression of a handler"
    elif kind not in PLAIN:
        yield node, f"a {kind.replace('_', ' ')} in a handler"
    if check := CHECKS.get(kind):
        yield from check(heard, node)
    if kind == "required_parameter" and names & set(re.findall(r"\w+", heard.flat(node))):
        yield node, "a parameter that hides a step"


def unknown_declaration(heard: Spoken, node: Node) -> Iterator[Message]:
    if not heard.module.source.startswith(b"const ", node.start_byte):
        yield node, "a value that can change"


def unknown_member(heard: Spoken, node: Node) -> Iterator[Message]:
    if not is_known_member(heard, node, text := heard.flat(node)):
        yield node, f"`{text[:60]}` is nothing that a handler reads"


def unknown_block(heard: Spoken, node: Node) -> Iterator[Message]:
    if node != heard.handler.body and not in_holder(heard.module, node.parent):
        yield node, "a block of its own"


def unknown_function(heard: Spoken, node: Node) -> Iterator[Message]:
    if not in_holder(heard.module, node):
        yield node, "a function that nobody need call"


def unknown_binding(heard: Spoken, node: Node) -> Iterator[Message]:
    name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    pattern = BOUND.get(heard.flat(name)) if name is not None else None
    if pattern is None or value is None or not says(pattern, heard.flat(value)):
        yield node, f"`{heard.flat(node)[:60]}` is no value of a handler"


def is_known_member(heard: Spoken, node: Node, text: str) -> bool:
    """A value that handlers read, a link of a query, or a column in `eq(table.column, id)`."""
    if says(MEMBERS, text) or text.startswith("db.select("):
        return True
    call = node.parent.parent if node.parent is not None and node.parent.type == "arguments" else None
    return call is not None and heard.module.text(call).startswith("eq(")


def in_holder(module: Module, node: Node | None) -> bool:
    """An inner function that a step is given, or the one that makes the row of an upsert."""
    if node is None or node.parent is None:
        return False
    if node.parent.type == "variable_declarator":
        return module.text(node.parent).startswith("fresh = ({ id, values }")
    call = node.parent.parent
    name = callee(module, call) if call is not None and call.type == "call_expression" else ""
    return name in HOLDERS or name.endswith(".filter")


def unknown_call(heard: Spoken, call: Call) -> Iterator[Message]:
    given = call.node.child_by_field_name("arguments")
    text = heard.flat(given)[1:-1] if given is not None else ""
    if word := WORDS.get(call.name):
        if not says(word.given, text):
            yield call.node, f"`{call.name}` is given `{text[:80]}`"
        if word.awaited and (call.node.parent is None or call.node.parent.type != "await_expression"):
            yield call.node, f"nobody waits for `{call.name}`"
    elif call.name == f"actions{heard.action}.execute":
        yield from unknown_execution(heard, call, text)
    else:
        link = call.name.rpartition(".")[2] if call.name.startswith(CHAINS) else call.name
        if not says(vocabulary.METHODS.get(link, "(?!)"), text):
            yield call.node, f"`{call.name[:60]}` is no step of a handler"


def unknown_execution(heard: Spoken, call: Call, text: str) -> Iterator[Message]:
    """An action is given what its definition says, and is waited for."""
    action, given = heard.duties.action_of(heard.handler.operation), re.fullmatch(EXECUTION, text)
    if action is None or given is None:
        yield call.node, f"the action is given `{text[:80]}`"
        return
    if given["raw"] and not action.unsafe:
        yield call.node, "an action that is not unsafe is given the whole database"
    if given["sql"] and not action.raw_sql:
        yield call.node, "an action may write raw SQL that was not declared to"
    if call.node.parent is None or call.node.parent.type != "await_expression":
        yield call.node, "nobody waits for the action"


CHECKS: dict[str, Callable[[Spoken, Node], Iterator[Message]]] = {
    "lexical_declaration": unknown_declaration,
    "variable_declarator": unknown_binding,
    "member_expression": unknown_member,
    "statement_block": unknown_block,
    "arrow_function": unknown_function,
}
HARMLESS = PLAIN - CHECKS.keys() - EXPRESSIONS.keys() - {"if_statement", "ternary_expression", "required_parameter"}
"""Kinds of which `unknown_node` has nothing to say: most of a tree."""
