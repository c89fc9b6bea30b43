"""Reads every table of the project before anything else, because the blocks of one table name columns of another."""

from collections.abc import Mapping
from functools import partial

from qb_compiler.blocks.columns.column import ColumnReader
from qb_compiler.blocks.columns.model import Dialect, Table
from qb_compiler.blocks.columns.problems import NotExported, SeveralTables
from qb_compiler.blocks.columns.read import DeclaredTable, check_references, read_table
from qb_compiler.blocks.files import Declared, Definition, FeatureFiles
from qb_compiler.blocks.names import file_name
from qb_compiler.config.model import Config
from qb_compiler.config.problems import DialectMismatch
from qb_compiler.diagnostics.diagnostic import Label
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.evaluate.functions import call, is_function
from qb_compiler.evaluate.values import CodeValue, Value
from qb_compiler.model.memory import Memory
from qb_compiler.model.record import record
from qb_compiler.span import Place, Span


@record
class Known:
    """A table that was read, and where it was declared."""

    declared: Declared
    read: DeclaredTable

    @property
    def table(self) -> Table:
        return self.read.table


def read_tables(
    features: tuple[FeatureFiles, ...], config: Config, problems: Problems, memory: Memory
) -> Mapping[Place, Known]:
    """Every table by the place of its declaration."""
    declared = [table for feature in features for table in feature.tables]
    places = {table.call.span.key: table.key for table in declared}
    known: dict[Place, Known] = {}
    for table in declared:
        about, read_one = f"{table.feature}/{table.key}", partial(_read_table, table, config)
        read, found = memory.recall_asking("table", about, (table, config), places, read_one)
        problems.include(found)
        if read:
            known[table.call.span.key] = read
    by_key = {entry.table.key: entry.table for entry in known.values()}
    for entry in known.values():
        check_references(entry.table, by_key, problems)
    return known


def _read_table(table: Declared, config: Config, places: Mapping[Place, str]) -> tuple[Known | None, Problems]:
    problems = Problems()
    if not table.exported:
        problems.report(NotExported(table.call.span, _declaration(table)))
    read = read_table(table.key, table.call, ColumnReader(places, _applied, problems), is_feature=table.is_feature)
    if read:
        _check_dialect(read.table, config, problems)
    return Known(table, read) if read else None, problems


def _declaration(table: Declared) -> Span | None:
    """The place in front of the `const` that declares a table."""
    start = table.file.text.rfind("const", 0, table.call.span.start)
    return Span(table.file, start, start) if start >= 0 else None


def _applied(function: CodeValue, arguments: tuple[Value, ...]) -> Value | None:
    return call(function, arguments, function.span) if is_function(function) else None


def _check_dialect(table: Table, config: Config, problems: Problems) -> None:
    if table.dialect is not Dialect.SQLITE:
        name = "PostgreSQL" if table.dialect is Dialect.POSTGRES else "MySQL"
        span = table.span
        problems.report(DialectMismatch(span, table.key, name, config.database.name))


def tables_by_file(tables: Mapping[Place, Known]) -> Mapping[str, tuple[Known, ...]]:
    """The tables that each file declares."""
    found: dict[str, tuple[Known, ...]] = {}
    for known in tables.values():
        path = known.declared.file.path
        found[path] = (*found.get(path, ()), known)
    return found


def check_one_table(definition: Definition, known: Known, beside: tuple[Known, ...], problems: Problems) -> None:
    """Reports every other table in the file of a `defineTable`."""
    here = Label(definition.place, "this file is the boundary of one table")
    for other in beside:
        if other is not known:
            name = file_name(other.table.key)
            problems.report(SeveralTables(other.table.span, other.table.key, known.table.key, name, (here,)))
