"""Reads `masking`, and masks what sounds private and was not mentioned."""

from collections.abc import Iterator

from qb_compiler.blocks.access.model import RoleList
from qb_compiler.blocks.code import as_expression, is_function
from qb_compiler.blocks.columns.model import Column, ColumnKind, ColumnOrigin
from qb_compiler.blocks.context import TableContext
from qb_compiler.blocks.firewall.model import Firewall
from qb_compiler.blocks.masking.model import Mask, Masking, MaskKind
from qb_compiler.blocks.masking.problems import (
    SHAPE,
    AutomaticMask,
    MaskedKey,
    MaskMisfit,
    OwnerClauseWithoutOwner,
    UnknownMaskedColumn,
)
from qb_compiler.blocks.masking.sensitive import sensitive_kind
from qb_compiler.evaluate.decode import Fields, Reader, plain
from qb_compiler.evaluate.values import BooleanValue, CallValue, CodeValue, Entry, StringValue, Value
from qb_compiler.model.carried import Carried
from qb_compiler.model.record import record

AUTOMATIC_ROLES = ("owner", "admin")
SHAPELESS = frozenset({MaskKind.REDACT, MaskKind.CUSTOM})
SHAPED_KINDS = frozenset({ColumnKind.TEXT, ColumnKind.INTEGER, ColumnKind.NUMERIC, ColumnKind.REAL})
OWNER_COLUMNS = ("ownerId", "createdBy")


@record
class MaskReader:
    context: TableContext
    firewall: Firewall

    @property
    def reader(self) -> Reader:
        return self.context.reader(SHAPE)

    def masking(self, entry: Entry | None) -> Masking:
        """The masks as written, then the automatic ones."""
        entries = self.reader.entries(entry.value, "masking") if entry else ()
        written = tuple(mask for item in entries or () for mask in self._mask(item))
        mentioned = {item.key for item in entries or ()}
        automatic = tuple(self._automatic(mentioned))
        return Masking((*written, *automatic), self._owner_column())

    def _owner_column(self) -> str | None:
        if self.firewall.owner:
            return self.firewall.owner.column
        return next((name for name in OWNER_COLUMNS if self.context.table.has(name)), None)

    def _mask(self, entry: Entry) -> Iterator[Mask]:
        column = self._column(entry)
        if isinstance(entry.value, BooleanValue) and not entry.value.flag:
            return
        fields = self.reader.fields(entry.value, f"masking.{entry.key}", entry.key_span)
        if column is None or fields is None:
            return
        mask = self._rule(column, fields, entry)
        fields.finish()
        if mask:
            yield mask

    def _column(self, entry: Entry) -> Column | None:
        name = self.context.column(entry.key, entry.key_span, "masking", UnknownMaskedColumn)
        column = self.context.table.column(name) if name else None
        if column and column.primary_key:
            self.context.problems.report(MaskedKey(entry.key_span, column.name))
        return column

    def _rule(self, column: Column, fields: Fields, entry: Entry) -> Mask | None:
        written = fields.required("type", 'type: "redact"')
        kind = self.reader.choice(written, fields.name("type"), MaskKind) if written else None
        roles, show_owner = self._show(fields, column)
        custom = self._custom(fields, kind)
        if kind is None or written is None:
            return None
        if kind not in SHAPELESS and column.kind not in SHAPED_KINDS:
            held = f"{column.kind.value} values"
            self.context.problems.report(MaskMisfit(written.span, column.name, kind.value, held))
        return Mask(
            column.name,
            kind,
            entry.key_span,
            show_roles=roles.names if roles else (),
            show_owner=show_owner,
            custom=custom,
            written=plain(entry.value),
            mentions=roles.mentions if roles else (),
        )

    def _show(self, fields: Fields, column: Column) -> tuple[RoleList | None, bool]:
        show = fields.fields("show")
        if show is None:
            return None, False
        roles = show.read("roles", self.context.read_roles)
        other = show.value("or")
        show.finish()
        is_owner = isinstance(other, StringValue) and other.text == "owner"
        if other and not is_owner:
            self.reader.wrong(other, show.name("or"), '"owner"')
        if other and is_owner and self._owner_column() is None:
            self.context.problems.report(OwnerClauseWithoutOwner(other.span, column.name))
        return roles, is_owner

    def _custom(self, fields: Fields, kind: MaskKind | None) -> Carried | None:
        function = fields.value("mask")
        if kind is not MaskKind.CUSTOM:
            if function and kind:
                self.reader.wrong(function, fields.name("mask"), 'left out unless `type` is "custom"')
            return None
        return self._function(function, fields)

    def _function(self, function: Value | None, fields: Fields) -> Carried | None:
        match function:
            case CodeValue() if is_function(function):
                return as_expression(function)
            case CallValue():
                return function.source
            case None:
                missing = SHAPE.missing(fields.place, fields.owner, "mask", "mask: (value) => …")
                self.context.problems.report(missing)
            case other:
                self.reader.wrong(other, fields.name("mask"), "a function from string to string")
        return None

    def _automatic(self, mentioned: set[str]) -> Iterator[Mask]:
        for column in self.context.table.columns:
            kind = sensitive_kind(column.name)
            is_plain = column.name not in mentioned and column.origin is ColumnOrigin.DECLARED
            if kind and is_plain and self._may_be_masked(column):
                warning = AutomaticMask(column.span, self.context.table.key, column.name, kind.value)
                self.context.problems.report(warning)
                yield self._automatic_mask(column, kind)

    def _may_be_masked(self, column: Column) -> bool:
        """Keys stay readable: an id column that points at another table holds no private text."""
        is_key = column.primary_key or column.foreign_key or column.name in self.firewall.scope_columns
        return column.kind is ColumnKind.TEXT and not is_key

    def _automatic_mask(self, column: Column, kind: MaskKind) -> Mask:
        roles = () if self.firewall.exception and not self.firewall.any_organization_roles else AUTOMATIC_ROLES
        owner = self._owner_column() is not None
        show = {"roles": list(roles), **({"or": "owner"} if owner else {})}
        return Mask(
            column.name,
            kind,
            column.span,
            show_roles=roles,
            show_owner=owner,
            automatic=True,
            written={"type": kind.value, "show": show},
        )
