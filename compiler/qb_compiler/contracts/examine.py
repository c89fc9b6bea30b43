"""Runs every contract over the generated files of a project."""

from collections.abc import Callable, Mapping

from qb_compiler.contracts.boundary import Boundary
from qb_compiler.contracts.declared import check_actions, check_resource
from qb_compiler.contracts.routes import check_routes
from qb_compiler.contracts.typescript import Module, parse
from qb_compiler.contracts.violation import Examination, Violation
from qb_compiler.model.project import Project

FORBIDDEN = (b"sql.raw(", b"eval(", b"new Function(", b" as any", b": any")


def examine(project: Project, files: Mapping[str, str]) -> Examination:
    """What the contracts find in the generated files; a missing file is a violation."""
    found = Examination()
    for resource in project.resources:
        boundary = Boundary(resource.key, resource.actions, resource)
        examine_boundary(f"src/features/{resource.feature}/{resource.route}", boundary, files, found)
    for feature in project.features:
        if feature.actions:
            boundary = Boundary(feature.name, feature.actions)
            examine_boundary(f"src/features/{feature.name}/standalone", boundary, files, found)
    if project.resources and not (found.routes and found.queries and found.rules):
        found.violations.append(Violation("requireExamination", "hono", "", 0, "", "", "nothing was examined"))
    for path in sorted(path for path in files if path.startswith("src/features/") and path.endswith(".routes.ts")):
        forbidden(path, files[path].encode(), found)
    found.violations.sort(key=lambda violation: violation.key)
    return found


def forbidden(path: str, source: bytes, found: Examination) -> None:
    for text in FORBIDDEN:
        if text in source:
            at = source[: source.index(text)].count(b"\n") + 1
            message = f"`{text.decode().strip()}` in generated code"
            found.violations.append(Violation("requireGateway", "hono", path, at, "", "", message))


def examine_boundary(stem: str, boundary: Boundary, files: Mapping[str, str], found: Examination) -> None:
    """The modules that one boundary has: routes always, the table's own where there is one, actions where there are."""
    checks: dict[str, Callable[[Module], None]] = {".routes.ts": lambda module: check_routes(module, boundary, found)}
    if resource := boundary.resource:
        checks[".resource.ts"] = lambda module: check_resource(module, resource, found)
    if boundary.actions:
        checks[".actions.ts"] = lambda module: check_actions(module, boundary, found)
    for suffix, check in checks.items():
        path = f"{stem}{suffix}"
        if path in files:
            check(parse(path, files[path]))
        else:
            message = "the file was not generated"
            found.violations.append(Violation("requireExamination", "hono", path, 0, boundary.name, "", message))
