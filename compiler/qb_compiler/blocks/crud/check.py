"""Rules between operations and the rest of their table."""

from collections.abc import Iterator

from qb_compiler.blocks.crud.model import DeleteMode
from qb_compiler.blocks.crud.problems import NoOperations, SoftDeleteImpossible
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.model.resource import Resource


def check(resource: Resource) -> Iterator[Problem]:
    delete = resource.writing.delete
    if delete and delete.mode is DeleteMode.SOFT and resource.firewall.soft_delete is None:
        yield SoftDeleteImpossible(delete.span, resource.key)
    if not resource.rules:
        yield NoOperations(resource.span, resource.key)
