"""The queries that all routes share: each repeats the firewall, a change also the rule, an insert is stamped last."""

from collections.abc import Iterator

from qb_compiler.contracts import queries
from qb_compiler.contracts.typescript import Module, unwrapped
from qb_compiler.contracts.violation import Examination, Violation

PATH = "src/lib/rows.ts"
ACROSS = "export async function fetchAcrossTenants<"
CONJUNCTS = {"select": ("firewall",), "update": ("firewall", "recordFilter"), "delete": ("firewall", "recordFilter")}


def check_shared(module: Module) -> Examination:
    found = Examination(files=1)
    for query in queries.queries(module, module.root):
        found.queries += 1
        for message in violations(query):
            scope = (module.path, query.line, "", query.kind)
            found.violations.append(Violation("requireFirewallScope", "hono", *scope, message))
    return found


def violations(query: queries.Query) -> Iterator[str]:
    if query.kind == "insert":
        yield from unstamped(query)
    elif not query.module.text(queries.enclosing(query.start)).startswith(ACROSS):
        for name in CONJUNCTS[query.kind]:
            if message := queries.outside(query, name):
                yield message


def unstamped(query: queries.Query) -> Iterator[str]:
    """What the server sets stands last in the values, so that nothing sent can override it."""
    values = query.argument("values")
    values = unwrapped(values) if values else None
    last = values.named_children[-1] if values and values.named_children else None
    if last is None or last.type != "spread_element" or "created(" not in query.module.text(last):
        yield "an insert whose last values are not the server's own"
