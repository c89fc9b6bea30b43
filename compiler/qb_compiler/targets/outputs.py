"""The one table of what a compile writes. A new output is a row here."""

from collections.abc import Callable, Iterable

from qb_compiler.diagnostics.problem import Problems
from qb_compiler.model.project import Project
from qb_compiler.model.record import record
from qb_compiler.output.banner import with_banner
from qb_compiler.output.file_set import FileSet
from qb_compiler.targets.api.emit import emit_api
from qb_compiler.targets.audit import audit_table
from qb_compiler.targets.auth.emit import emit_auth
from qb_compiler.targets.deploy.files import emit_deploy, gitignore
from qb_compiler.targets.deploy.package_json import emit_package_json
from qb_compiler.targets.migrations.emit import emit_migrations
from qb_compiler.targets.openapi.emit import PATH as OPENAPI
from qb_compiler.targets.openapi.emit import emit_openapi
from qb_compiler.targets.prior import Prior
from qb_compiler.targets.registry.emit import PATH as REGISTRY
from qb_compiler.targets.registry.emit import emit_registry
from qb_compiler.targets.schema.emit import emit_schemas, tables_module
from qb_compiler.targets.types.emit import PATH as TYPES
from qb_compiler.targets.types.emit import definition_types

Files = Iterable[tuple[str, str]]


@record
class Output:
    """`when` says for which projects the output exists. `merged` files are the author's too; `banner` is False for
    files that are kept as they are once written."""

    emit: Callable[[Project, Prior, Problems], Files]
    when: Callable[[Project], bool] = lambda project: True
    merged: bool = False
    banner: bool = True


OUTPUTS = (
    Output(lambda project, prior, problems: emit_api(project, prior.memory)),
    Output(lambda project, prior, problems: emit_schemas(project, prior.memory)),
    Output(
        lambda project, prior, problems: prior.memory.recall(
            "auth", "", (project.config, project.roles), lambda: tuple(emit_auth(project.config, project.roles))
        )
    ),
    Output(
        lambda project, prior, problems: [("src/db/audit-schema.ts", tables_module([audit_table(project.config)]))],
        lambda project: project.audited,
    ),
    Output(emit_migrations, banner=False),
    Output(lambda project, prior, problems: emit_deploy(project)),
    Output(
        lambda project, prior, problems: [(REGISTRY, emit_registry(project, prior))],
        lambda project: project.config.registry_generate,
    ),
    Output(
        lambda project, prior, problems: [(OPENAPI, emit_openapi(project, prior.memory))],
        lambda project: project.config.openapi_generate,
    ),
    Output(lambda project, prior, problems: [(TYPES, definition_types())]),
    Output(
        lambda project, prior, problems: emit_package_json(project, prior.text("package.json"), problems),
        merged=True,
    ),
    Output(lambda project, prior, problems: [(".gitignore", gitignore(prior.text(".gitignore")))], merged=True),
)


def emit_project(project: Project, prior: Prior, problems: Problems) -> FileSet:
    """Every file of the compiled project. After a reported error the files must not be written."""
    files = FileSet()
    for output in OUTPUTS:
        for path, text in output.emit(project, prior, problems) if output.when(project) else ():
            plain = output.merged or not output.banner
            files.add(path, text if plain else with_banner(path, text), merged=output.merged)
    return files
