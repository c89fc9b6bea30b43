"""Joins the tables: references with their labels, and Drizzle's relations."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from qb_compiler.blocks.chain import function_of
from qb_compiler.blocks.columns.model import Table
from qb_compiler.blocks.files import FeatureFiles
from qb_compiler.blocks.relations.model import DrizzleRelations, Reference
from qb_compiler.blocks.relations.problems import SHAPE
from qb_compiler.blocks.relations.read import NO_REFERENCES, Linker
from qb_compiler.blocks.tables import Known
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.evaluate.evaluator import Modules
from qb_compiler.evaluate.values import CallValue
from qb_compiler.model.memory import Memory
from qb_compiler.model.resource import InternalTable, Resource
from qb_compiler.span import Place

DRIZZLE = frozenset({"drizzle-orm", "drizzle-orm/relations"})
WithReferences = tuple[Resource, Mapping[str, Reference]]
Owner = TypeVar("Owner", Resource, InternalTable)
Linked = tuple[tuple[Resource, ...], tuple[InternalTable, ...]]


def linked(
    resources: Mapping[str, list[WithReferences]],
    internal: Mapping[str, list[InternalTable]],
    tables: Mapping[str, Table],
    memory: Memory,
) -> Mapping[str, Linked]:
    """Every feature's tables with their references."""
    return {name: _linked_feature(resources[name], internal[name], tables, memory) for name in resources}


def _linked_feature(
    resources: list[WithReferences], internal: list[InternalTable], tables: Mapping[str, Table], memory: Memory
) -> Linked:
    keys = (*(resource.key for resource, _ in resources), *(table.key for table in internal))
    labels = frozenset(resource.key for resource, _ in resources if resource.display.column)
    linker = Linker(tables, frozenset(keys), labels)
    return (
        tuple(_with_references(item, linker.references(item.table, written), memory) for item, written in resources),
        tuple(_with_references(item, linker.references(item.table, NO_REFERENCES), memory) for item in internal),
    )


def _with_references(item: Owner, references: tuple[Reference, ...], memory: Memory) -> Owner:
    return memory.recall("linked", item.key, (item, references), lambda: replace(item, references=references))


def read_relations(
    files: FeatureFiles, modules: Modules, tables: Mapping[Place, Known], problems: Problems
) -> tuple[DrizzleRelations, ...]:
    """Every exported `relations(table, …)` of a feature."""
    found = (
        relation
        for file in (*files.folder.tables, *files.folder.other)
        for name, value in modules.module(file.path).exports.items()
        if isinstance(value, CallValue) and value.span.file is file
        for relation in _relation(name, value, tables, problems)
    )
    return tuple(found)


def _relation(
    name: str, call: CallValue, tables: Mapping[Place, Known], problems: Problems
) -> Iterator[DrizzleRelations]:
    function = function_of(call.callee, DRIZZLE)
    if function is None or function[1] != "relations":
        return
    known = tables.get(call.arguments[0].span.key) if call.arguments else None
    if known:
        yield DrizzleRelations(name, known.table.key, call.source)
    else:
        problems.report(SHAPE.missing(call.span, name, "a table of the project", "relations(jobs, …)"))
