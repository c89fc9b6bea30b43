"""Formulas in words, for people and assistants."""

from qb_compiler.analysis.formula import All, AnyOf, Formula, RowFact, Truth
from qb_compiler.blocks.access.model import Condition, ContextValue, Operator
from qb_compiler.model.literal import Scalar

SIGNS = {
    Operator.EQUALS: "=",
    Operator.NOT_EQUALS: "!=",
    Operator.IN: "in",
    Operator.NOT_IN: "not in",
    Operator.LESS_THAN: "<",
    Operator.GREATER_THAN: ">",
    Operator.LESS_THAN_OR_EQUAL: "<=",
    Operator.GREATER_THAN_OR_EQUAL: ">=",
}
CONTEXT = {"userId": "the caller", "activeOrgId": "the caller's organization", "activeTeamId": "the caller's team"}
LITERALS: dict[Scalar, str] = {None: "null"}


def operand(value: Scalar | ContextValue) -> str:
    if isinstance(value, ContextValue):
        return CONTEXT.get(value.path, f"$ctx.{value.path}")
    if isinstance(value, bool):
        return "true" if value else "false"
    return LITERALS.get(value, f'"{value}"' if isinstance(value, str) else str(value))


def comparison(condition: Condition) -> str:
    values = [operand(value) for value in condition.values]
    is_list = condition.operator in {Operator.IN, Operator.NOT_IN}
    right = f"({', '.join(values)})" if is_list else values[0]
    return f"{condition.column} {SIGNS[condition.operator]} {right}"


def describe(formula: Formula, nested: bool = False) -> str:
    """`organizationId = the caller's organization and deletedAt = null`; `any row` for no condition at all."""
    if isinstance(formula, Truth):
        return "any row" if formula.value else "no row"
    if isinstance(formula, RowFact):
        return comparison(formula.condition)
    if isinstance(formula, All | AnyOf):
        word = " and " if isinstance(formula, All) else " or "
        text = word.join(describe(part, nested=True) for part in formula.parts)
        return f"({text})" if nested else text
    return formula.name
