"""Endpoints that the author programs: on one record or standalone."""

from enum import StrEnum

from qb_compiler.blocks.access.model import Rule
from qb_compiler.model.carried import Carried
from qb_compiler.model.literal import Json
from qb_compiler.model.record import record
from qb_compiler.span import SourceFile, Span


class ActionMethod(StrEnum):
    GET = "GET"
    POST = "POST"
    PUT = "PUT"
    PATCH = "PATCH"
    DELETE = "DELETE"


class ResponseType(StrEnum):
    JSON = "json"
    STREAM = "stream"
    FILE = "file"


@record
class Unsafe:
    """The action gets `rawDb`. `cross_tenant` needs a platform admin and a mandatory audit trail."""

    reason: str | None = None
    admin_only: bool = False
    cross_tenant: bool = False
    target_scope: str = "organization"


@record
class Handler:
    """A module of the author's that exports `execute`; `specifier` as written, `file` what it resolved to."""

    specifier: str
    file: SourceFile


@record
class InputField:
    """One field of the zod input, as far as it can be read: for the registry and OpenAPI."""

    name: str
    type: str
    required: bool
    enum: tuple[str, ...] = ()


@record
class Step:
    """From a state of a column to those that it leads to."""

    state: str
    targets: tuple[str, ...]


@record
class Transition:
    """The input field `via` says to which state of the column the caller wants; only the steps are allowed."""

    column: str
    via: str
    steps: tuple[Step, ...]


@record
class Action:
    """Exactly one of `execute` and `handler` is set. `path` is relative to the route, without a leading slash."""

    name: str
    span: Span
    access: Rule
    description: str = ""
    input: Carried | None = None
    input_fields: tuple[InputField, ...] = ()
    execute: Carried | None = None
    handler: Handler | None = None
    standalone: bool = False
    path: str | None = None
    method: ActionMethod = ActionMethod.POST
    response_type: ResponseType = ResponseType.JSON
    side_effects: str | None = None
    returns_record: bool = False
    unsafe: Unsafe | None = None
    allow_raw_sql: bool = False
    transition: Transition | None = None
    cms: Json = None

    @property
    def needs_platform_admin(self) -> bool:
        """Whether the caller's platform role must be `admin`, whatever the rule says."""
        return self.unsafe is not None and (self.unsafe.admin_only or self.unsafe.cross_tenant)
