"""Modules of the author's that become part of the generated project: handlers, and what carried code imports."""

import posixpath
import re
from collections.abc import Iterator

from qb_compiler.model.project import Feature, Project
from qb_compiler.model.resource import InternalTable, Resource
from qb_compiler.span import SourceFile
from qb_compiler.targets.carried import generated_path, relative

_COMPILER = re.compile(r"""(from\s+|import\s+)(["'])@quickback/compiler\2""")
_ROW_TYPE = re.compile(
    r"^export\s+type\s+\w+\s*=\s*typeof\s+[\w$]+\.\$infer(?:Select|Insert)\s*;?[ \t]*$", re.MULTILINE
)
_DEFAULT_TABLE = re.compile(r"^export\s+default\s+(?!define)", re.MULTILINE)
"""A table of `feature()` that is the default export of its file."""
COMPILER = "@quickback/compiler"
DEFINITIONS = "src/lib/definitions"


def carried_modules(project: Project) -> Iterator[tuple[str, str]]:
    """Path and text of each; a file that declared tables becomes a module that exports them from the schema."""
    emitted: set[str] = set()
    wanted = False
    for feature in project.features:
        for file in (*_handlers(feature), *(module.file for module in feature.support)):
            path = generated_path(file.path)
            wanted = True
            if path not in emitted:
                emitted.add(path)
                yield path, _rewritten(file, path)
    if wanted:
        yield from _table_modules(project)


def _handlers(feature: Feature) -> list[SourceFile]:
    actions = [*feature.actions, *(action for resource in feature.resources for action in resource.actions)]
    return [action.handler.file for action in actions if action.handler]


def _rewritten(file: SourceFile, path: str) -> str:
    """The text with imports of the definition language turned to what the generated project has."""
    target = relative(path, DEFINITIONS)
    return _COMPILER.sub(lambda found: f'{found[1]}"{target}"', file.text)


def _table_modules(project: Project) -> Iterator[tuple[str, str]]:
    for feature in project.features:
        by_file: dict[SourceFile, list[Resource | InternalTable]] = {}
        for item in feature.tables:
            by_file.setdefault(item.table.file, []).append(item)
        for file, items in by_file.items():
            path = generated_path(file.path)
            yield path, _table_module(feature, file, items, path)


def _table_module(feature: Feature, file: SourceFile, items: list[Resource | InternalTable], path: str) -> str:
    schema = relative(path, f"src/features/{feature.name}/schema")
    tables = ", ".join(sorted(item.key for item in items))
    if len(items) == 1 and _DEFAULT_TABLE.search(file.text):
        return f'export {{ {tables}, {tables} as default }} from "{schema}";\n'
    types = [found[0].rstrip() for found in _ROW_TYPE.finditer(file.text)]
    if not types:
        return f'export {{ {tables} }} from "{schema}";\n'
    shown = "\n".join(line if line.endswith(";") else f"{line};" for line in types)
    return f'import {{ {tables} }} from "{schema}";\n\nexport {{ {tables} }};\n{shown}\n'


def handler_specifier(at: str, handler: SourceFile) -> str:
    """How the generated module `at` imports a handler."""
    return relative(at, posixpath.splitext(generated_path(handler.path))[0])
