"""Reads one `defineTable(table, { … })` into a resource, block by block."""

from collections.abc import Mapping
from dataclasses import replace

from qb_compiler.blocks.access.read import RuleReader
from qb_compiler.blocks.access.roles import RoleReader
from qb_compiler.blocks.columns.inject import with_audit_columns
from qb_compiler.blocks.columns.model import Table
from qb_compiler.blocks.columns.problems import SHAPE
from qb_compiler.blocks.columns.read import DeclaredTable
from qb_compiler.blocks.context import TableContext
from qb_compiler.blocks.crud.model import DeleteMode, Writing
from qb_compiler.blocks.crud.problems import SHAPE as CRUD_SHAPE
from qb_compiler.blocks.crud.read import CrudReader, declared_mode
from qb_compiler.blocks.display.read import DisplayReader
from qb_compiler.blocks.firewall.edits import Inserts
from qb_compiler.blocks.firewall.model import ErrorMode, Firewall
from qb_compiler.blocks.firewall.problems import SoftDeleteColumnMissing
from qb_compiler.blocks.firewall.read import FirewallReader, check_owner_mode
from qb_compiler.blocks.guards.read import GuardReader
from qb_compiler.blocks.masking.read import MaskReader
from qb_compiler.blocks.reading.later import LaterReading
from qb_compiler.blocks.reading.model import Reading
from qb_compiler.blocks.reading.read import ReadingReader
from qb_compiler.blocks.realtime.read import RealtimeReader
from qb_compiler.blocks.relations.model import Reference
from qb_compiler.blocks.relations.read import read_references
from qb_compiler.blocks.validation.read import ValidationReader
from qb_compiler.config.model import Config
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.evaluate.decode import Fields, Reader
from qb_compiler.evaluate.values import ObjectValue
from qb_compiler.model.record import record
from qb_compiler.model.resource import Resource
from qb_compiler.span import SourceFile, Span

DELETED_AT = "deletedAt"


@record
class Secured:
    """A table whose firewall is read and whose columns are complete; the other blocks are still values."""

    feature: str
    route: str
    file: SourceFile
    place: Span
    options: ObjectValue
    table: Table
    firewall: Firewall


@record
class ResourceReader:
    config: Config
    problems: Problems

    @property
    def roles(self) -> RoleReader:
        return RoleReader(self.config.auth.role_hierarchy, self.problems)

    def secured(self, declared: DeclaredTable, options: ObjectValue, feature: str, route: str, place: Span) -> Secured:
        """The firewall, and with it which columns the table gets."""
        table = declared.table
        firewall = self._firewall(declared, options, place)
        firewall = replace(firewall, soft_delete=self._soft_delete(table, firewall, options))
        if self.config.audit_fields:
            table = with_audit_columns(
                table, self.config.database.naming_convention, firewall.soft_delete, self.problems
            )
        return Secured(feature, route, place.file, place, options, table, firewall)

    def _firewall(self, declared: DeclaredTable, options: ObjectValue, place: Span) -> Firewall:
        table = declared.table
        inserts = Inserts(table, declared.columns, options, self.config.database.naming_convention)
        reader = FirewallReader(table, self.config, self.problems, self.roles.organization_roles, place, inserts)
        firewall = reader.firewall(options.entry("firewall")) or Firewall(place)
        self.problems.extend(check_owner_mode(firewall))
        return self._with_error_mode(firewall, options)

    def _with_error_mode(self, firewall: Firewall, options: ObjectValue) -> Firewall:
        """Later versions write the error mode beside the firewall."""
        written = options.get("firewallErrorMode")
        if written is None:
            return firewall
        mode = Reader(SHAPE, self.problems).choice(written, "firewallErrorMode", ErrorMode)
        return replace(firewall, error_mode=mode or firewall.error_mode)

    def _soft_delete(self, table: Table, firewall: Firewall, options: ObjectValue) -> str | None:
        """The column that marks deleted rows, if the table has one or is to get one."""
        named = firewall.soft_delete
        if named and not table.has(named) and not (self.config.audit_fields and named == DELETED_AT):
            self.problems.report(SoftDeleteColumnMissing(firewall.span, table.key, named))
        if named or table.has(DELETED_AT):
            return named or DELETED_AT
        is_child = any(column.foreign_key for column in table.columns)
        is_hard = declared_mode(options.get("crud")) is DeleteMode.HARD
        return DELETED_AT if self.config.audit_fields and (is_child or not is_hard) else None

    def resource(self, secured: Secured, tables: Mapping[str, Table]) -> tuple[Resource, Mapping[str, Reference]]:
        """The whole resource but for its actions, and what its `references` map says."""
        context, firewall = self._context(secured.table), secured.firewall
        fields = Fields(Reader(SHAPE, self.problems), secured.options, "defineTable", secured.place)
        fields.value("firewall")
        fields.value("firewallErrorMode")
        guards = GuardReader(context, firewall, secured.place).guards(fields.entry("guards"))
        reading, writing = self._operations(fields, CrudReader(context, guards))
        realtime = RealtimeReader(context)
        resource = Resource(
            key=secured.table.key,
            feature=secured.feature,
            route=secured.route,
            file=secured.file,
            span=secured.place,
            table=secured.table,
            firewall=firewall,
            guards=guards,
            masking=MaskReader(context, firewall).masking(fields.entry("masking")),
            reading=reading,
            writing=writing,
            validation=ValidationReader(context).validation(fields.entry("validation")),
            display=DisplayReader(context).display(
                fields.entry("displayColumn"), fields.entry("inputHints"), fields.entry("layouts")
            ),
            realtime=realtime.realtime(fields.entry("realtime")),
        )
        realtime.check_embeddings(fields.entry("embeddings"))
        references = read_references(fields.entry("references"), context, tables)
        fields.finish()
        return resource, references

    def _context(self, table: Table) -> TableContext:
        rules = RuleReader(table, self.roles, self.problems)
        return TableContext(table, self.config, self.problems, rules.rule, self.roles.organization_roles)

    def _operations(self, fields: Fields, writer: CrudReader) -> tuple[Reading, Writing]:
        crud = fields.entry("crud")
        operations = Reader(CRUD_SHAPE, self.problems).fields(crud.value, "crud", crud.key_span) if crud else None
        reading = self._reading(fields, operations, ReadingReader(writer.context))
        if operations is None:
            return reading, Writing()
        writing = writer.writing(operations)
        operations.finish()
        return reading, writing

    def _reading(self, fields: Fields, operations: Fields | None, reader: ReadingReader) -> Reading:
        views, sort, read = fields.entry("views"), fields.entry("defaultSort"), fields.entry("read")
        list_entry = operations.entry("list") if operations else None
        get_entry = operations.entry("get") if operations else None
        if read is None:
            return reader.reading(list_entry, get_entry, views, sort)
        others = tuple(entry for entry in (list_entry, get_entry, views) if entry)
        return LaterReading(reader, others).reading(read, reader.sort(sort) if sort else None)
