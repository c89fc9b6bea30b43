"""Runs every contract over the generated files of a project."""

from collections.abc import Mapping

from qb_compiler.contracts.declared import check_resource
from qb_compiler.contracts.routes import check_routes
from qb_compiler.contracts.typescript import parse
from qb_compiler.contracts.violation import Examination, Violation
from qb_compiler.model.project import Project
from qb_compiler.model.resource import Resource

FORBIDDEN = (b"sql.raw(", b"eval(", b"new Function(", b" as any", b": any")


def examine(project: Project, files: Mapping[str, str]) -> Examination:
    """What the contracts find in the generated files; a missing file is a violation."""
    found = Examination()
    for resource in project.resources:
        examine_resource(resource, files, found)
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


def examine_resource(resource: Resource, files: Mapping[str, str], found: Examination) -> None:
    stem = f"src/features/{resource.feature}/{resource.route}"
    for suffix, check in ((".routes.ts", check_routes), (".resource.ts", check_resource)):
        path = f"{stem}{suffix}"
        if path in files:
            check(parse(path, files[path]), resource, found)
        else:
            message = "the file was not generated"
            found.violations.append(Violation("requireExamination", "hono", path, 0, resource.key, "", message))
