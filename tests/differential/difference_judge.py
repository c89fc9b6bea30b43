"""Holds what `diff` says of a change to what the model answers before and after it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from differential.access_rows import callers, rows_of
from differential.matrix_judge import compiled
from differential.reach import Reach, reach
from model.definition import Project, Row, Table
from model.rules import has_code
from qb_compiler.analysis.difference import Direction, difference
from qb_compiler.analysis.matrix import access_matrix

RULED = ("list", "get", "update", "delete")


def changed(group: Project, seed: int) -> Project:
    """The group with one rule, mask or error mode replaced."""
    chance = random.Random(seed)
    table = chance.choice([table for table in group.tables if not table.internal])
    way = chance.choice(["rule", "rule", "rule", "mask", "hide"])
    if way == "mask" and table.masking:
        name = chance.choice(sorted(table.masking))
        other = replace(table, masking={**table.masking, name: replace(table.masking[name], roles=())})
    elif way == "hide" and "get" in table.crud:
        other = replace(table, firewall=replace(table.firewall, hide=not table.firewall.hide, derived=False))
    else:
        other = _with_another_rule(table, chance)
    return replace(group, tables=tuple(other if one is table else one for one in group.tables))


def _with_another_rule(table: Table, chance: random.Random) -> Table:
    verbs = [verb for verb in RULED if verb in table.crud]
    target = chance.choice(verbs)
    fitting = [verb for verb in verbs if target != "list" or not has_code(table.crud[verb].access)]
    access = table.crud[chance.choice(fitting)].access
    return replace(table, crud={**table.crud, target: replace(table.crud[target], access=access)})


@dataclass(frozen=True)
class Moves:
    """What some row shows: whether something is reached only after the change, or only before it."""

    gained: bool
    lost: bool


def problems(before: Project, after: Project, count: int, seed: int) -> Iterator[str]:
    """Every cell whose direction the model contradicts."""
    old, new = compiled(before), compiled(after)
    told = {(c.table, c.operation, c.subject, c.column): c.direction for c in difference(old, new)}
    names = {(c.table, c.operation) for c in access_matrix(old)} & {(c.table, c.operation) for c in access_matrix(new)}
    subjects = {c.subject for c in access_matrix(old)} & {c.subject for c in access_matrix(new)}
    for table_name, operation in sorted((name, verb) for name, verb in names if not name.startswith("feature ")):
        table, other = before.table(table_name), after.table(table_name)
        rows = rows_of(table, count, seed) + rows_of(other, count, seed + 1)
        for subject in sorted(subjects):
            pairs = list(_pairs(before, after, table_name, operation, subject, rows))
            for column in (None, *table.names):
                direction = told.get((table_name, operation, subject, column))
                if wrong := _contradiction(direction, _moves(pairs, column)):
                    yield f"{table_name} {operation} {column} for {subject}: {wrong}, but told is {direction}"


def _pairs(
    before: Project, after: Project, table: str, operation: str, subject: str, rows: list[Row]
) -> Iterator[tuple[Reach, Reach]]:
    for person in callers(before, subject):
        for row in rows:
            yield (
                reach(before, before.table(table), operation, person, row),
                reach(after, after.table(table), operation, person, row),
            )


def _moves(pairs: list[tuple[Reach, Reach]], column: str | None) -> Moves:
    if column is None:
        reached = [(old.allowed, new.allowed) for old, new in pairs]
    else:
        reached = [(column in old.plain, column in new.plain) for old, new in pairs]
    return Moves(any(new and not old for old, new in reached), any(old and not new for old, new in reached))


def _contradiction(direction: Direction | None, moves: Moves) -> str:
    if moves.gained and direction in (None, Direction.NARROWER):
        return "something is gained"
    if moves.lost and direction in (None, Direction.WIDER):
        return "something is lost"
    return ""
