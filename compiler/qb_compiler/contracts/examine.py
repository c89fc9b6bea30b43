"""Runs every contract over the generated files of a project."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from qb_compiler.config.model import IdMode
from qb_compiler.contracts import application, cascades, gateway, shared
from qb_compiler.contracts.boundary import Boundary
from qb_compiler.contracts.declared import check_actions, check_resource
from qb_compiler.contracts.disclosures import disclosures
from qb_compiler.contracts.duties import Duties, duties
from qb_compiler.contracts.routes import check_routes
from qb_compiler.contracts.tables import Held, held_tables
from qb_compiler.contracts.typescript import Module, parse
from qb_compiler.contracts.violation import Examination, Violation
from qb_compiler.model.memory import Memory, NoMemory
from qb_compiler.model.project import Project

FORBIDDEN = (b"sql.raw(", b"eval(", b"new Function(", b" as any", b": any")


def examine(project: Project, files: Mapping[str, str], memory: Memory | None = None) -> Examination:
    """What the contracts find in the generated files; a missing file is a violation."""
    found, memory = Examination(), memory or NoMemory()
    tables = held_tables(project, memory)
    for stem, boundary in boundaries(project, tables):
        owed, path = memory.recall("duties", stem, (boundary,), partial(duties, boundary)), f"{stem}.routes.ts"
        found.add(memory.recall("routes", stem, (owed, files.get(path)), partial(examine_routes, path, files, owed)))
        texts = {path: files[path] for path in beside(stem, boundary) if path in files}
        found.add(memory.recall("contracts", stem, (boundary, texts), partial(examine_beside, stem, boundary, texts)))
    for path, (check, given) in single_files(project, files, tables).items():
        found.add(memory.recall("contracts", path, (files.get(path), given), partial(one_file, path, files, check)))
    if project.resources and not (found.routes and found.queries and found.rules):
        found.violations.append(Violation("requireExamination", "hono", "", 0, "", "", "nothing was examined"))
    for path in sorted(path for path in files if path.startswith("src/features/") and path.endswith(".routes.ts")):
        found.add(memory.recall("forbidden", path, (files[path],), partial(forbidden, path, files[path].encode())))
    found.violations.sort(key=lambda violation: violation.key)
    found.disclosures.extend(disclosures(project))
    return found


Check = tuple[Callable[[Module], Examination], object]
"""What checks a file, and what that knows of the project."""


def single_files(project: Project, files: Mapping[str, str], tables: Mapping[str, Held]) -> dict[str, Check]:
    """Files of which a project, or a feature, has one."""
    config, mounted = project.config, routers(project)
    found: dict[str, Check] = {
        shared.PATH: (shared.check_shared, ()),
        application.PATH: (partial(application.check_application, config=config, routers=mounted), (config, mounted)),
    }
    if acts(project):
        found[gateway.PATH] = (lambda module: gateway.check_gateway(module, tables), tables)
    for feature in project.features:
        path = f"src/features/{feature.name}/cascade.ts"
        if path in files or cascades.taken_along(feature.name, tables):
            found[path] = (partial(cascades.check_cascade, feature=feature.name, tables=tables), tables)
    return found


def acts(project: Project) -> bool:
    """Whether anything runs through the gateway."""
    return any(feature.actions or any(one.actions for one in feature.resources) for feature in project.features)


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


def boundaries(project: Project, tables: Mapping[str, Held]) -> Iterator[tuple[str, Boundary]]:
    """Each boundary with the path that its modules begin with."""
    config = project.config
    given = config.audit_fields, config.database.generate_id is IdMode.CLIENT
    for resource in project.resources:
        stem = f"src/features/{resource.feature}/{resource.route}"
        targets = sorted({resource.key, *(reference.target for reference in resource.references)} & tables.keys())
        known = tuple(tables[key] for key in targets)
        refers = bool(tables[resource.key].pointers)
        yield stem, Boundary(resource.key, resource.actions, resource, refers, known, *given)
    for feature in project.features:
        if feature.actions:
            yield f"src/features/{feature.name}/standalone", Boundary(feature.name, feature.actions)


def forbidden(path: str, source: bytes) -> Examination:
    """Text that no generated code has."""
    found = Examination()
    for text in FORBIDDEN:
        if text in source:
            at = source[: source.index(text)].count(b"\n") + 1
            message = f"`{text.decode().strip()}` in generated code"
            found.violations.append(Violation("requireGateway", "hono", path, at, "", "", message))
    return found


def examine_routes(path: str, files: Mapping[str, str], owed: Duties) -> Examination:
    """What the routes of one boundary show; a pure function of their text and of what they owe."""
    if path in files:
        return check_routes(parse(path, files[path]), owed)
    return Examination(violations=[missing(path, owed.name)])


def beside(stem: str, boundary: Boundary) -> tuple[str, ...]:
    """The modules that one boundary has beside its routes: the table's own, and one of actions where there are some."""
    resource = (".resource.ts",) if boundary.resource else ()
    actions = (".actions.ts",) if boundary.actions else ()
    return tuple(f"{stem}{suffix}" for suffix in (*resource, *actions))


def examine_beside(stem: str, boundary: Boundary, texts: Mapping[str, str]) -> Examination:
    """What these modules show; a pure function of what it is given."""
    found = Examination()
    for path in beside(stem, boundary):
        if path not in texts:
            found.violations.append(missing(path, boundary.name))
        elif path.endswith(".actions.ts"):
            check_actions(parse(path, texts[path]), boundary, found)
        elif boundary.resource:
            check_resource(parse(path, texts[path]), boundary, boundary.resource, found)
    return found
