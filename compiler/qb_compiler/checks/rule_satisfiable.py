"""A rule that nobody can ever satisfy, by itself or together with the firewall."""

from collections.abc import Iterator
from typing import ClassVar

from qb_compiler.analysis.exposure import firewall_formula, rule_formula
from qb_compiler.analysis.formula import Formula, conjunction, leaves
from qb_compiler.analysis.operations import Operation, operations
from qb_compiler.analysis.subjects import Subject
from qb_compiler.analysis.worlds import satisfiable, worlds
from qb_compiler.blocks.access.model import Rule
from qb_compiler.diagnostics.diagnostic import Level
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.record import record
from qb_compiler.model.resource import Resource

TOPIC = "compiler/definitions/access#record-conditions"


@record
class RuleUnsatisfiable(Problem):
    """Nobody can ever satisfy an access rule.

    # What it means
    The conditions contradict each other: whatever the row holds and whoever calls, the rule is false. Found by
    trying every combination, not by guessing.

    # Example
    access: { roles: ["admin"], record: { status: { equals: "open", notEquals: "open" } } }

    # Fix
    Remove one of the conditions, or write them as alternatives with `or`.

    # See
    compiler/definitions/access#record-conditions
    """

    code: ClassVar[str] = "QB4210"
    slug: ClassVar[str] = "rule-unsatisfiable"
    docs: ClassVar[str] = TOPIC

    operation: str

    def message(self) -> str:
        return f"nobody can ever satisfy the rule of `{self.operation}`: its conditions contradict each other"

    def hint(self) -> str | None:
        return "remove one of the conditions, or write them as alternatives: `or: [{ … }, { … }]`"


@record
class OperationUnreachable(Problem):
    """A rule can be satisfied, but never by a row that the firewall lets through.

    # What it means
    The rule asks for rows that do not exist for the caller, such as deleted ones. The operation always answers "not
    visible", a list or a view is always empty.

    # Example
    views: { trash: { fields: ["id"], access: { roles: ["admin"], record: { deletedAt: { notEquals: null } } } } }

    # Fix
    Change the condition, or remove the operation.

    # See
    compiler/definitions/access#record-conditions
    """

    code: ClassVar[str] = "QB4211"
    slug: ClassVar[str] = "operation-unreachable"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = TOPIC

    operation: str

    def message(self) -> str:
        return f"`{self.operation}` can never reach a row: the firewall hides every row that its rule allows"

    def hint(self) -> str | None:
        return f"change the condition of `{self.operation}`, or remove it"


@record
class ConditionsAlwaysTrue(Problem):
    """The record conditions of a rule exclude no row.

    # What it means
    Whatever the row holds, the conditions are true for somebody who may use the operation. The rule looks narrower
    than it is.

    # Example
    or: [{ record: { closedAt: { equals: null } } }, { record: { closedAt: { notEquals: null } } }]

    # Fix
    Remove the conditions, or write the one that was meant.

    # See
    compiler/definitions/access#record-conditions
    """

    code: ClassVar[str] = "QB4213"
    slug: ClassVar[str] = "conditions-always-true"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = TOPIC

    operation: str

    def message(self) -> str:
        return f"the record conditions of `{self.operation}` exclude no row"

    def hint(self) -> str | None:
        return "remove them, or write the condition that was meant"


PROBLEMS: tuple[type[Problem], ...] = (RuleUnsatisfiable, OperationUnreachable, ConditionsAlwaysTrue)


def check_table(resource: Resource, callers: tuple[Subject, ...]) -> Iterator[Problem]:
    """Batches share the rule of their base operation: it is judged once."""
    seen: set[int] = set()
    for operation in operations(resource):
        rule = operation.access
        if id(rule) not in seen and _has_conditions(rule):
            seen.add(id(rule))
            yield from _judged(operation, resource, callers)


def _has_conditions(rule: Rule) -> bool:
    """A rule of roles alone is satisfied by whoever holds one."""
    return any(branch.record or branch.all_of for branch in rule.walk())


def _judged(operation: Operation, resource: Resource, callers: tuple[Subject, ...]) -> Iterator[Problem]:
    rules = [rule_formula(caller, operation.access) for caller in callers]
    if _never(rules):
        yield RuleUnsatisfiable(operation.span, operation.name)
    elif any(_always(rule) for rule in rules):
        yield ConditionsAlwaysTrue(operation.span, operation.name)
    elif not (operation.inserts or operation.rowless) and _never(
        conjunction([rule, firewall_formula(caller, resource)]) for rule, caller in zip(rules, callers, strict=True)
    ):
        yield OperationUnreachable(operation.span, operation.name)


def _never(formulas: "Iterator[Formula] | list[Formula]") -> bool:
    """Certainly false for every caller; what cannot be decided is not claimed."""
    return all(satisfiable(formula) is False for formula in formulas)


def _always(formula: Formula) -> bool:
    """Whether a formula that speaks about the row is true of every row."""
    space = worlds(formula) if any(True for _ in leaves(formula)) else None
    return space is not None and space.table(formula) == space.full
