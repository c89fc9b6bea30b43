"""Everything of the API target: path and text of each file."""

from collections.abc import Iterable
from functools import partial

from qb_compiler.model.memory import Memory
from qb_compiler.model.project import Project
from qb_compiler.model.resource import Resource
from qb_compiler.targets.api.actions import actions_module, has_actions
from qb_compiler.targets.api.app import emit_app
from qb_compiler.targets.api.around import Around, surroundings
from qb_compiler.targets.api.carrying import carried_modules
from qb_compiler.targets.api.cascades import cascade_module
from qb_compiler.targets.api.custom import custom_module, has_custom
from qb_compiler.targets.api.resource import emit_resource
from qb_compiler.targets.api.routes import emit_routes
from qb_compiler.targets.api.runtime_files import runtime_files
from qb_compiler.targets.api.scoped import emit_scoped
from qb_compiler.targets.api.standalone import emit_standalone
from qb_compiler.targets.carried import module_paths


def emit_api(project: Project, memory: Memory) -> Iterable[tuple[str, str]]:
    """The app, the modules of every table, the author's own code, and the runtime that they use."""
    yield from emit_app(project)
    for resource, around in surroundings(project, memory):
        yield from memory.recall("api", resource.key, (resource, around), lambda: _table(around, resource))  # noqa: B023
    paths = module_paths(project)
    for feature in project.features:
        yield from emit_standalone(paths, feature)
        given = (feature.name, feature.tables, project.config)
        if cascade := memory.recall("cascade", feature.name, given, partial(cascade_module, *given)):
            yield cascade
    if has_actions(project):
        yield emit_scoped(project)
    yield from carried_modules(project)
    yield from runtime_files(project)


def _table(around: Around, resource: Resource) -> list[tuple[str, str]]:
    files = [emit_resource(around, resource), emit_routes(around, resource)]
    if resource.actions:
        files.append(actions_module(around.paths, resource.feature, resource.route, resource.actions, resource))
    if has_custom(resource):
        files.append(custom_module(around.paths, resource))
    return files
