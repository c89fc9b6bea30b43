"""Says what each file of a feature is: a table with routes, an internal table, actions, a page, or a plain module."""

from collections.abc import Iterator

from qb_compiler.blocks.chain import called_at
from qb_compiler.blocks.columns.problems import DefaultNotDefinition, UnknownDefinition
from qb_compiler.blocks.columns.read import table_dialect
from qb_compiler.blocks.later.feature import lower
from qb_compiler.config.model import NamingConvention
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.evaluate.evaluator import Modules
from qb_compiler.evaluate.feature_call import is_feature, table_key
from qb_compiler.evaluate.problems import UnknownName
from qb_compiler.evaluate.values import CallValue, CodeValue, ExternalValue, Value
from qb_compiler.model.record import record
from qb_compiler.source.sources import FeatureFolder
from qb_compiler.source.specifiers import COMPILER_PACKAGE
from qb_compiler.span import Place, SourceFile, Span

TABLE_FUNCTIONS = frozenset({"defineTable", "defineResource"})
SERVICE_FUNCTIONS = frozenset({"definePage", "defineRealtime", "defineQueue", "defineEmbedding", "defineSchedule"})
DEFINITIONS = TABLE_FUNCTIONS | SERVICE_FUNCTIONS | {"defineActions", "feature"}


@record
class Declared:
    """A table declaration: the name it is declared with, and its call."""

    key: str
    call: CallValue
    feature: str
    file: SourceFile
    exported: bool = True
    is_feature: bool = False


@record
class Definition:
    """A default export: the function that is called, and the call."""

    function: str
    call: CallValue
    file: SourceFile

    @property
    def place(self) -> Span:
        """The name of the function, where it is called."""
        return called_at(self.call)


@record
class FeatureFiles:
    """What the files of one feature declare."""

    folder: FeatureFolder
    tables: tuple[Declared, ...]
    resources: tuple[Definition, ...]
    actions: tuple[Definition, ...]
    services: tuple[Definition, ...]


def definition_of(default: Value | None, file: SourceFile) -> Definition | None:
    """The `define…` call that a file exports as its default."""
    if isinstance(default, CallValue) and isinstance(default.callee, ExternalValue):
        return Definition(default.callee.name, default, file)
    return None


def sort_files(
    folder: FeatureFolder, modules: Modules, convention: NamingConvention, problems: Problems
) -> FeatureFiles:
    """Reads the exports of every file of a feature."""
    files = folder.modules
    found = [definition for file in files if (definition := definition_of(modules.module(file.path).default, file))]
    tables = tuple(table for file in files for table in _declared(file, folder.name, modules))
    later = [pair for file in files for pair in _features(file, folder.name, modules, convention, problems)]
    return FeatureFiles(
        folder,
        (*tables, *_unexported(found, tables, folder.name, modules), *(table for table, _ in later)),
        (
            *(definition for definition in found if definition.function in TABLE_FUNCTIONS),
            *(definition for _, definition in later),
        ),
        tuple(definition for definition in found if definition.function == "defineActions"),
        tuple(definition for definition in found if definition.function in SERVICE_FUNCTIONS),
    )


def check_exports(folder: FeatureFolder, modules: Modules, problems: Problems) -> None:
    """Reports what keeps a default export from being read, and exports that call something nobody declared."""
    for file in folder.modules:
        module = modules.module(file.path)
        if module.default is not None:
            _check_default(module.default, file, file is folder.actions, modules, problems)
        for value in module.exports.values():
            if isinstance(value, CodeValue) and isinstance(value.problem, UnknownName):
                problems.report(value.problem)


def _check_default(default: Value, file: SourceFile, is_actions: bool, modules: Modules, problems: Problems) -> None:
    definition = definition_of(default, file)
    if definition and definition.function in DEFINITIONS:
        return
    if isinstance(default, CodeValue) and default.problem:
        problems.report(default.problem)
    elif definition and _is_ours(definition):
        problems.report(UnknownDefinition(definition.place, definition.function, tuple(sorted(DEFINITIONS))))
    elif is_actions:
        problems.report(DefaultNotDefinition(default.span, "defineActions(…, { … })"))
    else:
        for table in _declared(file, "", modules):
            problems.report(DefaultNotDefinition(default.span, f"defineTable({table.key}, {{ … }})"))
            return


def _is_ours(definition: Definition) -> bool:
    callee = definition.call.callee
    return isinstance(callee, ExternalValue) and callee.module == COMPILER_PACKAGE


def _declared(file: SourceFile, feature: str, modules: Modules) -> Iterator[Declared]:
    """The tables that a file declares and exports; what it only re-exports belongs to another file."""
    seen: set[Place] = set()
    for name, value in modules.module(file.path).exports.items():
        is_own = value.span.file is file and value.span.key not in seen
        if is_own and isinstance(value, CallValue) and table_dialect(value):
            seen.add(value.span.key)
            yield Declared(name, value, feature, file)


def _features(
    file: SourceFile, feature: str, modules: Modules, convention: NamingConvention, problems: Problems
) -> Iterator[tuple[Declared, Definition]]:
    """The tables that a file declares by `feature()`, as its default export or as a named one."""
    module = modules.module(file.path)
    default = [("", module.default)] if module.default else []
    seen: set[Place] = set()
    for name, value in (*module.exports.items(), *default):
        is_own = value.span.file is file and value.span.key not in seen
        if is_own and isinstance(value, CallValue) and is_feature(value):
            seen.add(value.span.key)
            lowered = lower(value, convention, problems)
            if lowered:
                declared = Declared(name or table_key(value), lowered.table, feature, file, is_feature=True)
                yield declared, Definition("defineTable", lowered.definition, file)


def _unexported(
    found: list[Definition], tables: tuple[Declared, ...], feature: str, modules: Modules
) -> Iterator[Declared]:
    """Tables that a `defineTable` of the same file is given without being exported."""
    known = {table.call.span.key for table in tables}
    for definition in found:
        first = definition.call.arguments[0] if definition.call.arguments else None
        is_table = definition.function in TABLE_FUNCTIONS and isinstance(first, CallValue) and table_dialect(first)
        is_own = first is not None and first.span.file is definition.file and first.span.key not in known
        if is_table and is_own and isinstance(first, CallValue):
            names = modules.module(definition.file.path).names
            name = next((name for name, value in names.items() if value is first), "table")
            yield Declared(name, first, feature, definition.file, exported=False)
