"""The access matrix: subject x operation x column, with the reason for each cell."""

from collections.abc import Iterator
from enum import StrEnum

from qb_compiler.analysis.code import hiding
from qb_compiler.analysis.exposure import (
    Exposure,
    acting_formula,
    firewall_formula,
    insert_formula,
    plain_formula,
    revealed_formula,
    rule_formula,
    transition_formula,
    undeleted_formula,
)
from qb_compiler.analysis.formula import FALSE, TRUE, Formula, conjunction
from qb_compiler.analysis.operations import Operation, operations, tableless_operations
from qb_compiler.analysis.subjects import PLATFORM_ADMIN, Subject, subjects
from qb_compiler.analysis.words import describe
from qb_compiler.analysis.worlds import implies, satisfiable
from qb_compiler.model.project import Feature, Project
from qb_compiler.model.record import record
from qb_compiler.model.resource import Resource
from qb_compiler.span import Span


class Verdict(StrEnum):
    YES = "yes"
    SOME_ROWS = "some rows"
    MASKED = "masked"
    MASKED_UNLESS_OWNER = "masked unless owner"
    NO = "no"
    UNDECIDED = "undecided"


@record
class Cell:
    """`column` is None for the operation as a whole. `rows` are words; `span` is where the reason is.

    Actions without a table stand under `feature <name>`.
    """

    table: str
    operation: str
    subject: str
    column: str | None
    verdict: Verdict
    rows: str
    reason: str
    span: Span
    exposure: Exposure


def row_formula(subject: Subject, resource: Resource, operation: Operation) -> Formula:
    allowed = conjunction([rule_formula(subject, operation.access), transition_formula(operation.transition)])
    if operation.admin_only and subject.user_role != PLATFORM_ADMIN:
        return FALSE
    revealed = TRUE if operation.reads else revealed_formula(subject, resource)
    if operation.crosses_tenants:
        return allowed if operation.rowless else conjunction([undeleted_formula(resource), revealed, allowed])
    if operation.inserts:
        return conjunction([insert_formula(subject, resource), allowed])
    if operation.rowless:
        return conjunction([acting_formula(subject, resource), allowed])
    return conjunction([firewall_formula(subject, resource), revealed, allowed])


def operation_verdict(rows: Formula, firewall: Formula) -> Verdict:
    """All the rows that the firewall leaves (or more, across tenants) count as `yes`; fewer as `some rows`."""
    possible = satisfiable(rows)
    if possible is None:
        return Verdict.UNDECIDED
    if not possible:
        return Verdict.NO
    return Verdict.YES if implies(firewall, rows) else Verdict.SOME_ROWS


def operation_reason(subject: Subject, operation: Operation) -> str:
    if operation.admin_only and subject.user_role != PLATFORM_ADMIN:
        return "platform admins only"
    if rule_formula(subject, operation.access) == FALSE or operation.tableless:
        return "access"
    return "access, across tenants" if operation.crosses_tenants else "firewall and access"


def operation_cell(resource: Resource, operation: Operation, subject: Subject) -> Cell:
    rows = row_formula(subject, resource, operation)
    firewall = firewall_formula(subject, resource)
    verdict = operation_verdict(rows, firewall)
    reason = operation_reason(subject, operation)
    words = "none" if verdict is Verdict.NO else describe(rows)
    return Cell(
        resource.key,
        operation.name,
        subject.name,
        None,
        verdict,
        words,
        reason,
        operation.span,
        Exposure(rows, TRUE, powers=operation.powers),
    )


def column_cell(resource: Resource, operation: Operation, whole: Cell, subject: Subject, column: str) -> Cell:
    """One column of an operation that the subject may perform."""
    rows, words = whole.exposure.rows, whole.rows
    mask = resource.masking.mask(column) if operation.reads else None
    plain = plain_formula(subject, resource, mask)
    if mask is None or plain == TRUE:
        return Cell(
            resource.key, operation.name, subject.name, column, whole.verdict, words, operation.reason,
            operation.span, Exposure(rows, TRUE),
        )  # fmt: skip
    verdict = Verdict.MASKED if plain == FALSE else Verdict.MASKED_UNLESS_OWNER
    return Cell(
        resource.key, operation.name, subject.name, column, verdict, words, f"{mask.kind} mask", mask.span,
        Exposure(rows, plain, hiding(mask)),
    )  # fmt: skip


def resource_cells(resource: Resource, callers: tuple[Subject, ...]) -> Iterator[Cell]:
    for operation in operations(resource):
        for subject in callers:
            whole = operation_cell(resource, operation, subject)
            yield whole
            if whole.verdict is not Verdict.NO:
                yield from (column_cell(resource, operation, whole, subject, name) for name in operation.columns)


def feature_cells(feature: Feature, callers: tuple[Subject, ...]) -> Iterator[Cell]:
    """Actions without a table: their rule alone decides who gets through."""
    for operation in tableless_operations(feature):
        for subject in callers:
            refused = operation.admin_only and subject.user_role != PLATFORM_ADMIN
            allowed = FALSE if refused else rule_formula(subject, operation.access)
            verdict, reason = operation_verdict(allowed, TRUE), operation_reason(subject, operation)
            words = "none" if verdict is Verdict.NO else describe(allowed)
            yield Cell(
                f"feature {feature.name}", operation.name, subject.name, None, verdict, words, reason, operation.span,
                Exposure(allowed, TRUE, powers=operation.powers),
            )  # fmt: skip


def access_matrix(project: Project, table: str | None = None) -> tuple[Cell, ...]:
    """Every cell of one table (or of `feature <name>`), or of all; a column that no operation reaches has no cell."""
    callers = subjects(project)
    chosen = [resource for resource in project.resources if table in (None, resource.key, resource.route)]
    cells = [cell for resource in chosen for cell in resource_cells(resource, callers)]
    asked = [feature for feature in project.features if table in (None, f"feature {feature.name}")]
    return (*cells, *(cell for feature in asked for cell in feature_cells(feature, callers)))
