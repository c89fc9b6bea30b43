"""The list of all rules."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeAlias

from qb_compiler.analysis.subjects import Subject, subjects
from qb_compiler.checks import (
    cascade_from_exception,
    duplicate_route,
    duplicate_table,
    id_misfit,
    label_masked,
    public_on_scoped,
    role_never_granted,
    roles_on_exception,
    rule_satisfiable,
    rule_shadowed,
    unique_masked,
    unknown_action,
    unknown_role,
)
from qb_compiler.diagnostics.problem import Problem, Problems
from qb_compiler.model.memory import Memory
from qb_compiler.model.project import Project
from qb_compiler.model.resource import Resource

Check: TypeAlias = Callable[[Project], Iterator[Problem]]
TableCheck: TypeAlias = Callable[[Resource, tuple[Subject, ...]], Iterator[Problem]]

RULES = (
    duplicate_table,
    duplicate_route,
    id_misfit,
    unknown_role,
    role_never_granted,
    roles_on_exception,
    public_on_scoped,
    unknown_action,
    cascade_from_exception,
    label_masked,
)
TABLE_RULES = (rule_satisfiable, rule_shadowed, unique_masked)
"""Rules that decide formulas: they see one table at a time, so that their answers can be remembered."""

CHECKS: tuple[Check, ...] = tuple(rule.check for rule in RULES)
TABLE_CHECKS: tuple[TableCheck, ...] = tuple(rule.check_table for rule in TABLE_RULES)
PROBLEMS: tuple[type[Problem], ...] = tuple(problem for rule in (*RULES, *TABLE_RULES) for problem in rule.PROBLEMS)


def run_checks(project: Project, problems: Problems, memory: Memory) -> None:
    """Runs every rule; they do not depend on one another."""
    for check in CHECKS:
        problems.extend(check(project))
    callers = subjects(project)
    for resource in project.resources:
        found = memory.recall("checks", resource.key, (resource, callers), partial(_check_table, resource, callers))
        problems.extend(found)


def _check_table(resource: Resource, callers: tuple[Subject, ...]) -> tuple[Problem, ...]:
    return tuple(problem for check in TABLE_CHECKS for problem in check(resource, callers))
