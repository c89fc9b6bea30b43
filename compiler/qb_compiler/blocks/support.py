"""Finds the modules of the author's that carried code imports: they become part of the generated project."""

from collections.abc import Iterator, Set

from qb_compiler.blocks.actions.model import Action
from qb_compiler.evaluate.evaluator import Modules
from qb_compiler.model.carried import Carried, CarriedModule
from qb_compiler.model.project import Feature
from qb_compiler.model.resource import Resource
from qb_compiler.source.sources import Sources


def carried_code(feature: Feature) -> Iterator[Carried]:
    """Everything of a feature that is kept as source."""
    for resource in feature.resources:
        yield from _of_resource(resource)
    for action in feature.actions:
        yield from _of_action(action)
    tables = (*(resource.table for resource in feature.resources), *(internal.table for internal in feature.internal))
    for table in tables:
        for column in table.columns:
            yield from column.modifiers
            yield from (code for code in (column.custom, column.default.source if column.default else None) if code)
        yield from (check.condition for check in table.checks)
    yield from (relation.source for relation in feature.relations)


def _of_resource(resource: Resource) -> Iterator[Carried]:
    for rule in resource.rules:
        yield from (branch.function for branch in rule.walk() if branch.function)
    yield from (mask.custom for mask in resource.masking.masks if mask.custom)
    yield from (rules.schema for rules in resource.validation if rules.schema)
    for action in resource.actions:
        yield from _of_action(action)


def _of_action(action: Action) -> Iterator[Carried]:
    yield from (code for code in (action.input, action.execute) if code)


def support_files(feature: Feature, tables: Set[str], sources: Sources, modules: Modules) -> tuple[CarriedModule, ...]:
    """Project modules that carried code imports, and those that they import; `tables`, the files of every feature's
    tables, are generated anew."""
    actions = (*feature.actions, *(action for resource in feature.resources for action in resource.actions))
    handlers = {action.handler.file.path for action in actions if action.handler}
    imported = {binding.file for code in carried_code(feature) for binding in code.imports if binding.file}
    waiting = [*imported, *(path for handler in handlers for path in _imported(modules, handler))]
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
