"""Reads an access rule: an object of conditions that hold together, or a function."""

from dataclasses import replace

from qb_compiler.blocks.access.conditions import ConditionReader
from qb_compiler.blocks.access.model import Condition, RoleList, Rule
from qb_compiler.blocks.access.problems import SHAPE, EmptyRule
from qb_compiler.blocks.access.roles import RoleReader
from qb_compiler.blocks.code import as_expression, is_function
from qb_compiler.blocks.columns.model import Table
from qb_compiler.diagnostics.diagnostic import Edit
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.evaluate.decode import Fields, Reader, plain
from qb_compiler.evaluate.values import ArrayValue, CodeValue, ObjectValue, StringValue, Value
from qb_compiler.model.record import record

FUNCTIONS = frozenset(
    {"arrow_function", "function_expression", "function", "method_definition", "function_declaration"}
)
EXPECTED = 'a rule such as `{ roles: ["owner", "admin"] }`'


@record
class RuleReader:
    """`table` is None where no record exists, such as in a tableless action."""

    table: Table | None
    roles: RoleReader
    problems: Problems

    @property
    def reader(self) -> Reader:
        return Reader(SHAPE, self.problems)

    def rule(self, value: Value, owner: str) -> Rule | None:
        """The rule; one that names nobody asks for a signed-in caller."""
        rule = self._rule(value, owner)
        return replace(rule, authenticated=True) if rule and open_to_anyone(rule) else rule

    def _rule(self, value: Value, owner: str) -> Rule | None:
        if isinstance(value, CodeValue) and is_function(value):
            return Rule(value.span, function=as_expression(value), written=value.span.text)
        if not isinstance(value, ObjectValue):
            self._not_a_rule(value, owner)
            return None
        if not value.entries:
            self.problems.report(EmptyRule(value.span, owner))
            return None
        return self._object(value, owner)

    def _not_a_rule(self, value: Value, owner: str) -> None:
        text = value.span.text
        mending: tuple[Edit, ...] = ()
        if isinstance(value, StringValue):
            mending = (Edit(value.span, f"{{ roles: [{text}] }}"),)
        elif isinstance(value, ArrayValue) and all(isinstance(item, StringValue) for item in value.items):
            mending = (Edit(value.span, f"{{ roles: {text} }}"),)
        self.reader.wrong(value, owner, EXPECTED, mending)

    def _object(self, value: ObjectValue, owner: str) -> Rule:
        fields = Fields(self.reader, value, owner, value.span)
        roles = fields.read("roles", self.roles.roles)
        rule = Rule(
            value.span,
            roles=_organization_roles(roles),
            public=bool(roles and roles.public),
            authenticated=bool(roles and roles.authenticated),
            user_roles=fields.read("userRole", self._user_roles),
            record=fields.read("record", self._record) or (),
            any_of=fields.read("or", self._branches) or (),
            all_of=fields.read("and", self._branches) or (),
            written=plain(value),
            mentions=roles.mentions if roles else (),
        )
        fields.finish()
        return rule

    def _record(self, value: Value, owner: str) -> tuple[Condition, ...]:
        if self.table is None:
            self.reader.wrong(value, owner, "left out: there is no record here")
            return ()
        if isinstance(value, ObjectValue) and not value.entries:
            self.problems.report(EmptyRule(value.span, owner))
        return ConditionReader(self.table, self.problems).conditions(value, owner)

    def _user_roles(self, value: Value, owner: str) -> tuple[str, ...] | None:
        """One platform role, or a list of them."""
        if isinstance(value, StringValue):
            return (value.text,)
        strings = self.reader.strings(value, owner)
        if strings == ():
            self.problems.report(EmptyRule(value.span, owner))
        return tuple(item.text for item in strings) if strings else None

    def _branches(self, value: Value, owner: str) -> tuple[Rule, ...]:
        if isinstance(value, ArrayValue) and not value.items:
            self.problems.report(EmptyRule(value.span, owner))
        return self.reader.each(value, owner, self._rule)


def _organization_roles(roles: RoleList | None) -> tuple[str, ...] | None:
    """An empty tuple stays: `roles: ["PUBLIC"]` is a list of roles without organization roles."""
    return roles.names if roles else None


def open_to_anyone(rule: Rule) -> bool:
    """Whether the rule would let an anonymous caller pass although nobody wrote PUBLIC; code might, so it counts."""
    if rule.public or rule.authenticated or rule.roles is not None or rule.user_roles is not None:
        return False
    branches_open = not rule.any_of or any(open_to_anyone(branch) for branch in rule.any_of)
    return branches_open and all(open_to_anyone(branch) for branch in rule.all_of)
