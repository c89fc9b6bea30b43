"""Completes tables that have no `defineTable`: audit columns, and the organization of the feature."""

from qb_compiler.blocks.columns.inject import ORGANIZATION, with_audit_columns, with_organization
from qb_compiler.blocks.columns.model import Table
from qb_compiler.blocks.columns.problems import InternalTableUnscoped
from qb_compiler.blocks.firewall.edits import Inserts
from qb_compiler.blocks.firewall.model import Scope
from qb_compiler.blocks.resources import DELETED_AT, Secured
from qb_compiler.blocks.tables import Known
from qb_compiler.config.model import Config
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.model.record import record
from qb_compiler.model.resource import InternalTable


@record
class InternalReader:
    """`secured` are the tables of the same feature that have a boundary."""

    config: Config
    secured: tuple[Secured, ...]
    problems: Problems

    def internal(self, known: Known) -> InternalTable:
        """The table as the database will have it."""
        table, convention = known.table, self.config.database.naming_convention
        if self.config.audit_fields:
            table = with_audit_columns(table, convention, DELETED_AT, self.problems)
        if not table.has(ORGANIZATION) and self._inherits(known):
            table = with_organization(table, convention)
        return InternalTable(table.key, known.declared.feature, table, scopes=self._scopes(table))

    def _scopes(self, table: Table) -> tuple[Scope, ...]:
        """A team is the caller's only where Better Auth has teams."""
        sources = {ORGANIZATION: "activeOrgId", "ownerId": "userId"}
        sources |= {"teamId": "activeTeamId"} if self.config.auth.teams else {}
        return tuple(Scope(c.name, sources[c.name], c.span) for c in table.columns if c.name in sources)

    def _inherits(self, known: Known) -> bool:
        """Whether every boundary of the feature is an organization's; in a mixed feature the author has to say."""
        scoped = [secured for secured in self.secured if secured.firewall.organization]
        if not scoped:
            return False
        if len(scoped) == len(self.secured):
            return True
        if self._scopes(known.table):
            return False
        inserts = Inserts(known.table, known.read.columns, None, self.config.database.naming_convention)
        other = next(secured for secured in self.secured if not secured.firewall.organization)
        added = inserts.column(ORGANIZATION)
        self.problems.report(InternalTableUnscoped(known.table.span, known.table.key, other.table.key, added))
        return False
