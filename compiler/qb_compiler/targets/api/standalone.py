"""`standalone.actions.ts` and `standalone.routes.ts`: the actions of a feature that belong to no table."""

from collections.abc import Iterator

from qb_compiler.model.project import Feature
from qb_compiler.targets.api import names
from qb_compiler.targets.api.actions import STANDALONE, action_route, actions_module
from qb_compiler.targets.api.imports import Import, import_lines, package_imports, runtime_imports
from qb_compiler.targets.carried import ModulePaths
from qb_compiler.targets.rendering import render


def emit_standalone(paths: ModulePaths, feature: Feature) -> Iterator[tuple[str, str]]:
    """Both modules of a feature, if it has such actions."""
    if not feature.actions:
        return
    yield actions_module(paths, feature.name, STANDALONE, feature.actions, None)
    routes = [action_route(action, None) for action in feature.actions]
    path = f"/api/v1/{feature.name}"
    body = render(
        "targets/api/standalone.ts.jinja", actions=routes, path=path, organization=False, read_id="", hide_code=None
    )
    imports = [
        *package_imports(),
        Import("../../db/connections", ("featuresDb",)),
        Import("../../db/scoped", ("actionDb",)),
        *runtime_imports("../../lib"),
        Import(f"./{STANDALONE}.actions", ("actionAccess", "actionRules", "actionTransitions", "actions")),
    ]
    yield f"{names.folder(feature.name)}/{STANDALONE}.routes.ts", f"{import_lines(body, imports)}\n\n{body}"
