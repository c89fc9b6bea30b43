"""A part of a rule that changes nothing, because another part lets in everyone that it lets in."""

from collections.abc import Iterator
from itertools import permutations
from typing import ClassVar

from qb_compiler.analysis.exposure import rule_formula
from qb_compiler.analysis.formula import Formula
from qb_compiler.analysis.subjects import Subject
from qb_compiler.analysis.worlds import implies
from qb_compiler.blocks.access.model import Rule
from qb_compiler.diagnostics.diagnostic import Label, Level
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.record import record
from qb_compiler.model.resource import Resource

TOPIC = "compiler/definitions/access#rule-keys"


@record
class BranchShadowed(Problem):
    """A branch of `or` lets in nobody that another branch does not let in already.

    # What it means
    The rule would be the same without it. Often a condition was meant that the wider branch lacks.

    # Example
    or: [{ roles: ["admin", "member"] }, { roles: ["member"], record: { status: { equals: "draft" } } }]

    # Fix
    Remove the branch, or narrow the other one.

    # See
    compiler/definitions/access#rule-keys
    """

    code: ClassVar[str] = "QB4212"
    slug: ClassVar[str] = "rule-branch-shadowed"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = TOPIC

    wider: Label

    def message(self) -> str:
        return "this branch changes nothing: another branch lets in everyone that it lets in"

    def related(self) -> tuple[Label, ...]:
        return (self.wider,)

    def hint(self) -> str | None:
        return "remove it, or narrow the wider branch"


@record
class RoleShadowed(Problem):
    """A role stands beside `PUBLIC` or `AUTHENTICATED` in one list.

    # What it means
    The list lets in whoever holds one of its entries. Everyone who has a role is signed in, so the role changes
    nothing.

    # Example
    list: { access: { roles: ["PUBLIC", "admin"] } }

    # Fix
    Remove the roles, or remove the pseudo-role if only those roles are meant.

    # See
    compiler/definitions/public#pseudo-roles
    """

    code: ClassVar[str] = "QB4214"
    slug: ClassVar[str] = "role-shadowed"
    level: ClassVar[Level] = Level.WARNING
    docs: ClassVar[str] = "compiler/definitions/public#pseudo-roles"

    role: str
    pseudo: str

    def message(self) -> str:
        return f"`{self.role}` changes nothing: `{self.pseudo}` beside it lets in everyone"

    def hint(self) -> str | None:
        return f"remove `{self.pseudo}` if only the roles are meant"


PROBLEMS: tuple[type[Problem], ...] = (BranchShadowed, RoleShadowed)


def check_table(resource: Resource, callers: tuple[Subject, ...]) -> Iterator[Problem]:
    """Batches share the rule of their base operation: it is judged once."""
    for rule in {id(rule): rule for rule in resource.rules}.values():
        yield from _of(rule, callers)


def _of(rule: Rule, callers: tuple[Subject, ...]) -> Iterator[Problem]:
    for part in rule.walk():
        if part.mentions and (part.public or part.authenticated):
            first = part.mentions[0]
            yield RoleShadowed(first.span, first.name, "PUBLIC" if part.public else "AUTHENTICATED")
        yield from _branches(part, callers)


def _branches(rule: Rule, callers: tuple[Subject, ...]) -> Iterator[Problem]:
    formulas = [(branch, [rule_formula(caller, branch) for caller in callers]) for branch in rule.any_of]
    shadowed: list[Rule] = []
    for (branch, narrow), (other, wide) in permutations(formulas, 2):
        if branch not in shadowed and other not in shadowed and _covered(narrow, wide):
            shadowed.append(branch)
            yield BranchShadowed(branch.span, Label(other.span, "this branch"))


def _covered(narrow: list[Formula], wide: list[Formula]) -> bool:
    return all(implies(one, other) is True for one, other in zip(narrow, wide, strict=True))
