"""What one subject may do with one table, as formulas over the row."""

from qb_compiler.analysis.code import in_code
from qb_compiler.analysis.formula import FALSE, TRUE, Formula, RowFact, Truth, Unknown, conjunction, disjunction
from qb_compiler.analysis.subjects import Subject
from qb_compiler.blocks.access.model import Condition, ContextValue, Operator, Rule
from qb_compiler.blocks.actions.model import Transition
from qb_compiler.blocks.firewall.model import ErrorMode
from qb_compiler.blocks.masking.model import Mask
from qb_compiler.model.record import record
from qb_compiler.model.resource import Resource
from qb_compiler.span import Span


def present(subject: Subject, path: str) -> Formula:
    known = subject.may_have(path)
    return Unknown(f"$ctx.{path} is set") if known is None else Truth(known)


def compared(subject: Subject, condition: Condition) -> Formula:
    """A comparison: false when a context value it needs is missing."""
    needed = (value.path for value in condition.values if isinstance(value, ContextValue))
    return conjunction([RowFact(condition), *(present(subject, path) for path in needed)])


def equals(column: str, path: str, span: Span) -> Condition:
    return Condition(column, Operator.EQUALS, (ContextValue(path),), span)


def role_part(subject: Subject, rule: Rule) -> bool:
    """Roles, pseudo-roles and platform role of one rule object. One that names nobody says nothing about the caller:
    where no part says `PUBLIC`, the whole was read as asking for a signed-in one. Code is asked about those only."""
    if rule.user_roles is not None and subject.user_role not in rule.user_roles:
        return False
    if rule.public:
        return True
    if rule.roles is not None or rule.authenticated:
        return bool(subject.roles.intersection(rule.roles or ())) or (rule.authenticated and subject.signed_in)
    return subject.signed_in or rule.function is None


def rule_formula(subject: Subject, rule: Rule) -> Formula:
    """The rule for this subject: a constant, or what must hold of the row."""
    if not role_part(subject, rule):
        return FALSE
    parts = [compared(subject, condition) for condition in rule.record]
    parts += [rule_formula(subject, branch) for branch in rule.all_of]
    if rule.any_of:
        parts.append(disjunction(rule_formula(subject, branch) for branch in rule.any_of))
    if rule.function:
        span = rule.function.span
        place = f"the rule in code at {span.file.path}:{span.line}"
        parts.append(in_code(place, rule.function))
    return conjunction(parts)


def firewall_formula(subject: Subject, resource: Resource) -> Formula:
    """Which rows exist for this subject."""
    firewall = resource.firewall
    scopes = [scope for scope in (firewall.organization, firewall.team) if scope]
    parts = [compared(subject, equals(scope.column, scope.source, scope.span)) for scope in scopes]
    owner = firewall.owner
    if owner and not (owner.optional and subject.roles.intersection(owner.bypass_roles)):
        parts.append(compared(subject, equals(owner.column, owner.source, owner.span)))
    return conjunction([*parts, undeleted_formula(resource)])


def undeleted_formula(resource: Resource) -> Formula:
    """Rows that are not soft-deleted: the one part of the firewall that nobody leaves."""
    column, span = resource.firewall.soft_delete, resource.firewall.span
    return RowFact(Condition(column, Operator.EQUALS, (None,), span)) if column else TRUE


def revealed_formula(subject: Subject, resource: Resource) -> Formula:
    """In hide mode, the rows that `get` shows: about all others this subject only ever hears that they do not exist."""
    if resource.firewall.error_mode is ErrorMode.REVEAL:
        return TRUE
    reading = resource.reading.get
    return rule_formula(subject, reading.access) if reading else FALSE


def organization_formula(subject: Subject, resource: Resource) -> Formula:
    """Whether this subject has the organization that the table's routes ask for."""
    organization = resource.firewall.organization
    return present(subject, organization.source) if organization else TRUE


def acting_formula(subject: Subject, resource: Resource) -> Formula:
    """Whether this subject has all the context values that an action without a row asks for."""
    firewall = resource.firewall
    owner = firewall.owner if firewall.owner and not firewall.owner.optional else None
    scopes = [scope for scope in (firewall.organization, owner, firewall.team) if scope]
    return conjunction(present(subject, scope.source) for scope in scopes)


def insert_formula(subject: Subject, resource: Resource) -> Formula:
    """Whether this subject has all the context values that a new row is stamped with."""
    firewall = resource.firewall
    scopes = [scope for scope in (firewall.organization, firewall.owner, firewall.team) if scope]
    return conjunction(present(subject, scope.source) for scope in scopes)


def plain_formula(subject: Subject, resource: Resource, mask: Mask | None) -> Formula:
    """Of which rows this subject sees the value of a column as it is."""
    if mask is None or subject.roles.intersection(mask.show_roles):
        return TRUE
    owner = resource.masking.owner_column
    if mask.show_owner and owner:
        return compared(subject, equals(owner, "userId", mask.span))
    return FALSE


def transition_formula(transition: Transition | None) -> Formula:
    """That the input asks for a state to which the record's leads: the same fact as long as the steps are."""
    if transition is None:
        return TRUE
    steps = sorted(f"{step.state} to {target}" for step in transition.steps for target in step.targets)
    return Unknown(f"`input.{transition.via}` is a step that `transition` allows", (transition.column, *steps))


@record
class Exposure:
    """One cell: the rows in which the operation reaches the column, and those in which its value is plain.

    `hidden` is what is shown instead of it elsewhere; `powers` are what an action gets beyond the firewall.
    """

    rows: Formula
    plain: Formula
    hidden: Unknown | None = None
    powers: frozenset[str] = frozenset()

    @property
    def plain_rows(self) -> Formula:
        return conjunction([self.rows, self.plain])
