"""The runtime: TypeScript that is the same for every project, copied as it is into `src/lib`."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from qb_compiler.model.project import Project
from qb_compiler.targets.api.actions import has_actions
from qb_compiler.targets.auth.aliases import aliases_of

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
    "targets/auth/runtime/jwt.ts",
    "targets/auth/runtime/session.ts",
)


# Files that only some projects need, because they import what only those have.
_ACTIONS = (
    "blocks/actions/runtime/actions.ts",
    "blocks/actions/runtime/definitions.ts",
    "blocks/actions/runtime/scoped-db.ts",
)
_API_KEYS = ("targets/auth/runtime/api-key.ts",)
_PLUGINS = {
    "passkey": ("targets/auth/runtime/auth-requirements.ts", "targets/auth/runtime/passkeys.ts"),
    "upgradeAnonymous": ("targets/auth/runtime/upgrade-anonymous.ts",),
}
_ALIASES = ("targets/auth/runtime/auth-aliases.ts",)
_AUDIT = ("blocks/actions/runtime/audit-trail.ts",)


def runtime_files(project: Project) -> list[tuple[str, str]]:
    """Path in the generated project and text, for every runtime file."""
    needed = [
        *_FILES,
        *(_ACTIONS if has_actions(project) else ()),
        *(_API_KEYS if project.config.auth.api_keys else ()),
        *_of_plugins(project.config.auth.plugins),
        *(_ALIASES if aliases_of(project.config.auth) else ()),
        *(_AUDIT if project.audited else ()),
    ]
    return [(f"src/lib/{path.rsplit('/', 1)[1]}", _text(path)) for path in needed]


def all_runtime_files() -> list[tuple[str, str]]:
    """Every runtime file, whatever a project needs."""
    return [
        (f"src/lib/{path.rsplit('/', 1)[1]}", _text(path))
        for path in (*_FILES, *_ACTIONS, *_API_KEYS, *_of_plugins(_PLUGINS), *_ALIASES, *_AUDIT)
    ]


def _of_plugins(names: Iterable[str]) -> tuple[str, ...]:
    """What plugins of ours consist of; several may share a file."""
    return tuple(dict.fromkeys(path for name in names for path in _PLUGINS.get(name, ())))


@cache
def _text(path: str) -> str:
    return files("qb_compiler").joinpath(path).read_text(encoding="utf-8")
