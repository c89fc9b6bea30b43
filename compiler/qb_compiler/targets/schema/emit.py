"""`src/features/<feature>/schema.ts`: the tables of one feature, their relations and row types."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from qb_compiler.blocks.columns.model import Table
from qb_compiler.blocks.relations.model import DrizzleRelations
from qb_compiler.model.carried import Carried
from qb_compiler.model.memory import Memory
from qb_compiler.model.project import Project
from qb_compiler.targets.carried import ModulePaths, import_names, module_paths, relative
from qb_compiler.targets.imports import import_statements
from qb_compiler.targets.schema.references import circular_pairs
from qb_compiler.targets.schema.storage import stored_tables
from qb_compiler.targets.schema.tables import Naming, builders_used, table_text, uses_sql

_CONSTANT = re.compile(r"(?:export\s+)?const\s+([\w$]+)")
DRIZZLE = "drizzle-orm"
SQLITE = "drizzle-orm/sqlite-core"


def schema_path(feature: str) -> str:
    return f"src/features/{feature}/schema.ts"


def emit_schemas(project: Project, memory: Memory) -> Iterator[tuple[str, str]]:
    """Path and text of every feature's schema; a feature without tables has none."""
    tables = stored_tables(project, memory)
    homes = {item.key: feature.name for feature in project.features for item in feature.tables}
    circular, paths = circular_pairs(tables), module_paths(project)
    for feature in project.features:
        own = tuple(table for table in tables if homes[table.key] == feature.name)
        given = (feature.name, own, feature.relations, circular, homes, paths)
        if own:
            make = partial(_schema, *given, memory)
            yield schema_path(feature.name), memory.recall("schema", feature.name, given, make)


def tables_module(tables: Iterable[Table]) -> str:
    """A module of tables that need nothing else, such as those of Better Auth."""
    shown = list(tables)
    circular = circular_pairs(shown)
    naming = Naming(lambda key: key, lambda source, target: (source, target) in circular)
    imports = {SQLITE: {name for table in shown for name in builders_used(table, naming)}}
    imports[DRIZZLE] = {"sql"} if any(uses_sql(table) for table in shown) else set()
    return "\n\n".join([import_statements(imports), *(table_text(table, naming) for table in shown)]) + "\n"


def _schema(
    feature: str,
    tables: tuple[Table, ...],
    declared_relations: tuple[DrizzleRelations, ...],
    circular: frozenset[tuple[str, str]],
    homes: Mapping[str, str],
    paths: ModulePaths,
    memory: Memory,
) -> str:
    path = schema_path(feature)
    naming = Naming(lambda key: key, lambda source, target: (source, target) in circular)
    carried = [piece for table in tables for piece in carried_in(table)]
    relations = [relation for relation in declared_relations if _within(relation, homes)]
    pieces = [*carried, *(relation.source for relation in relations)]
    imports = import_names(pieces, paths, path)
    imports.setdefault(SQLITE, set()).update(name for table in tables for name in builders_used(table, naming))
    if any(uses_sql(table) for table in tables):
        imports.setdefault(DRIZZLE, set()).add("sql")
    for target in foreign_tables(tables):
        if homes.get(target, feature) != feature:
            imports.setdefault(relative(path, schema_path(homes[target])[:-3]), set()).add(target)
    imports.pop(relative(path, path[:-3]), None)
    declarations = dict.fromkeys(text for piece in pieces for text in piece.declarations if not declared(text, homes))
    blocks = [
        import_statements(imports),
        *declarations,
        *(memory.recall("table text", t.key, (t, circular), partial(_declaration, t, naming)) for t in tables),
        *(f"export const {relation.export} = {relation.source.text};" for relation in relations),
    ]
    return "\n\n".join(blocks) + "\n"


def _declaration(table: Table, naming: Naming) -> str:
    return f"{table_text(table, naming)}\n{row_type(table)}"


def declared(declaration: str, homes: Mapping[str, str]) -> bool:
    """Whether a declaration that carried code uses is a table, which the schema prints itself."""
    found = _CONSTANT.match(declaration)
    return found is not None and found[1] in homes


def row_type(table: Table) -> str:
    return f"export type {table.key[:1].upper()}{table.key[1:]}Row = typeof {table.key}.$inferSelect;"


def carried_in(table: Table) -> Iterator[Carried]:
    """Every piece of the author's source inside the table."""
    for column in table.columns:
        yield from column.modifiers
        if column.custom:
            yield column.custom
        if column.default and column.default.source:
            yield column.default.source
    for index in table.indexes:
        yield from index.expressions
        if index.where:
            yield index.where
    yield from (check.condition for check in table.checks)


def foreign_tables(tables: Iterable[Table]) -> set[str]:
    found: set[str] = set()
    for table in tables:
        found.update(column.foreign_key.table for column in table.columns if column.foreign_key)
        found.update(key.table for key in table.foreign_keys)
    return found


def _within(relation: DrizzleRelations, homes: Mapping[str, str]) -> bool:
    """Relations whose tables are all in this database; one to a table elsewhere (`user`) has no meaning here."""
    named = {imported.name for imported in relation.source.imports if imported.file is not None}
    return relation.table in homes and named <= homes.keys()
