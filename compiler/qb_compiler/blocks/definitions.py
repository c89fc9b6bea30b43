"""From the files of a project to its model: the one place that knows the order in which blocks are read.

Tables come first, because blocks of one table name columns of another; then each firewall, which decides about injected
columns; then the other blocks; then what needs all of them: references, labels and actions.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar

from qb_compiler.blocks.actions.model import Action
from qb_compiler.blocks.columns.model import Table
from qb_compiler.blocks.columns.problems import SHAPE, NotExported, ResourceRenamed, SecuredTwice
from qb_compiler.blocks.feature_actions import FeatureActions
from qb_compiler.blocks.files import Definition, FeatureFiles, check_exports, sort_files
from qb_compiler.blocks.internal import InternalReader
from qb_compiler.blocks.links import WithReferences, linked, read_relations
from qb_compiler.blocks.names import route_of
from qb_compiler.blocks.resources import ResourceReader, Secured
from qb_compiler.blocks.services import check_services
from qb_compiler.blocks.support import support_files
from qb_compiler.blocks.tables import Known, check_one_table, read_tables, tables_by_file
from qb_compiler.config.model import Config
from qb_compiler.config.read import read_config
from qb_compiler.diagnostics.diagnostic import Label
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.evaluate.decode import Reader, cause
from qb_compiler.evaluate.evaluator import Modules
from qb_compiler.evaluate.values import ObjectValue
from qb_compiler.model.audited import audited
from qb_compiler.model.memory import Memory, NoMemory
from qb_compiler.model.project import Feature, Project
from qb_compiler.model.record import record
from qb_compiler.model.resource import InternalTable, Resource
from qb_compiler.model.roles import all_mentions, project_roles
from qb_compiler.source.sources import FeatureFolder, Sources
from qb_compiler.span import Place, Span

Made = TypeVar("Made")


def read_definitions(
    sources: Sources, modules: Modules, problems: Problems, memory: Memory | None = None
) -> Project | None:
    """The model of the project; None when an error was reported."""
    if sources.config is None:
        return None
    read = read_config(sources.config, modules.module(sources.config.path).default, problems)
    memory = memory or NoMemory()
    config = memory.same("config", "", read or Config("app", sources.config, Span(sources.config, 0, 0)))
    files = tuple(_sorted(folder, modules, config, problems, memory) for folder in sources.features)
    tables = read_tables(files, config, problems, memory)
    reader = _Definitions(sources, modules, config, tables, tables_by_file(tables), problems, memory)
    features = reader.features(files)
    complete = {item.key: item.table for feature in features for item in feature.tables}
    check_services(sources, modules, files, complete, config, problems)
    if problems.has_errors:
        return None
    mentions = tuple(all_mentions(features, memory))
    return Project(config, features, mentions, project_roles(config, mentions), audited(features))


def _sorted(
    folder: FeatureFolder, modules: Modules, config: Config, problems: Problems, memory: Memory
) -> FeatureFiles:
    """What the files of a feature are; modules that are the same objects say the same."""
    convention = config.database.naming_convention
    given = (folder, convention, *(modules.module(file.path) for file in folder.modules))

    def read() -> tuple[FeatureFiles, Problems]:
        found = Problems()
        check_exports(folder, modules, found)
        return sort_files(folder, modules, convention, found), found

    files, found = memory.recall("files", folder.name, given, read)
    problems.include(found)
    return files


@record
class _Definitions:
    sources: Sources
    modules: Modules
    config: Config
    tables: Mapping[Place, Known]
    by_file: Mapping[str, tuple[Known, ...]]
    problems: Problems
    memory: Memory

    def features(self, files: tuple[FeatureFiles, ...]) -> tuple[Feature, ...]:
        """Every feature, in the order of their names."""
        secured = {feature.folder.name: self._secured(feature) for feature in files}
        bounded = frozenset(item.table.span.key for items in secured.values() for item in items)
        internal = {feature.folder.name: self._internal(feature, secured, bounded) for feature in files}
        complete = self._complete(secured, internal)
        read = {name: [self._resource(item, complete) for item in items] for name, items in secured.items()}
        linked_features = linked(read, internal, complete, self.memory)
        unscoped = frozenset(table.table.span.key for found in internal.values() for table in found if not table.scopes)
        return tuple(
            self._feature(feature, *linked_features[feature.folder.name], tuple(secured[feature.folder.name]), unscoped)
            for feature in files
        )

    def _secured(self, feature: FeatureFiles) -> list[Secured]:
        found: dict[Place, Secured] = {}
        for definition in feature.resources:
            secured = self._one_secured(definition, feature)
            first = found.get(secured.table.span.key) if secured else None
            if secured and first:
                label = Label(first.place, "the other one")
                self.problems.report(SecuredTwice(secured.place, secured.table.key, label))
            elif secured:
                found[secured.table.span.key] = secured
        return list(found.values())

    def _one_secured(self, definition: Definition, feature: FeatureFiles) -> Secured | None:
        place = definition.place
        if definition.function == "defineResource":
            self.problems.report(ResourceRenamed(place))
        first, second = (*definition.call.arguments, None, None)[:2]
        known = self.tables.get(first.span.key) if first else None
        if known is None:
            if first is None or not self._is_declared(feature, first.span):
                self.problems.report(cause(first, NotExported(first.span if first else place)))
            return None
        check_one_table(definition, known, self.by_file.get(definition.file.path, ()), self.problems)
        if not isinstance(second, ObjectValue):
            Reader(SHAPE, self.problems).wrong(second or definition.call, "defineTable", "given an object of options")
            return None
        route = route_of(definition.file.path, known.table.key)
        given = (known.read, second, feature.folder.name, route, place)
        read = partial(_read, self.config, lambda reader: reader.secured(*given))
        secured, found = self.memory.recall("secured", known.table.key, (self.config, *given), read)
        self.problems.include(found)
        return secured

    def _resource(self, item: Secured, complete: Mapping[str, Table]) -> WithReferences:
        read, found = self.memory.recall_asking(
            "blocks",
            item.table.key,
            (self.config, item),
            complete,
            lambda tables: _read(self.config, lambda reader: reader.resource(item, tables)),
        )
        self.problems.include(found)
        return read

    def _is_declared(self, feature: FeatureFiles, span: Span) -> bool:
        """Whether the table is known but could not be read, which was reported already."""
        return any(table.call.span.key == span.key for table in feature.tables)

    def _internal(
        self, feature: FeatureFiles, secured: Mapping[str, list[Secured]], bounded: frozenset[Place]
    ) -> list[InternalTable]:
        reader = InternalReader(self.config, tuple(secured[feature.folder.name]), self.problems)
        known = (self.tables.get(table.call.span.key) for table in feature.tables)
        found = (reader.internal(item) for item in known if item and item.table.span.key not in bounded)
        return [self.memory.same("internal", item.key, item) for item in found]

    def _complete(
        self, secured: Mapping[str, list[Secured]], internal: Mapping[str, list[InternalTable]]
    ) -> Mapping[str, Table]:
        """Every table with all its columns, by key."""
        with_routes = {item.table.key: item.table for items in secured.values() for item in items}
        without = {item.key: item.table for items in internal.values() for item in items}
        return {**without, **with_routes}

    def _feature(
        self,
        files: FeatureFiles,
        resources: tuple[Resource, ...],
        internal: tuple[InternalTable, ...],
        secured: tuple[Secured, ...],
        unscoped: frozenset[Place],
    ) -> Feature:
        reader = FeatureActions(self.config, self.sources, self.modules, self.tables, secured, unscoped, self.problems)
        actions = reader.actions(files.actions)
        resources = tuple(self._acting(item, actions.of(item.key)) for item in resources)
        folder = files.folder
        feature = Feature(
            folder.name,
            tuple(file for file in (*folder.tables, *folder.pages, folder.actions) if file),
            resources,
            internal,
            read_relations(files, self.modules, self.tables, self.problems),
            actions.of(None),
        )
        tables = {known.table.file.path for known in self.tables.values()}
        return replace(feature, support=support_files(feature, tables, self.sources, self.modules, self.memory))

    def _acting(self, item: Resource, actions: tuple[Action, ...]) -> Resource:
        return self.memory.recall("acting", item.key, (item, actions), lambda: replace(item, actions=actions))


def _read(config: Config, read: Callable[[ResourceReader], Made]) -> tuple[Made, Problems]:
    """What a reader makes of its values, and what it reports of them."""
    problems = Problems()
    return read(ResourceReader(config, problems)), problems
