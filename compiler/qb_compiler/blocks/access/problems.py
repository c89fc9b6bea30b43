"""What can be wrong with an access rule by itself."""

from typing import ClassVar

from qb_compiler.diagnostics.diagnostic import Edit
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.shape import MissingKey, NamesUnknown, Shape, UnknownColumn, UnknownKey, WrongValue
from qb_compiler.model.record import record

TOPIC = "compiler/definitions/access"


@record
class UnknownAccessOption(UnknownKey):
    """An access rule has a key that does not exist.

    # What it means
    A rule is made of `roles`, `userRole`, `record`, `or` and `and`. Anything else would be a
    condition that is never checked.

    # Example
    list: { access: { role: ["admin"] } }

    # Fix
    Write the key as the suggestion says.

    # See
    compiler/definitions/access#rule-keys
    """

    code: ClassVar[str] = "QB3201"
    slug: ClassVar[str] = "access-unknown-option"
    docs: ClassVar[str] = f"{TOPIC}#rule-keys"


@record
class WrongAccessValue(WrongValue):
    """A part of an access rule has the wrong type.

    # What it means
    The rule cannot be read, so the compiler refuses to guess who would be let in.

    # Example
    list: { access: { roles: "admin" } }

    # Fix
    Write a value of the kind that the message names: `roles: ["admin"]`.

    # See
    compiler/definitions/access#rule-keys
    """

    code: ClassVar[str] = "QB3202"
    slug: ClassVar[str] = "access-wrong-value"
    docs: ClassVar[str] = f"{TOPIC}#rule-keys"


@record
class MissingAccessPart(MissingKey):
    """A part of an access rule is missing.

    # What it means
    A condition on a column needs an operator and a value.

    # Example
    record: { status: {} }

    # Fix
    Write an operator: `status: { equals: "draft" }`.

    # See
    compiler/definitions/access#record-conditions
    """

    code: ClassVar[str] = "QB3203"
    slug: ClassVar[str] = "access-missing-part"
    docs: ClassVar[str] = f"{TOPIC}#record-conditions"


SHAPE = Shape(WrongAccessValue, UnknownAccessOption, MissingAccessPart)


@record
class EmptyRule(Problem):
    """A rule, or a list in it, is empty.

    # What it means
    It is unclear whether nobody or everybody is meant, so neither is assumed.

    # Example
    list: { access: { roles: [] } }

    # Fix
    Name the roles. For every signed-in user write `roles: ["AUTHENTICATED"]`, for everyone `roles: ["PUBLIC"]`.

    # See
    compiler/definitions/public#pseudo-roles
    """

    code: ClassVar[str] = "QB3210"
    slug: ClassVar[str] = "access-empty-rule"
    docs: ClassVar[str] = "compiler/definitions/public#pseudo-roles"

    owner: str

    def message(self) -> str:
        return f"`{self.owner}` is empty, so it says nothing about who may pass"

    def hint(self) -> str | None:
        return 'name the roles, or write `roles: ["AUTHENTICATED"]` for every signed-in user'


@record
class UnknownOperator(NamesUnknown):
    """A record condition uses an operator that does not exist.

    # What it means
    An unknown operator would never hold, or always; both are worse than an error.

    # Example
    record: { status: { equal: "draft" } }

    # Fix
    Use equals, notEquals, in, notIn, lessThan, greaterThan, lessThanOrEqual or greaterThanOrEqual.

    # See
    compiler/definitions/access#record-conditions
    """

    code: ClassVar[str] = "QB3211"
    slug: ClassVar[str] = "access-unknown-operator"
    docs: ClassVar[str] = f"{TOPIC}#record-conditions"

    def message(self) -> str:
        return f"there is no operator `{self.name}`"


@record
class UnknownContextValue(NamesUnknown):
    """A value that starts with `$` names nothing in the caller's context.

    # What it means
    `$ctx.…` values are read from the caller when the rule runs. A misspelled one would be undefined
    there and never match.

    # Example
    record: { ownerId: { equals: "$ctx.userID" } }

    # Fix
    Use one of the context values that the message lists.

    # See
    compiler/definitions/context#values
    """

    code: ClassVar[str] = "QB3212"
    slug: ClassVar[str] = "access-unknown-context-value"
    docs: ClassVar[str] = "compiler/definitions/context#values"

    def message(self) -> str:
        return f"`{self.name}` is not part of the caller's context"


@record
class ConditionMisfit(Problem):
    """A record condition compares a column with a value it can never hold, or by a senseless operator.

    # What it means
    The condition would never be true (or always), whatever the row says.

    # Example
    record: { isOpen: { greaterThan: true } }

    # Fix
    Compare with a value of the column's type; booleans only by equality.

    # See
    compiler/definitions/access#record-conditions
    """

    code: ClassVar[str] = "QB4203"
    slug: ClassVar[str] = "access-condition-misfit"
    docs: ClassVar[str] = f"{TOPIC}#record-conditions"

    column: str
    why: str
    mending: tuple[Edit, ...] = ()

    def message(self) -> str:
        return f"this condition does not fit the column `{self.column}`"

    def label(self) -> str:
        return self.why

    def hint(self) -> str | None:
        if self.mending:
            return f"did you mean `{self.mending[0].replacement}`?"
        return f"compare `{self.column}` with a value, and by an operator, of its type"

    def edits(self) -> tuple[Edit, ...]:
        return self.mending


@record
class UnknownConditionColumn(UnknownColumn):
    """A record condition names a column that the table does not have.

    # What it means
    The condition could never be checked.

    # Example
    record: { onwerId: { equals: "$ctx.userId" } }

    # Fix
    Write the column as the table declares it.

    # See
    compiler/definitions/access#record-conditions
    """

    code: ClassVar[str] = "QB4204"
    slug: ClassVar[str] = "access-unknown-column"
    docs: ClassVar[str] = f"{TOPIC}#record-conditions"


@record
class StarRole(Problem):
    """`"*"` is used as a role.

    # What it means
    It could mean everyone on the internet or everyone who is signed in. These are two different things.

    # Example
    list: { access: { roles: ["*"] } }

    # Fix
    Write `"AUTHENTICATED"` for every signed-in user, or `"PUBLIC"` for everyone.

    # See
    compiler/definitions/public#pseudo-roles
    """

    code: ClassVar[str] = "QB3213"
    slug: ClassVar[str] = "access-star-role"
    docs: ClassVar[str] = "compiler/definitions/public#pseudo-roles"

    def message(self) -> str:
        return '`"*"` is not a role'

    def hint(self) -> str | None:
        return 'write `"AUTHENTICATED"` for every signed-in user, or `"PUBLIC"` for everyone, signed in or not'


@record
class PseudoRoleMisplaced(Problem):
    """`PUBLIC` or `AUTHENTICATED` stands where only organization roles are meant.

    # What it means
    A mask that everyone may see through masks nothing; the other places compare with a member's role.

    # Example
    masking: { email: { type: "email", show: { roles: ["PUBLIC"] } } }

    # Fix
    Name organization roles, or remove the rule.

    # See
    compiler/definitions/public#pseudo-roles
    """

    code: ClassVar[str] = "QB3214"
    slug: ClassVar[str] = "pseudo-role-misplaced"
    docs: ClassVar[str] = "compiler/definitions/public#pseudo-roles"

    owner: str
    name: str

    def message(self) -> str:
        return f"`{self.owner}` takes organization roles, not `{self.name}`"

    def hint(self) -> str | None:
        return "name organization roles, such as `owner`, `admin` or `member`"


@record
class NoRoleHierarchy(Problem):
    """`role+` is used, but the config declares no role hierarchy with that role.

    # What it means
    `admin+` stands for admin and every role above it. Without `auth.roleHierarchy` there is no "above".

    # Example
    list: { access: { roles: ["member+"] } }

    # Fix
    Declare `auth: { roleHierarchy: ["member", "admin", "owner"] }` in the config, lowest first, or list the
    roles.

    # See
    compiler/definitions/roles#custom-roles
    """

    code: ClassVar[str] = "QB3215"
    slug: ClassVar[str] = "role-hierarchy-missing"
    docs: ClassVar[str] = "compiler/definitions/roles#custom-roles"

    role: str
    hierarchy: tuple[str, ...]

    def message(self) -> str:
        return f"`{self.role}+` needs `{self.role}` in `auth.roleHierarchy`"

    def hint(self) -> str | None:
        if self.hierarchy:
            return f"the hierarchy is {', '.join(self.hierarchy)}"
        return 'declare `auth: { roleHierarchy: ["member", "admin", "owner"] }` in quickback.config.ts'


PROBLEMS: tuple[type[Problem], ...] = (
    UnknownAccessOption,
    WrongAccessValue,
    MissingAccessPart,
    EmptyRule,
    UnknownOperator,
    UnknownContextValue,
    StarRole,
    PseudoRoleMisplaced,
    NoRoleHierarchy,
    UnknownConditionColumn,
    ConditionMisfit,
)
