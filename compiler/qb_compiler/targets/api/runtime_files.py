"""The runtime: TypeScript that is the same for every project, copied as it is into `src/lib`."""

from functools import cache
from importlib.resources import files

from qb_compiler.model.project import Project
from qb_compiler.targets.api.actions import has_actions
from qb_compiler.targets.auth.runtime_files import all_auth_runtime, auth_runtime

_FILES = (
    "blocks/access/runtime/access.ts",
    "blocks/columns/runtime/values.ts",
    "blocks/crud/runtime/batch.ts",
    "blocks/crud/runtime/cascade.ts",
    "blocks/crud/runtime/ids.ts",
    "blocks/crud/runtime/stamps.ts",
    "blocks/firewall/runtime/firewall.ts",
    "blocks/guards/runtime/guards.ts",
    "blocks/masking/runtime/masks.ts",
    "blocks/reading/runtime/list-query.ts",
    "blocks/reading/runtime/page.ts",
    "blocks/reading/runtime/respond.ts",
    "blocks/relations/runtime/labels.ts",
    "blocks/relations/runtime/references.ts",
    "blocks/validation/runtime/body.ts",
    "targets/api/runtime/app-env.ts",
    "targets/api/runtime/context.ts",
    "targets/api/runtime/database.ts",
    "targets/api/runtime/envelope.ts",
    "targets/api/runtime/errors.ts",
    "targets/api/runtime/origins.ts",
    "targets/api/runtime/rate-limit.ts",
    "targets/api/runtime/resource.ts",
    "targets/api/runtime/rows.ts",
    "targets/auth/runtime/identity.ts",
    "targets/auth/runtime/instances.ts",
    "targets/auth/runtime/jwt.ts",
    "targets/auth/runtime/session.ts",
)


# Files that only some projects need, because they import what only those have.
_ACTIONS = (
    "blocks/actions/runtime/actions.ts",
    "blocks/actions/runtime/definitions.ts",
    "blocks/actions/runtime/scoped-db.ts",
)
_AUDIT = ("blocks/actions/runtime/audit-trail.ts",)


def runtime_files(project: Project) -> list[tuple[str, str]]:
    """Path in the generated project and text, for every runtime file."""
    needed = [
        *_FILES,
        *(_ACTIONS if has_actions(project) else ()),
        *auth_runtime(project.config),
        *(_AUDIT if project.audited else ()),
    ]
    return [(f"src/lib/{path.rsplit('/', 1)[1]}", _text(path)) for path in needed]


def all_runtime_files() -> list[tuple[str, str]]:
    """Every runtime file, whatever a project needs."""
    return [
        (f"src/lib/{path.rsplit('/', 1)[1]}", _text(path))
        for path in (*_FILES, *_ACTIONS, *all_auth_runtime(), *_AUDIT)
    ]


@cache
def _text(path: str) -> str:
    return files("qb_compiler").joinpath(path).read_text(encoding="utf-8")
