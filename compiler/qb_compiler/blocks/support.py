"""Finds the modules of the author's that carried code imports: they become part of the generated project."""

from collections.abc import Iterable, Iterator, Set
from functools import partial

from qb_compiler.blocks.actions.model import Action
from qb_compiler.blocks.columns.model import Table
from qb_compiler.evaluate.evaluator import Modules
from qb_compiler.model.carried import Carried, CarriedModule
from qb_compiler.model.memory import Memory
from qb_compiler.model.project import Feature
from qb_compiler.model.resource import InternalTable, Resource
from qb_compiler.source.sources import Sources


def _apart(feature: Feature) -> Iterator[Carried]:
    """What is kept as source and stands in no table."""
    for action in feature.actions:
        yield from _of_action(action)
    yield from (relation.source for relation in feature.relations)


def _of_table(table: Table) -> Iterator[Carried]:
    for column in table.columns:
        yield from column.modifiers
        yield from (code for code in (column.custom, column.default.source if column.default else None) if code)
    yield from (check.condition for check in table.checks)


def _files_of(code: Iterable[Carried]) -> frozenset[str]:
    """The project files that code imports."""
    return frozenset(binding.file for carried in code for binding in carried.imports if binding.file)


def _imported_by(owned: Resource | InternalTable) -> frozenset[str]:
    """The project files that a table's code imports."""
    return _files_of((*_of_table(owned.table), *(_of_resource(owned) if isinstance(owned, Resource) else ())))


def _of_resource(resource: Resource) -> Iterator[Carried]:
    for rule in resource.rules:
        yield from (branch.function for branch in rule.walk() if branch.function)
    yield from (mask.custom for mask in resource.masking.masks if mask.custom)
    yield from (rules.schema for rules in resource.validation if rules.schema)
    for action in resource.actions:
        yield from _of_action(action)


def _of_action(action: Action) -> Iterator[Carried]:
    yield from (code for code in (action.input, action.execute) if code)


def support_files(
    feature: Feature, tables: Set[str], sources: Sources, modules: Modules, memory: Memory
) -> tuple[CarriedModule, ...]:
    """Project modules that carried code imports, and those that they import; `tables`, the files of every feature's
    tables, are generated anew."""
    actions = (*feature.actions, *(action for resource in feature.resources for action in resource.actions))
    handlers = {action.handler.file.path for action in actions if action.handler}
    by_tables = (
        path
        for table in feature.tables
        for path in memory.recall("carried", table.key, (table,), partial(_imported_by, table))
    )
    by_handlers = (path for handler in handlers for path in _imported(modules, handler))
    waiting = [*by_tables, *_files_of(_apart(feature)), *by_handlers]
    found: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path not in found and path not in tables and path in sources.all:
            found.add(path)
            waiting.extend(_imported(modules, path))
    return tuple(
        CarriedModule(sources.all[path], tuple(_imported(modules, path, types=False))) for path in sorted(found)
    )


def _imported(modules: Modules, path: str, *, types: bool = True) -> Iterator[str]:
    """The project files that a module imports, with or without those of which it uses types alone."""
    module = modules.module(path)
    for statement in module.imports:
        found = modules.resolve(module, statement.specifier).path
        if found and found in modules and (types or not statement.type_only):
            yield found
