"""Holds the access matrix of a project to the model, cell by cell over rows that realise each condition."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from differential.access_rows import callers, rows_of
from differential.literals import literal, rule_value
from differential.printer import write_project
from differential.reach import WHO, Reach, reach, request_for
from differential.ruling import rules_of
from model.checking import creatable, updatable
from model.definition import Condition, Identity, InCode, Project, Row, Rule, Table
from model.rules import Caller, allows, caller_of, is_visible
from model.semantics import expected
from qb_compiler import check_project
from qb_compiler.analysis.formula import All, AnyOf, Formula, RowFact, Truth, Unknown, leaves
from qb_compiler.analysis.matrix import Cell, Verdict, access_matrix
from qb_compiler.blocks.access.model import ContextValue, Operator
from qb_compiler.model.project import Project as Compiled

LISTS = (Operator.IN, Operator.NOT_IN)


def compiled(group: Project) -> Compiled:
    """The compiler's reading of a group."""
    with tempfile.TemporaryDirectory() as folder:
        write_project(Path(folder), [group])
        result = check_project(Path(folder))
    assert result.project, [one.message for one in result.diagnostics if one.level.name == "ERROR"]
    return result.project


def problems(group: Project, count: int, seed: int) -> Iterator[str]:
    """Every cell in which matrix and model disagree."""
    cells = access_matrix(compiled(group))
    yield from tool_problems(group)
    for table in group.tables:
        rows = rows_of(table, count, seed)
        own = [cell for cell in cells if cell.table == table.name]
        yield from _column_problems(group, table, own)
        for whole in (cell for cell in own if cell.column is None):
            below = [c for c in own if c.column and (c.operation, c.subject) == (whole.operation, whole.subject)]
            for complaint in _cell_problems(group, table, whole, below, rows):
                yield f"{table.name} {whole.operation} for {whole.subject}: {complaint}"


def tool_problems(group: Project) -> Iterator[str]:
    """Every action without a table that the matrix opens to somebody else than the model does."""
    for tools in group.tools:
        table, rows = group.reached_by(tools), {one.name: list[Row]() for one in group.tables}
        for cell in (cell for cell in access_matrix(compiled(group)) if cell.table == f"feature {tools.feature}"):
            name = cell.operation.removeprefix("action ")
            asked = request_for(replace(group, tables=(table,)), table, cell.operation, "")
            asked = replace(asked, path=f"/{tools.feature}/{tools.actions[name].path or name}")
            for person in callers(group, cell.subject):
                allowed = expected(group, {WHO: person}, rows, asked).status < 300
                if cell.verdict is Verdict.UNDECIDED or allowed != is_true(
                    cell.exposure.rows, table, caller_of(group, person), {}
                ):
                    yield f"{cell.table} {name} for {cell.subject}: allowed is {allowed}, told is {cell.verdict}"


def _cell_problems(group: Project, table: Table, whole: Cell, below: list[Cell], rows: list[Row]) -> Iterator[str]:
    seen: list[tuple[Identity, Row, Reach]] = []
    for person in callers(group, whole.subject):
        seen += [(person, row, reach(group, table, whole.operation, person, row)) for row in rows]
    for person, row, found in seen:
        caller = caller_of(group, person)
        if found.allowed != is_true(whole.exposure.rows, table, caller, row):
            yield f"allowed is {found.allowed}, but the rows are `{whole.rows}`; row {row}, caller {caller}"
            return
    yield from _verdict_problems(group, table, whole, seen)
    for cell in below:
        yield from _value_problems(group, table, cell, seen)


def _verdict_problems(
    group: Project, table: Table, whole: Cell, seen: list[tuple[Identity, Row, Reach]]
) -> Iterator[str]:
    reached = [found.allowed for _, _, found in seen]
    visible = [found.allowed for person, row, found in seen if is_visible(table, row, caller_of(group, person))]
    if whole.verdict is Verdict.NO and any(reached):
        yield "the verdict is no"
    if whole.verdict is Verdict.YES and not all(visible):
        yield "the verdict is yes, but a row of the firewall is out of reach"
    is_open = any(isinstance(leaf, Unknown) for leaf in leaves(whole.exposure.rows))
    if whole.verdict is Verdict.SOME_ROWS and all(reached) and not is_open:
        yield "the verdict is some rows, but all are reached"


def _value_problems(group: Project, table: Table, cell: Cell, seen: list[tuple[Identity, Row, Reach]]) -> Iterator[str]:
    """Of reads: whether the column is shown, and shown as it is."""
    name = str(cell.column)
    for person, row, found in seen:
        if not found.columns or row[name] is None:
            continue
        caller = caller_of(group, person)
        plain = is_true(cell.exposure.plain_rows, table, caller, row)
        if name not in found.columns or plain != (name in found.plain):
            yield f"{name} is plain: {name in found.plain}, but verdict {cell.verdict}; row {row}, caller {caller}"
            return


def _column_problems(group: Project, table: Table, cells: list[Cell]) -> Iterator[str]:
    """Which columns an operation writes."""
    new = creatable(group, table) - {"id"}
    writes = {"create": new, "batchCreate": new, "put": new, "batchUpsert": new}
    writes |= {"update": updatable(table), "batchUpdate": updatable(table)}
    for operation in writes.keys() & {cell.operation for cell in cells if cell.column}:
        found = {cell.column for cell in cells if cell.column and cell.operation == operation}
        if found != writes[operation]:
            yield f"{table.name} {operation}: columns {sorted(found ^ writes[operation])}"


def is_true(formula: Formula, table: Table, caller: Caller, row: Row) -> bool:
    """A formula of the matrix on one row; what it leaves open is asked of the definition."""
    match formula:
        case Truth(value):
            return value
        case All(parts):
            return all(is_true(part, table, caller, row) for part in parts)
        case AnyOf(parts):
            return any(is_true(part, table, caller, row) for part in parts)
        case RowFact(condition):
            values = [f"$ctx.{v.path}" if isinstance(v, ContextValue) else v for v in condition.values]
            value = list(values) if condition.operator in LISTS else values[0]
            return allows(Rule(record=(Condition(condition.column, condition.operator, value),)), caller, table, row)
    if formula.name.startswith("$ctx."):
        return caller.team is not None
    if formula.name.startswith("`input."):
        return True  # some input is a step from every state that the rows of the action are in
    codes = {literal(rule_value(Rule(code=code))): code for rule in rules_of(table) for code in _codes(rule)}
    return allows(Rule(code=codes[formula.code[0]]), caller, table, row)


def _codes(rule: Rule) -> Iterator[InCode]:
    if rule.code:
        yield rule.code
    for branch in (*rule.any_of, *rule.all_of):
        yield from _codes(branch)
