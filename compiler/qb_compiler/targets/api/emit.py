"""Everything of the API target: path and text of each file."""

from collections.abc import Iterable

from qb_compiler.model.project import Project
from qb_compiler.model.resource import Resource
from qb_compiler.targets.api.actions import actions_module, has_actions
from qb_compiler.targets.api.app import emit_app
from qb_compiler.targets.api.carrying import carried_modules
from qb_compiler.targets.api.cascades import cascade_module
from qb_compiler.targets.api.custom import custom_module, has_custom
from qb_compiler.targets.api.resource import emit_resource
from qb_compiler.targets.api.routes import emit_routes
from qb_compiler.targets.api.runtime_files import runtime_files
from qb_compiler.targets.api.scoped import emit_scoped
from qb_compiler.targets.api.standalone import emit_standalone


def emit_api(project: Project) -> Iterable[tuple[str, str]]:
    """The app, the modules of every table, the author's own code, and the runtime that they use."""
    yield from emit_app(project)
    for resource in project.resources:
        yield from _table(project, resource)
    for feature in project.features:
        yield from emit_standalone(project, feature)
        if cascade := cascade_module(project, feature):
            yield cascade
    if has_actions(project):
        yield emit_scoped(project)
    yield from carried_modules(project)
    yield from runtime_files(project)


def _table(project: Project, resource: Resource) -> Iterable[tuple[str, str]]:
    yield emit_resource(project, resource)
    yield emit_routes(project, resource)
    if resource.actions:
        yield actions_module(project, resource.feature, resource.route, resource.actions, resource)
    if has_custom(resource):
        yield custom_module(project, resource)
