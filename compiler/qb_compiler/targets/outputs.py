"""The one table of what a compile writes. A new output is a row here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qb_compiler.model.project import Project
from qb_compiler.output.banner import with_banner
from qb_compiler.output.file_set import FileSet
from qb_compiler.targets.api.emit import emit_api
from qb_compiler.targets.audit import audit_table, needs_audit
from qb_compiler.targets.auth.emit import emit_auth
from qb_compiler.targets.deploy.files import emit_deploy, gitignore
from qb_compiler.targets.deploy.package_json import package_json
from qb_compiler.targets.prior import Prior
from qb_compiler.targets.registry.emit import PATH as REGISTRY
from qb_compiler.targets.registry.emit import emit_registry
from qb_compiler.targets.schema.emit import emit_schemas, tables_module

Files = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Output:
    """`merged` files are the author's too; `when` says for which projects the output exists."""

    emit: Callable[[Project, Prior], Files]
    when: Callable[[Project], bool] = lambda project: True
    merged: bool = False


OUTPUTS = (
    Output(lambda project, prior: emit_api(project)),
    Output(lambda project, prior: emit_schemas(project)),
    Output(lambda project, prior: emit_auth(project)),
    Output(
        lambda project, prior: [("src/db/audit-schema.ts", tables_module([audit_table(project.config)]))], needs_audit
    ),
    Output(lambda project, prior: emit_deploy(project)),
    Output(
        lambda project, prior: [(REGISTRY, emit_registry(project, prior.text(REGISTRY), prior.now))],
        lambda project: project.config.registry_generate,
    ),
    Output(lambda project, prior: [("package.json", package_json(project, prior.text("package.json")))], merged=True),
    Output(lambda project, prior: [(".gitignore", gitignore(prior.text(".gitignore")))], merged=True),
)


def emit_project(project: Project, prior: Prior) -> FileSet:
    """Every file of the compiled project."""
    files = FileSet()
    for output in OUTPUTS:
        for path, text in output.emit(project, prior) if output.when(project) else ():
            files.add(path, text if output.merged else with_banner(path, text), merged=output.merged)
    return files
