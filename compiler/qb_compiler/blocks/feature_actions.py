"""Reads the `defineActions` of a feature and gives each action to its table."""

from collections.abc import Mapping

from qb_compiler.blocks.access.read import RuleReader
from qb_compiler.blocks.access.roles import RoleReader
from qb_compiler.blocks.actions.model import Action
from qb_compiler.blocks.actions.problems import SHAPE, ActionsTableUnknown, HandlerMissing
from qb_compiler.blocks.actions.raw_sql import check_reach
from qb_compiler.blocks.actions.read import ActionReader
from qb_compiler.blocks.files import Definition
from qb_compiler.blocks.resources import Secured
from qb_compiler.blocks.tables import Known
from qb_compiler.config.model import Config
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.diagnostics.suggest import nearest
from qb_compiler.evaluate.decode import Reader, cause
from qb_compiler.evaluate.evaluator import Modules
from qb_compiler.evaluate.shape import rename
from qb_compiler.evaluate.values import NullValue, StringValue
from qb_compiler.model.record import record
from qb_compiler.source.sources import Sources
from qb_compiler.source.specifiers import resolve
from qb_compiler.span import Place, SourceFile


@record
class ActionsByTable:
    """(table key or None, action), in the order written."""

    pairs: tuple[tuple[str | None, Action], ...]

    def of(self, key: str | None) -> tuple[Action, ...]:
        return tuple(action for owner, action in self.pairs if owner == key)


@record
class FeatureActions:
    config: Config
    sources: Sources
    modules: Modules
    tables: Mapping[Place, Known]
    secured: tuple[Secured, ...]
    unscoped: frozenset[Place]
    problems: Problems

    def actions(self, definitions: tuple[Definition, ...]) -> ActionsByTable:
        pairs = tuple(pair for definition in definitions for pair in self._of(definition))
        for _, action in pairs:
            self.problems.extend(check_reach(action, self.modules, self.unscoped))
        return ActionsByTable(pairs)

    def _of(self, definition: Definition) -> list[tuple[str | None, Action]]:
        first, second = (*definition.call.arguments, None, None)[:2]
        if second is None:
            Reader(SHAPE, self.problems).wrong(
                definition.call, "defineActions", "given a table and an object of actions"
            )
            return []
        if isinstance(first, NullValue):
            return [(None, action) for action in self._reader(None).actions(second)]
        secured = next((s for s in self.secured if first and s.table.span.key == first.span.key), None)
        if secured is None:
            unknown = ActionsTableUnknown(first.span if first else definition.call.span)
            self.problems.report(cause(first, unknown))
            return []
        return [(secured.table.key, action) for action in self._reader(secured).actions(second)]

    def _reader(self, secured: Secured | None) -> ActionReader:
        roles = RoleReader(self.config.auth.role_hierarchy, self.problems)
        without_record = RuleReader(None, roles, self.problems)
        with_record = RuleReader(secured.table, roles, self.problems) if secured else without_record
        return ActionReader(
            secured.route if secured else None,
            with_record.rule,
            without_record.rule,
            self._handler,
            self.problems,
        )

    def _handler(self, written: StringValue) -> SourceFile | HandlerMissing:
        """The handler's module, or why it cannot be used."""
        importer, span = written.span.file, written.span
        path = resolve(written.text, importer.path, self.sources.aliases, lambda name: name in self.sources.all).path
        if path is None:
            return self._no_file(written)
        if "execute" not in self.modules.module(path).exports:
            mend = "write `export async function execute({ db, input }) { … }` there"
            return HandlerMissing(span, f"`{path}` does not export `execute`", mend)
        return self.sources.all[path]

    def _no_file(self, written: StringValue) -> HandlerMissing:
        near = nearest(written.text, self.modules.files_seen_from(written.span.file.path))
        mend = f"did you mean `{near[0]}`?" if near else "correct the path, or write the file"
        mending = (rename(written.span, near[0]),) if near else ()
        return HandlerMissing(written.span, f"`{written.text}` is not a file of the project", mend, mending)
