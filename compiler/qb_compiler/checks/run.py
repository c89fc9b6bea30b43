"""The list of all rules."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

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
from qb_compiler.model.project import Project

Check: TypeAlias = Callable[[Project], Iterator[Problem]]

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
    unique_masked,
    rule_satisfiable,
    rule_shadowed,
)
CHECKS: tuple[Check, ...] = tuple(rule.check for rule in RULES)
PROBLEMS: tuple[type[Problem], ...] = tuple(problem for rule in RULES for problem in rule.PROBLEMS)


def run_checks(project: Project, problems: Problems) -> None:
    """Runs every rule; they do not depend on one another."""
    for check in CHECKS:
        problems.extend(check(project))
