"""Rows and callers that realise every condition of a definition: literals, what is beside them, null, strangers."""

import random
from collections.abc import Iterator
from dataclasses import replace

from differential.rows import values_of
from differential.ruling import IN_CODE, rules_of
from model.definition import Condition, Identity, Project, Row, Rule, Table

ME, OTHER, TIME = "me", "somebody else", "2026-01-05T00:00:00.000Z"


def callers(project: Project, subject: str) -> list[Identity]:
    """Whoever the access matrix calls so: in a team and in none."""
    if subject == "anonymous":
        return [Identity()]
    role, _, platform = subject.partition(" + ")
    if not project.organizations:
        return [Identity(ME, role)]
    person = Identity(ME, platform or "user")
    if role == "signed-in":
        return [person]
    member = replace(person, memberships={"A": (role,)}, active_org="A")
    return [member, replace(member, active_team="T1", teams=("T1",))] if project.teams else [member]


def rows_of(table: Table, count: int, seed: int) -> list[Row]:
    """Random rows whose values matter to the rules; the caller's own and those of others."""
    chance = random.Random(seed)
    literals = _literals(table)
    return [_row(table, chance, literals) for _ in range(count)]


def _row(table: Table, chance: random.Random, literals: dict[str, list[object]]) -> Row:
    firewall = table.firewall
    usual = {firewall.organization: ["A", "A", "A", "B"], firewall.team: ["T1", "T1", "T2"]}
    usual[firewall.owner] = [ME, ME, OTHER]
    row: Row = {"id": "row"}
    for column in table.columns:
        if column.name in usual:
            row[column.name] = chance.choice(usual[column.name])
        elif column.target or column.unique or column.name == "slug":
            row[column.name] = None
        else:
            empty = [] if column.not_null else [None]
            row[column.name] = chance.choice([*values_of(column), *literals.get(column.name, []) * 2, *empty])
    by = chance.choice([ME, OTHER])
    row |= {"createdAt": TIME, "createdBy": by, "modifiedAt": TIME, "modifiedBy": by}
    return row | ({"deletedAt": chance.choice([None] * 7 + [TIME]), "deletedBy": None} if table.soft else {})


def _literals(table: Table) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for rule in rules_of(table):
        for condition in conditions_of(rule):
            values = condition.value if isinstance(condition.value, list) else [condition.value]
            told = (value for value in values if value is not None and not str(value).startswith("$"))
            found.setdefault(condition.column, []).extend(told)
    for name, values in IN_CODE.items():
        found.setdefault(name, []).extend(values)
    return found


def conditions_of(rule: Rule) -> Iterator[Condition]:
    """Every condition in a rule."""
    yield from rule.record
    for branch in (*rule.any_of, *rule.all_of):
        yield from conditions_of(branch)
