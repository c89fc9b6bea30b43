"""The file of a new table."""

from collections.abc import Iterator
from dataclasses import replace

from qb_compiler.blocks.masking.sensitive import sensitive_kind
from qb_compiler.targets.api.code import Code, Group, layout, object_, strings, text
from qb_mcp.operations.drafts.columns import DraftColumn
from qb_mcp.operations.drafts.scopes import COLUMNS, EVERYONE, FIREWALLS, READING, SEEING, WRITING
from qb_mcp.operations.drafts.wish import READS, WRITES, Draft, Wish


def draft_table(wish: Wish) -> Draft:
    """The definition with only what was asked for: no operation or field more. Without columns it has a name."""
    wish = wish if wish.columns else replace(wish, columns=(DraftColumn("name", "text", optional=False),))
    parts = [_imports(wish), _table(wish), *_roles(wish), _definition(wish)]
    return Draft(f"quickback/features/{wish.feature}/{wish.file}.ts", "\n\n".join(parts) + "\n", _notes(wish))


def _imports(wish: Wish) -> str:
    builders = sorted({"sqliteTable", "text", *(column.builder for column in wish.columns)})
    names = layout("import ", Group("{", tuple(builders), "}", spaced=True), ' from "drizzle-orm/sqlite-core";')
    return f'import {{ defineTable }} from "@quickback/compiler";\n{names}'


def _table(wish: Wish) -> str:
    set_by_server = [f'{name}: text("{column}").notNull()' for name, column in COLUMNS[wish.scope]]
    lines = ['id: text("id").primaryKey()', *set_by_server, *(column.definition for column in wish.columns)]
    body = "".join(f"  {line},\n" for line in lines)
    return f'export const {wish.variable} = sqliteTable("{wish.sql_name}", {{\n{body}}});'


def _roles(wish: Wish) -> Iterator[str]:
    """The lists of roles that the definition names."""
    if not wish.has_roles:
        return
    named = []
    if set(READS) & set(wish.operations):
        named.append(layout("const readers = ", strings(EVERYONE), ";"))
    if set(WRITES) & set(wish.operations) or (_masks(wish) and wish.scope == "organization"):
        named.append(layout("const writers = ", strings(wish.writers), ";"))
    yield "\n".join(named)


def _definition(wish: Wish) -> str:
    entries: list[tuple[str, Code]] = [("firewall", FIREWALLS[wish.scope])]
    if guards := _guards(wish):
        entries.append(("guards", object_(guards)))
    if masks := _masks(wish):
        entries.append(("masking", object_(masks)))
    rules: list[tuple[str, Code]] = [
        (operation, object_([("access", (READING if operation in READS else WRITING)[wish.scope])]))
        for operation in wish.operations
    ]
    entries.append(("crud", Group("{", object_(rules).items, "}", spaced=True, broken=len(rules) > 1)))
    body = "".join(f"  {layout(f'{name}: ', value, ',', 2)}\n" for name, value in entries)
    return f"export default defineTable({wish.variable}, {{\n{body}}});"


def _guards(wish: Wish) -> list[tuple[str, Code]]:
    """Every column may be sent by those who may write."""
    names = strings([column.name for column in wish.columns])
    lists = {"create": "createable", "update": "updatable"}
    return [(guard, names) for operation, guard in lists.items() if operation in wish.operations]


def _masks(wish: Wish) -> list[tuple[str, Code]]:
    """Columns whose names sound private are shown to those who work with them only."""
    seeing = SEEING[wish.scope]
    shown: list[tuple[str, Code]] = [("show", seeing)] if seeing else []
    kinds = [(c.name, sensitive_kind(c.name)) for c in wish.columns if c.type == "text"]
    return [(name, object_([("type", text(kind.value)), *shown])) for name, kind in kinds if kind]


def _notes(wish: Wish) -> tuple[str, ...]:
    masked = [name for name, _ in _masks(wish)]
    if not masked:
        return wish.notes
    who = "from everybody" if wish.scope in ("shared", "public") else "from others"
    return (*wish.notes, f"Masked {who}, as their names sound private: {', '.join(masked)}.")
