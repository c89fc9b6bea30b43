"""Everything of the API target: path and text of each file."""

from collections.abc import Iterable

from qb_compiler.model.project import Project
from qb_compiler.targets.api.app import emit_app
from qb_compiler.targets.api.resource import emit_resource
from qb_compiler.targets.api.routes import emit_routes
from qb_compiler.targets.api.runtime_files import runtime_files


def emit_api(project: Project) -> Iterable[tuple[str, str]]:
    """The app, the modules of every table, and the runtime that they use."""
    yield from emit_app(project)
    for resource in project.resources:
        yield emit_resource(project, resource)
        yield emit_routes(project, resource)
    yield from runtime_files()
