"""Runs every contract over the generated files of a project."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from qb_compiler.blocks.relations.model import ReferenceOrigin
from qb_compiler.contracts import application, shared
from qb_compiler.contracts.boundary import Boundary
from qb_compiler.contracts.declared import check_actions, check_resource
from qb_compiler.contracts.disclosures import disclosures
from qb_compiler.contracts.routes import check_routes
from qb_compiler.contracts.typescript import Module, parse
from qb_compiler.contracts.violation import Examination, Violation
from qb_compiler.model.memory import Memory, NoMemory
from qb_compiler.model.project import Project
from qb_compiler.model.resource import Resource

FORBIDDEN = (b"sql.raw(", b"eval(", b"new Function(", b" as any", b": any")


def examine(project: Project, files: Mapping[str, str], memory: Memory | None = None) -> Examination:
    """What the contracts find in the generated files; a missing file is a violation."""
    found, memory = Examination(), memory or NoMemory()
    for stem, boundary in boundaries(project):
        texts = {path: files[path] for path in expected(stem, boundary) if path in files}
        found.add(memory.recall("contracts", stem, (boundary, texts), partial(examine_boundary, stem, boundary, texts)))
    mounted = routers(project)
    once: dict[str, Callable[[Module], Examination]] = {
        shared.PATH: shared.check_shared,
        application.PATH: lambda module: application.check_application(module, mounted),
    }
    for path, check in once.items():
        found.add(memory.recall("contracts", path, (files.get(path), mounted), partial(one_file, path, files, check)))
    if project.resources and not (found.routes and found.queries and found.rules):
        found.violations.append(Violation("requireExamination", "hono", "", 0, "", "", "nothing was examined"))
    for path in sorted(path for path in files if path.startswith("src/features/") and path.endswith(".routes.ts")):
        found.add(memory.recall("forbidden", path, (files[path],), partial(forbidden, path, files[path].encode())))
    found.violations.sort(key=lambda violation: violation.key)
    found.disclosures.extend(disclosures(project))
    return found


def one_file(path: str, files: Mapping[str, str], check: Callable[[Module], Examination]) -> Examination:
    """What a file shows of which every project has one."""
    if path in files:
        return check(parse(path, files[path]))
    return Examination(violations=[missing(path, "")])


def missing(path: str, table: str) -> Violation:
    return Violation("requireExamination", "hono", path, 0, table, "", "the file was not generated")


def routers(project: Project) -> frozenset[tuple[str, str]]:
    """Where each boundary is mounted, and its module."""
    tables = ((one.route, f"./features/{one.feature}/{one.route}.routes") for one in project.resources)
    acting = (feature.name for feature in project.features if feature.actions)
    return frozenset((*tables, *((name, f"./features/{name}/standalone.routes") for name in acting)))


def boundaries(project: Project) -> Iterator[tuple[str, Boundary]]:
    """Each boundary with the path that its modules begin with."""
    tables = {table.key for feature in project.features for table in feature.tables}
    for resource in project.resources:
        stem = f"src/features/{resource.feature}/{resource.route}"
        yield stem, Boundary(resource.key, resource.actions, resource, refers(resource, tables))
    for feature in project.features:
        if feature.actions:
            yield f"src/features/{feature.name}/standalone", Boundary(feature.name, feature.actions)


def refers(resource: Resource, tables: set[str]) -> bool:
    """Whether a write must ask for rows of other tables: a naming convention alone is no reference."""
    kept = (ref for ref in resource.references if ref.origin is not ReferenceOrigin.CONVENTION)
    return any(reference.target in tables for reference in kept)


def forbidden(path: str, source: bytes) -> Examination:
    """Text that no generated code has."""
    found = Examination()
    for text in FORBIDDEN:
        if text in source:
            at = source[: source.index(text)].count(b"\n") + 1
            message = f"`{text.decode().strip()}` in generated code"
            found.violations.append(Violation("requireGateway", "hono", path, at, "", "", message))
    return found


def expected(stem: str, boundary: Boundary) -> tuple[str, ...]:
    """The modules that one boundary has: routes always, the table's own where there is one, actions where there are."""
    resource = (".resource.ts",) if boundary.resource else ()
    actions = (".actions.ts",) if boundary.actions else ()
    return tuple(f"{stem}{suffix}" for suffix in (".routes.ts", *resource, *actions))


def examine_boundary(stem: str, boundary: Boundary, texts: Mapping[str, str]) -> Examination:
    """What the modules of one boundary show; a pure function of what it is given."""
    found = Examination()
    for path in expected(stem, boundary):
        if path not in texts:
            found.violations.append(missing(path, boundary.name))
        elif path.endswith(".routes.ts"):
            check_routes(parse(path, texts[path]), boundary, found)
        elif path.endswith(".actions.ts"):
            check_actions(parse(path, texts[path]), boundary, found)
        elif boundary.resource:
            check_resource(parse(path, texts[path]), boundary.resource, found)
    return found
