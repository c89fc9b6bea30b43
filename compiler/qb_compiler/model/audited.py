"""What must leave a trace: actions across tenants, and writes without a sign-in."""

from collections.abc import Iterator

from qb_compiler.blocks.access.model import Rule
from qb_compiler.blocks.actions.model import Action, ActionMethod
from qb_compiler.model.project import Feature
from qb_compiler.model.resource import Resource


def audited(features: tuple[Feature, ...]) -> bool:
    """Whether anything of the project must leave a trace."""
    return any(_crosses(action) for action in _actions(features)) or any(
        rule.may_be_public for rule in _written_rules(features)
    )


def _crosses(action: Action) -> bool:
    return action.unsafe is not None and action.unsafe.cross_tenant


def _actions(features: tuple[Feature, ...]) -> Iterator[Action]:
    for feature in features:
        yield from feature.actions
        for resource in feature.resources:
            yield from resource.actions


def _written_rules(features: tuple[Feature, ...]) -> Iterator[Rule]:
    for feature in features:
        for resource in feature.resources:
            yield from _write_rules(resource)
    yield from (action.access for action in _actions(features) if action.method is not ActionMethod.GET)


def _write_rules(resource: Resource) -> Iterator[Rule]:
    writing = resource.writing
    operations = (
        writing.create, writing.update, writing.delete, writing.put,
        writing.batch_create, writing.batch_update, writing.batch_delete, writing.batch_upsert,
    )  # fmt: skip
    yield from (operation.access for operation in operations if operation)
