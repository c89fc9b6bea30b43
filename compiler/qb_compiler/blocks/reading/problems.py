"""What can be wrong with list, get and views."""

from typing import ClassVar

from qb_compiler.blocks.names import in_url
from qb_compiler.diagnostics.diagnostic import Label
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.shape import MissingKey, Shape, UnknownColumn, UnknownKey, WrongValue
from qb_compiler.model.record import record

TOPIC = "compiler/definitions/views"


@record
class UnknownReadOption(UnknownKey):
    """`crud.list`, `crud.get` or a view has a key that does not exist.

    # What it means
    A misspelled option would change nothing, silently.

    # Example
    list: { access: { roles: ["member"] }, pagesize: 20 }

    # Fix
    Write the key as the suggestion says.

    # See
    compiler/definitions/views#options
    """

    code: ClassVar[str] = "QB3501"
    slug: ClassVar[str] = "reading-unknown-option"
    docs: ClassVar[str] = f"{TOPIC}#options"


@record
class WrongReadValue(WrongValue):
    """An option of `crud.list`, `crud.get` or a view has the wrong type.

    # What it means
    The option cannot be read.

    # Example
    views: { short: { fields: "id", access: { roles: ["member"] } } }

    # Fix
    Write a value of the kind that the message names.

    # See
    compiler/definitions/views#options
    """

    code: ClassVar[str] = "QB3502"
    slug: ClassVar[str] = "reading-wrong-value"
    docs: ClassVar[str] = f"{TOPIC}#options"


@record
class MissingReadPart(MissingKey):
    """A read operation or a view lacks its access rule or its fields.

    # What it means
    Nothing is open by accident: an operation without `access` is refused, and a view without `fields` would show
    everything.

    # Example
    crud: { list: {} }

    # Fix
    Add `access: { roles: ["owner", "admin", "member"] }`.

    # See
    compiler/definitions/access#rule-keys
    """

    code: ClassVar[str] = "QB3503"
    slug: ClassVar[str] = "reading-missing-part"
    docs: ClassVar[str] = "compiler/definitions/access#rule-keys"


SHAPE = Shape(WrongReadValue, UnknownReadOption, MissingReadPart)


@record
class UnknownReadColumn(UnknownColumn):
    """`fields` names a column that does not exist.

    # What it means
    The response could not hold it.

    # Example
    views: { short: { fields: ["id", "titel"], access: { roles: ["member"] } } }

    # Fix
    Write the column as the table declares it.

    # See
    compiler/definitions/views#options
    """

    code: ClassVar[str] = "QB4501"
    slug: ClassVar[str] = "reading-unknown-column"
    docs: ClassVar[str] = f"{TOPIC}#options"


@record
class FunctionOnList(Problem):
    """A rule written as a function stands on list or a view.

    # What it means
    Lists, views and counts are answered by SQL. A function cannot become SQL, so rows that it forbids could not be
    left out.

    # Example
    list: { access: (ctx, record) => record.isOpen }

    # Fix
    Write it as data: `{ record: { isOpen: { equals: true } } }`.

    # See
    compiler/definitions/access#record-conditions
    """

    code: ClassVar[str] = "QB4502"
    slug: ClassVar[str] = "reading-function-rule"
    docs: ClassVar[str] = "compiler/definitions/access#record-conditions"

    operation: str

    def message(self) -> str:
        return f"`{self.operation}.access` cannot be a function: its condition has to become SQL"

    def hint(self) -> str | None:
        return "write the rule as data: `{ roles: […], record: { column: { equals: … } } }`"


@record
class PageSizeClash(Problem):
    """`pageSize` is larger than `maxPageSize`.

    # What it means
    The default page would exceed what a client may ask for.

    # Example
    list: { access: { roles: ["member"] }, pageSize: 200 }

    # Fix
    Lower `pageSize`, or raise `maxPageSize`.

    # See
    compiler/using-the-api/crud#list
    """

    code: ClassVar[str] = "QB4503"
    slug: ClassVar[str] = "reading-page-size-clash"
    docs: ClassVar[str] = "compiler/using-the-api/crud#list"

    page_size: int
    max_page_size: int

    def message(self) -> str:
        return f"`pageSize` is {self.page_size}, but `maxPageSize` is {self.max_page_size}"

    def hint(self) -> str | None:
        return f"write `pageSize: {self.max_page_size}`, or raise `maxPageSize`"


@record
class BadViewName(Problem):
    """A view's name cannot stand in a path.

    # What it means
    A view is served at `/{resource}/views/{name}`. Letters, digits, `-` and `_` are fine there.

    # Example
    views: { "sales / 2024": { fields: ["id"], access: { roles: ["member"] } } }

    # Fix
    Rename the view: `sales-2024`.

    # See
    compiler/definitions/views#options
    """

    code: ClassVar[str] = "QB3510"
    slug: ClassVar[str] = "view-bad-name"
    docs: ClassVar[str] = f"{TOPIC}#options"

    name: str

    def message(self) -> str:
        return f"`{self.name}` cannot be a view's name: use letters, digits, `-` and `_`"

    def hint(self) -> str | None:
        return f"rename the view, such as `{in_url(self.name)}`"


@record
class ReadTwice(Problem):
    """`read` stands beside `crud.list`, `crud.get` or `views`.

    # What it means
    `read` is the later form of the same three. With both it would be unclear which access rule holds.

    # Example
    read: { access: { roles: ["member"] } }, crud: { list: { access: { roles: ["owner"] } } }

    # Fix
    Keep one of the two forms.

    # See
    compiler/definitions/views#options
    """

    code: ClassVar[str] = "QB3511"
    slug: ClassVar[str] = "reading-said-twice"
    docs: ClassVar[str] = f"{TOPIC}#options"

    other: Label

    def message(self) -> str:
        return "`read` says the same as `crud.list`, `crud.get` and `views`: both cannot stand in one definition"

    def related(self) -> tuple[Label, ...]:
        return (self.other,)

    def hint(self) -> str | None:
        return "keep one of the two forms"


PROBLEMS: tuple[type[Problem], ...] = (
    UnknownReadOption,
    WrongReadValue,
    MissingReadPart,
    BadViewName,
    ReadTwice,
    UnknownReadColumn,
    FunctionOnList,
    PageSizeClash,
)
