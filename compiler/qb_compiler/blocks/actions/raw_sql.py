"""Finds raw SQL and ways round the scoped database in the code that an action reaches, in the syntax tree."""

import re
from collections.abc import Iterator

from qb_compiler.blocks.actions.model import Action
from qb_compiler.blocks.actions.problems import RawDatabase, RawSql, TableOutOfReach, UnsafeImport
from qb_compiler.blocks.actions.reach import Import, Reach, Reached, Region
from qb_compiler.blocks.actions.receivers import Receiver, Receivers
from qb_compiler.diagnostics.diagnostic import Label
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.evaluator import Modules
from qb_compiler.evaluate.free_names import free_names
from qb_compiler.model.record import record
from qb_compiler.span import Place, Span
from qb_compiler.syntax.tree import Node

RAW_CALLS = frozenset({"run", "all", "execute", "prepare", "exec", "values", "get", "raw"})
ALWAYS_RAW = frozenset({"run", "all", "execute", "prepare", "exec"})
SQL_TEXT = re.compile(
    r"\s*(select|insert|update|delete|with|create|drop|alter|pragma|replace|truncate)\b", re.IGNORECASE
)
RAW_NAMES = frozenset({"rawDb", "unsafeDb"})
SAFE_DRIZZLE = frozenset({"drizzle-orm", "drizzle-orm/sqlite-core", "drizzle-orm/pg-core", "drizzle-orm/mysql-core"})
CLIENTS = frozenset(
    {"pg", "postgres", "mysql", "mysql2", "better-sqlite3", "sqlite3", "sqlite", "node:sqlite", "bun:sqlite", "knex",
     "kysely", "sequelize", "typeorm", "mongodb", "@libsql/client", "@neondatabase/serverless", "@planetscale/database",
     "@vercel/postgres", "@prisma/client", "@electric-sql/pglite", "@supabase/supabase-js"}
)  # fmt: skip
IDENTIFIERS = frozenset({"identifier", "property_identifier", "shorthand_property_identifier_pattern"})


def check_reach(action: Action, modules: Modules, unscoped: frozenset[Place]) -> Iterator[Problem]:
    """Everything that the action reaches and has not declared; `unscoped` are tables that `db` does not know."""
    reached = Reach(modules).of(action)
    here = Label(action.span, "this action")
    if not action.allow_raw_sql:
        for span, what in _raw_sql(reached):
            yield RawSql(span, action.name, what, here)
    if action.unsafe is None:
        yield from _unsafe(action, reached, here)
        yield from _out_of_reach(action, reached, unscoped, here)


def _out_of_reach(action: Action, reached: Reached, unscoped: frozenset[Place], here: Label) -> Iterator[Problem]:
    seen: set[Place] = set()
    for region in reached.regions if unscoped else ():
        for name, is_value in free_names(region.module.tree, region.node).items():
            table = region.module.value(name) if is_value and region.module.is_table(name) else None
            if table is not None and table.span.key in unscoped - seen:
                seen.add(table.span.key)
                yield TableOutOfReach(region.module.tree.span(region.node), action.name, name, here)


def _unsafe(action: Action, reached: Reached, here: Label) -> Iterator[Problem]:
    for imported in (*reached.imports, *_dynamic_imports(reached)):
        if leads_round(imported.specifier):
            yield UnsafeImport(imported.span, action.name, imported.specifier, here)
    for region in reached.regions:
        for node in _nodes(region.node):
            if node.type in IDENTIFIERS and region.module.tree.text(node) in RAW_NAMES:
                name = region.module.tree.text(node)
                yield RawDatabase(region.module.tree.span(node), action.name, name, here)
                return


def leads_round(specifier: str) -> bool:
    """Whether a package gives access to a database past the scoped one."""
    if specifier.startswith(("cloudflare:", "drizzle-orm/")):
        return specifier not in SAFE_DRIZZLE
    root = "/".join(specifier.split("/")[: 2 if specifier.startswith("@") else 1])
    return root in CLIENTS or specifier in CLIENTS


def _raw_sql(reached: Reached) -> Iterator[tuple[Span, str]]:
    for region in reached.regions:
        yield from _templates(region)
        receivers = Receivers(region)
        for node in _nodes(region.node):
            if node.type == "call_expression":
                yield from _raw_call(region, node, receivers)


def _templates(region: Region) -> Iterator[tuple[Span, str]]:
    """Uses of Drizzle's `sql`, under whatever name it was imported."""
    tree = region.module.tree
    used = free_names(tree, region.node)
    names = {name for name in used if used[name] and _is_sql(region, name)}
    spaces = {name for name in used if _is_drizzle_namespace(region, name)}
    for node in _nodes(region.node) if names or spaces else ():
        text = tree.text(node) if node.type in {"identifier", "member_expression"} else ""
        if node.type == "identifier" and text in names and not _is_member(node):
            yield tree.span(node), f"the `{text}` of drizzle-orm"
        elif node.type == "member_expression" and text.removesuffix(".sql") in spaces:
            yield tree.span(node), f"`{text}`"


def _is_sql(region: Region, name: str) -> bool:
    binding = region.module.bindings.get(name)
    return bool(binding and binding.is_import and binding.imported == "sql" and "drizzle-orm" in binding.specifier)


def _is_drizzle_namespace(region: Region, name: str) -> bool:
    binding = region.module.bindings.get(name)
    return bool(binding and binding.is_import and binding.imported == "*" and "drizzle-orm" in binding.specifier)


def _is_member(node: Node) -> bool:
    parent = node.parent
    return parent is not None and parent.type == "member_expression" and parent.child_by_field_name("property") == node


def _raw_call(region: Region, node: Node, receivers: Receivers) -> Iterator[tuple[Span, str]]:
    called = _called(region, node)
    arguments = node.child_by_field_name("arguments")
    if called is None or arguments is None or arguments.type != "arguments" or not arguments.named_children:
        return
    receiver = receivers.judge(called.receiver)
    is_text = _is_sql_text(region, arguments.named_children[0])
    if receiver is Receiver.HARMLESS:
        return
    if (receiver is Receiver.DATABASE and called.name in ALWAYS_RAW) or (is_text and called.name in RAW_CALLS):
        shown = f"{region.module.tree.text(called.receiver)[:40]}.{called.name}(…)"
        yield region.module.tree.span(node), f"`{shown}`"


@record
class Called:
    receiver: Node
    name: str


def _called(region: Region, node: Node) -> Called | None:
    """`db.run` and `db["run"]` alike; a computed member of anything is named "run"."""
    function = node.child_by_field_name("function")
    owner = function.child_by_field_name("object") if function else None
    if function is None or owner is None:
        return None
    name = function.child_by_field_name("property")
    if name is not None:
        text = region.module.tree.text(name)
        return Called(owner, text) if text in RAW_CALLS else None
    index = function.child_by_field_name("index")
    if index is None:
        return None
    text = region.module.tree.text(index).strip("\"'`")
    is_text = index.type in {"string", "template_string"} and "${" not in text
    return Called(owner, text if is_text else "run") if not is_text or text in RAW_CALLS else None


def _is_sql_text(region: Region, argument: Node) -> bool:
    text = region.module.tree.text(argument)
    return argument.type in {"string", "template_string"} and bool(SQL_TEXT.match(text[1:]))


def _dynamic_imports(reached: Reached) -> Iterator[Import]:
    """`import("…")` and `require("…")`; a computed one could be anything."""
    for region in reached.regions:
        tree = region.module.tree
        for node in _nodes(region.node):
            function = node.child_by_field_name("function") if node.type == "call_expression" else None
            if function is None or tree.text(function) not in {"import", "require"}:
                continue
            arguments = node.child_by_field_name("arguments")
            first = arguments.named_children[0] if arguments and arguments.named_children else None
            text = tree.text(first).strip("\"'`") if first else ""
            is_text = first is not None and first.type == "string"
            yield Import(text if is_text else f"cloudflare:{text}", tree.span(node))


def _nodes(start: Node) -> Iterator[Node]:
    """Every node below `start`, in the order of the text."""
    waiting = [start]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children))
