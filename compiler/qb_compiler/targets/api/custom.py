"""`<route>.custom.ts`: the author's own code for masks, validation and rules, kept as it was written."""

from collections.abc import Iterator

from qb_compiler.blocks.access.model import Rule
from qb_compiler.model.carried import Carried
from qb_compiler.model.project import Project
from qb_compiler.model.resource import Resource
from qb_compiler.targets.api import names
from qb_compiler.targets.api.carrying import COMPILER, DEFINITIONS
from qb_compiler.targets.api.code import key, text
from qb_compiler.targets.api.operations import operations
from qb_compiler.targets.carried import import_names, module_paths, relative
from qb_compiler.targets.imports import import_statements


def custom_masks(resource: Resource) -> list[tuple[str, Carried]]:
    return [(mask.column, mask.custom) for mask in resource.masking.masks if mask.custom]


def custom_schemas(resource: Resource) -> list[tuple[str, Carried]]:
    return [(rules.column, rules.schema) for rules in resource.validation if rules.schema]


def custom_rules(resource: Resource) -> list[tuple[str, Carried]]:
    """Rules in code, by the first operation that has them."""
    found: dict[str, tuple[str, Carried]] = {}
    for operation in operations(resource):
        if operation.access.function:
            found.setdefault(operation.access.function.text, (operation.name, operation.access.function))
    return list(found.values())


def custom_rule(resource: Resource, access: Rule) -> str | None:
    """The expression for the rule's code, or None for a rule that is data."""
    text_ = access.function.text if access.function else None
    name = next((name for name, carried in custom_rules(resource) if carried.text == text_), None)
    return f"customRules.{name}" if name else None


def has_custom(resource: Resource) -> bool:
    return bool(custom_masks(resource) or custom_schemas(resource) or custom_rules(resource))


def custom_module(project: Project, resource: Resource) -> tuple[str, str]:
    """Path and text of the module."""
    path = f"{names.folder(resource.feature)}/{resource.route}.custom.ts"
    return path, carried_text(project, path, _pieces(resource), _own_imports(resource), list(_sections(resource)))


def carried_text(
    project: Project, path: str, pieces: list[Carried], own: dict[str, set[str]], sections: list[str]
) -> str:
    """Imports of the carried pieces and our own, their declarations, then the sections."""
    imports = import_names(pieces, module_paths(project), path)
    if language := imports.pop(COMPILER, None):
        imports[relative(path, DEFINITIONS)] = language
    for module, wanted in own.items():
        imports.setdefault(module, set()).update(wanted)
    declarations = dict.fromkeys(declaration for piece in pieces for declaration in piece.declarations)
    return "\n\n".join([import_statements(imports), *declarations, *sections]) + "\n"


def _pieces(resource: Resource) -> list[Carried]:
    found = (*custom_masks(resource), *custom_schemas(resource), *custom_rules(resource))
    return [carried for _, carried in found]


def _own_imports(resource: Resource) -> dict[str, set[str]]:
    own: dict[str, set[str]] = {}
    if custom_masks(resource):
        own["../../lib/masks"] = {"customMask"}
    if custom_rules(resource):
        own["../../lib/access"] = {"type CodeRule"}
    if custom_masks(resource) or custom_rules(resource):
        own["./schema"] = {f"type {resource.key}"}
    return own


def _sections(resource: Resource) -> Iterator[str]:
    row = f"typeof {resource.key}.$inferSelect"
    if masks := custom_masks(resource):
        entries = [(column, f"customMask<NonNullable<({row})[{text(column)}]>>({c.text})") for column, c in masks]
        yield _object("customMasks", entries)
    if schemas := custom_schemas(resource):
        yield _object("customSchemas", [(column, carried.text) for column, carried in schemas])
    if rules := custom_rules(resource):
        yield _object("customRules", [(name, carried.text) for name, carried in rules], _rules_type(resource, row))


def _rules_type(resource: Resource, row: str) -> str:
    return f" satisfies Record<string, CodeRule<{row}>>"


def _object(name: str, entries: list[tuple[str, str]], after: str = "") -> str:
    lines = "".join(f"  {key(entry)}: {code},\n" for entry, code in entries)
    return f"export const {name} = {{\n{lines}}}{after};"
