"""The list of all rules."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from qb_compiler.checks import unknown_role
from qb_compiler.diagnostics.problem import Problem, Problems
from qb_compiler.model.project import Project

Check: TypeAlias = Callable[[Project], Iterator[Problem]]

RULES = (unknown_role,)
CHECKS: tuple[Check, ...] = tuple(rule.check for rule in RULES)
PROBLEMS: tuple[type[Problem], ...] = tuple(problem for rule in RULES for problem in rule.PROBLEMS)


def run_checks(project: Project, problems: Problems) -> None:
    """Runs every rule; they do not depend on one another."""
    for check in CHECKS:
        problems.extend(check(project))
