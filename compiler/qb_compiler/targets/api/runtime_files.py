"""The runtime: TypeScript that is the same for every project, copied as it is into `src/lib`."""

from functools import cache
from importlib.resources import files

_FILES = (
    "blocks/access/runtime/access.ts",
    "blocks/columns/runtime/values.ts",
    "blocks/crud/runtime/batch.ts",
    "blocks/crud/runtime/cascade.ts",
    "blocks/crud/runtime/ids.ts",
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
    "targets/api/runtime/identity.ts",
    "targets/api/runtime/origins.ts",
    "targets/api/runtime/rate-limit.ts",
    "targets/api/runtime/resource.ts",
)


def runtime_files() -> list[tuple[str, str]]:
    """Path in the generated project and text, for every runtime file."""
    return [(f"src/lib/{path.rsplit('/', 1)[1]}", _text(path)) for path in _FILES]


@cache
def _text(path: str) -> str:
    return files("qb_compiler").joinpath(path).read_text(encoding="utf-8")
