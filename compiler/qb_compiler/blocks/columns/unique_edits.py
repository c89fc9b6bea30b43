"""The edits that make a unique value unique per organization."""

import re

from qb_compiler.blocks.columns.model import Column, Index, Table
from qb_compiler.diagnostics.diagnostic import Edit
from qb_compiler.span import Span

UNIQUE = re.compile(r"\.unique\([^()]*\)")
IMPORT = re.compile(r'import\s*\{(?=[^}]*\}\s*from\s*["\']drizzle-orm/sqlite-core["\'])')


def scoped_index(table: Table, index: Index, scope: str) -> tuple[Edit, ...]:
    """Puts the scope in front of the index's columns."""
    place = index.span.text.find(".on(")
    if place < 0 or index.span.file is not table.file:
        return ()
    return (_insertion(index.span, place + len(".on("), f"{table.parameter}.{scope}, "),)


def scoped_column(table: Table, column: Column, scope: str) -> tuple[Edit, ...]:
    """Takes `.unique()` off the column and adds an index as the table's third argument, where there is none yet."""
    found = UNIQUE.search(column.span.text)
    behind = max((other.span.end for other in table.columns if _is_within(other.span, table.span)), default=0)
    end = table.file.text.rfind("}", behind, table.span.end)
    if not found or end < 0 or not _is_within(column.span, table.span) or "=>" in table.file.text[end : table.span.end]:
        return ()
    name = f"{table.sql_name}_{column.sql_name}_unique"
    added = f', (table) => [uniqueIndex("{name}").on(table.{scope}, table.{column.name})]'
    start = column.span.start + found.start()
    removed = Edit(Span(table.file, start, start + len(found[0])), "")
    index = Edit(Span(table.file, end + 1, end + 1), added)
    return (removed, index, *_import(table)) if _can_import(table) else ()


def _is_within(span: Span, outer: Span) -> bool:
    return span.file is outer.file and outer.start <= span.start and span.end <= outer.end and span != outer


def _can_import(table: Table) -> bool:
    return bool(IMPORT.search(table.file.text))


def _import(table: Table) -> tuple[Edit, ...]:
    found = IMPORT.search(table.file.text)
    if found is None or re.search(r"\buniqueIndex\b", table.file.text):
        return ()
    return (Edit(Span(table.file, found.end(), found.end()), " uniqueIndex,"),)


def _insertion(span: Span, offset: int, text: str) -> Edit:
    place = span.start + offset
    return Edit(Span(span.file, place, place), text)
