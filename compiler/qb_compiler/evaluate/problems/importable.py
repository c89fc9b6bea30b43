"""Names that a definition usually imports: whoever forgets the import is told which line to write."""

COMPILER = "defineConfig defineTable defineActions defineResource defineRealtime definePage defineQueue defineEmbedding"
PROVIDERS = "defineRuntime defineDatabase defineAuth defineStorage defineSchedule"
SQLITE = "sqliteTable integer text real numeric blob index uniqueIndex primaryKey foreignKey unique check"
OPERATORS = "sql eq ne and or not gt gte lt lte isNull isNotNull inArray like desc asc relations"

MODULES = {
    **dict.fromkeys(f"{COMPILER} {PROVIDERS}".split(), "@quickback/compiler"),
    **dict.fromkeys(SQLITE.split(), "drizzle-orm/sqlite-core"),
    **dict.fromkeys(OPERATORS.split(), "drizzle-orm"),
    "z": "zod",
}


def import_line(name: str) -> str:
    """`import { name } from "…";`, or nothing for a name of no known module."""
    return f'import {{ {name} }} from "{MODULES[name]}";' if name in MODULES else ""
