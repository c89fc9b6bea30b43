"""Imports of carried-over code: where the modules it names lie in the generated project."""

import posixpath
from collections.abc import Iterable, Mapping

from qb_compiler.model.carried import Carried, CarriedImport
from qb_compiler.model.project import Project
from qb_compiler.model.record import record

_AUTHOR = "quickback/"


@record
class ModulePaths:
    """`schemas` maps a file that declares tables to the schema that holds them now, and `tables` to their keys."""

    schemas: Mapping[str, str]
    tables: Mapping[str, frozenset[str]]

    def path(self, imported: CarriedImport) -> str | None:
        """The module (without extension) that an import of a project file means; None for a package."""
        if imported.file is None:
            return None
        if imported.name in self.tables.get(imported.file, frozenset()):
            return self.schemas[imported.file]
        return generated_path(imported.file).removesuffix(".ts")

    def specifier(self, imported: CarriedImport, at: str) -> str:
        """What to write after `from` in the generated file `at`."""
        target = self.path(imported)
        return imported.module if target is None else relative(at, target)


def module_paths(project: Project) -> ModulePaths:
    schemas: dict[str, str] = {}
    tables: dict[str, frozenset[str]] = {}
    for feature in project.features:
        for item in feature.tables:
            file = item.table.file.path
            schemas[file] = f"src/features/{feature.name}/schema"
            tables[file] = tables.get(file, frozenset()) | {item.key}
    return ModulePaths(schemas, tables)


def generated_path(file: str) -> str:
    """Where a module of the author's is carried to: `quickback/features/x/a.ts` becomes `src/features/x/a.ts`."""
    return f"src/{file.removeprefix(_AUTHOR)}"


def relative(at: str, target: str) -> str:
    """The specifier of module `target` as seen from the file `at`; both relative to the project root."""
    found = posixpath.relpath(target, posixpath.dirname(at))
    return found if found.startswith(".") else f"./{found}"


def import_names(carried: Iterable[Carried], paths: ModulePaths, at: str) -> dict[str, set[str]]:
    """specifier -> names as they stand in an import clause (`eq`, `type Settings`, `default as x`, `* as z`)."""
    found: dict[str, set[str]] = {}
    for piece in carried:
        for imported in piece.imports:
            found.setdefault(paths.specifier(imported, at), set()).add(clause(imported))
    return found


def clause(imported: CarriedImport) -> str:
    name = imported.name if imported.name == imported.alias else f"{imported.name} as {imported.alias}"
    return f"type {name}" if imported.type_only and imported.name != "*" else name
