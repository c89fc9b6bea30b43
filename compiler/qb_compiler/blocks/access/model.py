"""Who may do it. All keys of one rule hold together; `any_of` needs one branch, `all_of` each."""

from collections.abc import Iterator
from enum import StrEnum

from qb_compiler.model.carried import Carried
from qb_compiler.model.literal import Json, Scalar
from qb_compiler.model.record import record
from qb_compiler.span import Span


class Operator(StrEnum):
    EQUALS = "equals"
    NOT_EQUALS = "notEquals"
    IN = "in"
    NOT_IN = "notIn"
    LESS_THAN = "lessThan"
    GREATER_THAN = "greaterThan"
    LESS_THAN_OR_EQUAL = "lessThanOrEqual"
    GREATER_THAN_OR_EQUAL = "greaterThanOrEqual"


@record
class ContextValue:
    """`$ctx.<path>`, read from the caller's context when the rule runs; `path` is without `$ctx.`."""

    path: str


@record
class Condition:
    """One comparison of a column. `values` has one entry, or the list of `in` / `notIn`."""

    column: str
    operator: Operator
    values: tuple[Scalar | ContextValue, ...]
    span: Span


@record
class RoleMention:
    """A role as the author wrote it (`admin+` included), where it stands."""

    name: str
    span: Span


@record
class RoleList:
    """A list of roles, read: `names` without pseudo-roles and with `role+` expanded."""

    names: tuple[str, ...]
    mentions: tuple[RoleMention, ...]
    public: bool = False
    authenticated: bool = False


@record
class Rule:
    """`roles` is None when the author gave none; `role+` is already expanded. `public` and `authenticated` are the
    pseudo-roles, taken out of `roles`; a rule that names nobody at all is read as `authenticated`. `function` is a
    rule in
    code: opaque to every analysis. `mentions` are this rule's own roles, as written."""

    span: Span
    roles: tuple[str, ...] | None = None
    public: bool = False
    authenticated: bool = False
    user_roles: tuple[str, ...] | None = None
    record: tuple[Condition, ...] = ()
    any_of: tuple["Rule", ...] = ()
    all_of: tuple["Rule", ...] = ()
    function: Carried | None = None
    written: Json = None
    mentions: tuple[RoleMention, ...] = ()

    @property
    def branches(self) -> tuple["Rule", ...]:
        return (*self.any_of, *self.all_of)

    @property
    def may_be_public(self) -> bool:
        """Whether the rule can hold for somebody who is not signed in."""
        return self.public or any(branch.may_be_public for branch in self.branches)

    @property
    def needs_record(self) -> bool:
        """Whether the rule looks at a row; a function may, so it counts."""
        return bool(self.record or self.function) or any(branch.needs_record for branch in self.branches)

    @property
    def has_conditions(self) -> bool:
        """Whether there are record conditions, which a query can hold as a function cannot."""
        return any(part.record for part in self.walk())

    @property
    def functions(self) -> tuple[Carried, ...]:
        """The author's code, be it the whole rule or branches of it."""
        return tuple(part.function for part in self.walk() if part.function)

    @property
    def all_roles(self) -> frozenset[str]:
        """Every organization role named anywhere in the rule."""
        found = frozenset(self.roles or ())
        return found.union(*(branch.all_roles for branch in self.branches))

    def walk(self) -> Iterator["Rule"]:
        """The rule and every branch below it."""
        yield self
        for branch in self.branches:
            yield from branch.walk()
