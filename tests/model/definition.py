"""Definitions, people and requests as plain data: the input of the reference semantics."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias, Union

Json: TypeAlias = Union[bool, int, float, str, list["Json"], dict[str, "Json"], None]  # noqa: UP007
Row: TypeAlias = dict[str, object]
Rows: TypeAlias = Mapping[str, list[Row]]

AUDIT = ("createdAt", "createdBy", "modifiedAt", "modifiedBy", "deletedAt", "deletedBy")
DISPLAY_NAMES = ("name", "title", "label", "headline", "subject", "code", "displayName", "fullName", "description")
SHOWN_TIMES = ("createdAt", "modifiedAt")


@dataclass(frozen=True)
class Checks:
    """The `validation` rules of one column."""

    min_length: int | None = None
    max_length: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    enum: tuple[str, ...] = ()
    email: bool = False
    url: bool = False


@dataclass(frozen=True)
class Column:
    """`kind` is text, integer, real, boolean, json, seconds or millis (the last two are timestamps).

    `target` names the referenced table; `declared_by` says whether Drizzle (`drizzle`) or the `references` map does.
    """

    name: str
    kind: str = "text"
    not_null: bool = False
    default: Json = None
    unique: bool = False
    enum: tuple[str, ...] = ()
    length: int | None = None
    target: str | None = None
    declared_by: str = "drizzle"
    checks: Checks = Checks()

    @property
    def required(self) -> bool:
        return self.not_null and self.default is None


@dataclass(frozen=True)
class Condition:
    """One operator on one column. `value` may be `$ctx.userId`, `$userId`, `$activeOrgId`, …"""

    column: str
    operator: str
    value: Json


@dataclass(frozen=True)
class InCode:
    """A rule as a function: the caller has the role, or the column of the row is the value.

    Without a column it looks at the caller alone; `both` joins the two by "and".
    """

    role: str
    column: str = ""
    value: str | int | bool = ""
    both: bool = False


@dataclass(frozen=True)
class Rule:
    """All parts must hold together; an empty part says nothing."""

    roles: tuple[str, ...] = ()
    user_role: tuple[str, ...] = ()
    record: tuple[Condition, ...] = ()
    code: InCode | None = None
    any_of: tuple["Rule", ...] = ()
    all_of: tuple["Rule", ...] = ()


@dataclass(frozen=True)
class Firewall:
    """Each scope is the name of its column, or None. `derived`: the definition leaves the firewall to its columns."""

    organization: str | None = None
    owner: str | None = None
    owner_optional: bool = False
    bypass_roles: tuple[str, ...] = ("owner", "admin")
    team: str | None = None
    exception: bool = False
    hide: bool = False
    org_roles: bool = False
    derived: bool = False
    declares_soft: bool = False

    @property
    def scopes(self) -> tuple[str, ...]:
        return tuple(column for column in (self.organization, self.owner, self.team) if column)


@dataclass(frozen=True)
class Guards:
    """`off` is `guards: false`. `protected` maps a column to the actions that may change it."""

    createable: tuple[str, ...] = ()
    updatable: tuple[str, ...] = ()
    immutable: tuple[str, ...] = ()
    protected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    off: bool = False


@dataclass(frozen=True)
class Mask:
    """`kind` is email, phone, ssn, creditCard, name, redact, or custom (a function that answers `hidden`).

    `off` is `masking: {column: false}`.
    """

    kind: str = "redact"
    roles: tuple[str, ...] = ()
    or_owner: bool = False
    off: bool = False


@dataclass(frozen=True)
class View:
    fields: tuple[str, ...]
    access: Rule


@dataclass(frozen=True)
class Operation:
    """One entry of `crud`. `fields`, `page_size` and `max_page_size` are for reads, `mode` for delete."""

    access: Rule
    fields: tuple[str, ...] = ()
    page_size: int = 50
    max_page_size: int = 100
    mode: str = "soft"


@dataclass(frozen=True)
class Batch:
    """What `batchCreate` and its like say beside the operation they derive from."""

    enabled: bool = True
    access: Rule | None = None
    max_size: int = 100


@dataclass(frozen=True)
class Unsafe:
    """What `unsafe` says; neither is `unsafe: true`."""

    admin_only: bool = False
    cross_tenant: bool = False


@dataclass(frozen=True)
class Transition:
    """The input `via` names the state that `column` shall have; `steps` says which state leads to which."""

    column: str
    via: str
    steps: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Action:
    """An action of a small declarative kind: it sets columns, then returns `{done: <id>}` or the record.

    `input` maps a name to text, integer or boolean; `sets` maps a column to a constant or to `Input(name)`.
    A standalone action sets them in every row that its database shows, and returns `{rows: <how many>}`, as a `file` or
    a `stream` where `answers` says so. A `tableless` one is standalone and belongs to no table.
    """

    name: str
    access: Rule
    input: Mapping[str, str] = field(default_factory=dict)
    sets: Mapping[str, "Json | Input"] = field(default_factory=dict)
    returns_record: bool = False
    standalone: bool = False
    method: str = "POST"
    path: str = ""
    unsafe: Unsafe | None = None
    transition: Transition | None = None
    answers: str = "json"
    tableless: bool = False

    @property
    def crosses_tenants(self) -> bool:
        return self.unsafe is not None and self.unsafe.cross_tenant


@dataclass(frozen=True)
class Input:
    name: str


@dataclass(frozen=True)
class Table:
    """`name` is the exported variable; the file and the route are its kebab case. `columns` leaves out id and audit.

    An `internal` table has no routes; its first column, `organizationId`, is injected.
    """

    name: str
    feature: str
    columns: tuple[Column, ...]
    firewall: Firewall
    crud: Mapping[str, Operation]
    guards: Guards = Guards()
    masking: Mapping[str, Mask] = field(default_factory=dict)
    views: Mapping[str, View] = field(default_factory=dict)
    batches: Mapping[str, Batch] = field(default_factory=dict)
    actions: Mapping[str, Action] = field(default_factory=dict)
    uniques: tuple[tuple[str, ...], ...] = ()
    display: str | None = None
    internal: bool = False

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    @property
    def soft(self) -> bool:
        """Rows of the table are soft-deleted unless its delete operation says hard."""
        return "delete" not in self.crud or self.crud["delete"].mode == "soft"

    @property
    def audit(self) -> tuple[str, ...]:
        return AUDIT if self.soft else AUDIT[:4]

    @property
    def names(self) -> tuple[str, ...]:
        return ("id", *(column.name for column in self.columns), *self.audit)

    @property
    def display_column(self) -> str | None:
        own = {column.name for column in self.columns}
        return self.display or next((name for name in DISPLAY_NAMES if name in own), None)

    @property
    def route(self) -> str:
        return "".join("-" + letter.lower() if letter.isupper() else letter for letter in self.name)


@dataclass(frozen=True)
class Tools:
    """A feature of actions without a table; what they count and change are the rows of `table`."""

    feature: str
    table: str
    actions: Mapping[str, Action]


@dataclass(frozen=True)
class Project:
    """`hierarchy` is `auth.roleHierarchy`, lowest first. `client_ids` is `generateId: false`."""

    tables: tuple[Table, ...]
    hierarchy: tuple[str, ...] = ()
    organizations: bool = True
    client_ids: bool = False
    teams: bool = False
    tools: tuple[Tools, ...] = ()

    def table(self, name: str) -> Table:
        return next(table for table in self.tables if table.name == name)

    def reached_by(self, tools: Tools) -> Table:
        """The table whose rows these actions reach, with them as its only actions."""
        return replace(self.table(tools.table), actions=tools.actions)

    def referring(self, target: Table) -> list[tuple[Table, Column]]:
        """Every column that points at the table."""
        return [(table, column) for table in self.tables for column in table.columns if column.target == target.name]


@dataclass(frozen=True)
class Identity:
    """Somebody: `memberships` maps an organization to the roles held there, `teams` are those they are in.

    `user_id` None is an anonymous caller.
    """

    user_id: str | None = None
    user_role: str = "user"
    memberships: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    active_org: str | None = None
    active_team: str | None = None
    teams: tuple[str, ...] = ()


@dataclass(frozen=True)
class Raw:
    """A body that is sent as this text."""

    text: str


@dataclass(frozen=True)
class Request:
    """`path` follows `/api/v1`. `identity` is the key of the caller."""

    identity: str
    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    body: Json | Raw = None
