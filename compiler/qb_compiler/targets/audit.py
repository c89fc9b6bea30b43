"""The audit database: when a project has one, and its table."""

from collections.abc import Iterator

from qb_compiler.blocks.access.model import Rule
from qb_compiler.blocks.actions.model import Action, ActionMethod
from qb_compiler.blocks.columns.model import Column, ColumnKind, Default, DefaultKind, Dialect, Table
from qb_compiler.config.model import Config
from qb_compiler.model.names import sql_name
from qb_compiler.model.project import Project
from qb_compiler.model.resource import Resource

KEY = "auditEvents"
_REQUIRED = ("requestId", "actionName", "operation", "result")
_OPTIONAL = (
    "actorUserId", "actorUserRole", "actorOrgId", "resource", "targetScope", "targetOrgId", "targetRecordId",
    "unsafeReason", "errorCode", "errorMessage", "metadata",
)  # fmt: skip


def needs_audit(project: Project) -> bool:
    """Whether something happens that must leave a trace: cross-tenant actions, or writes without a sign-in."""
    return any(_crosses(action) for action in _actions(project)) or any(
        is_public(rule) for rule in _written_rules(project)
    )


def is_public(rule: Rule) -> bool:
    """Whether the rule can hold for somebody who is not signed in."""
    return rule.public or any(is_public(branch) for branch in rule.branches)


def audit_table(config: Config) -> Table:
    """`audit_events`: one row for each audited call, written before it runs and completed after."""
    columns = [
        _column(config, "id", required=True, key=True),
        *(_column(config, name, required=True) for name in _REQUIRED),
        *(_column(config, name) for name in _OPTIONAL),
        _number(config, "rowCount"),
        _time(config),
    ]
    return Table(
        KEY, sql_name(KEY, config.database.naming_convention), Dialect.SQLITE, tuple(columns), config.file, config.span
    )


def _crosses(action: Action) -> bool:
    return action.unsafe is not None and action.unsafe.cross_tenant


def _actions(project: Project) -> Iterator[Action]:
    for feature in project.features:
        yield from feature.actions
        for resource in feature.resources:
            yield from resource.actions


def _written_rules(project: Project) -> Iterator[Rule]:
    for resource in project.resources:
        yield from _write_rules(resource)
    yield from (action.access for action in _actions(project) if action.method is not ActionMethod.GET)


def _write_rules(resource: Resource) -> Iterator[Rule]:
    writing = resource.writing
    operations = (
        writing.create, writing.update, writing.delete, writing.put,
        writing.batch_create, writing.batch_update, writing.batch_delete, writing.batch_upsert,
    )  # fmt: skip
    yield from (operation.access for operation in operations if operation)


def _column(config: Config, name: str, required: bool = False, key: bool = False) -> Column:
    stored = sql_name(name, config.database.naming_convention)
    return Column(name, stored, "text", ColumnKind.TEXT, config.span, not_null=required, primary_key=key)


def _number(config: Config, name: str) -> Column:
    stored = sql_name(name, config.database.naming_convention)
    return Column(name, stored, "integer", ColumnKind.INTEGER, config.span)


def _time(config: Config) -> Column:
    stored = sql_name("createdAt", config.database.naming_convention)
    default = Default(DefaultKind.NOW)
    return Column("createdAt", stored, "text", ColumnKind.TIMESTAMP, config.span, not_null=True, default=default)
