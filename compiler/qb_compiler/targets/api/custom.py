"""`<route>.custom.ts`: the author's own code for masks, validation and rules, kept as it was written."""

from collections.abc import Iterable, Iterator, Sequence

from qb_compiler.blocks.access.model import Rule
from qb_compiler.model.carried import Carried
from qb_compiler.model.record import record
from qb_compiler.model.resource import Resource
from qb_compiler.targets.api import names
from qb_compiler.targets.api.carrying import COMPILER, DEFINITIONS
from qb_compiler.targets.api.code import Code, Group, flat, key, layout, text, wrapped
from qb_compiler.targets.api.fields import fields_code
from qb_compiler.targets.api.operations import Operation, operations
from qb_compiler.targets.api.rules import mixed_code, mixed_object, uses_context
from qb_compiler.targets.carried import ModulePaths, import_names, relative
from qb_compiler.targets.imports import import_statements


def custom_masks(resource: Resource) -> list[tuple[str, Carried]]:
    return [(mask.column, mask.custom) for mask in resource.masking.masks if mask.custom]


def custom_schemas(resource: Resource) -> list[tuple[str, Carried]]:
    return [(rules.column, rules.schema) for rules in resource.validation if rules.schema]


@record
class CodeRule:
    """A rule in code, under the name of the first operation that has it."""

    name: str
    code: Code
    functions: tuple[Carried, ...]
    is_mixed: bool


def custom_rules(resource: Resource) -> list[CodeRule]:
    found: dict[str, CodeRule] = {}
    for operation in operations(resource):
        if functions := operation.access.functions:
            code = _rule_code(resource, operation)
            found.setdefault(flat(code), CodeRule(operation.name, code, functions, operation.access.function is None))
    return list(found.values())


def custom_rule(resource: Resource, operation: Operation) -> str | None:
    """The expression for the rule's code, or None for a rule that is data."""
    code = _rule_code(resource, operation) if operation.access.functions else None
    name = next((rule.name for rule in custom_rules(resource) if rule.code == code), None)
    return f"customRules.{name}" if name else None


def _rule_code(resource: Resource, operation: Operation) -> Code:
    row = f"typeof {resource.key}.$inferSelect"
    creates = operation.name in {"create", "batchCreate"}
    return function_of(operation.access, f"{row} | undefined" if creates else row, "fields")


def function_of(rule: Rule, row: str, fields: str) -> Code:
    """The author's function, or one made of his functions and the data around them."""
    return rule.function.text if rule.function else wrapped(f"mixed<{row}>({fields}, ", mixed_object(rule), ")")


def has_custom(resource: Resource) -> bool:
    return bool(custom_masks(resource) or custom_schemas(resource) or custom_rules(resource))


def custom_module(paths: ModulePaths, resource: Resource) -> tuple[str, str]:
    """Path and text of the module."""
    path = f"{names.folder(resource.feature)}/{resource.route}.custom.ts"
    return path, carried_text(paths, path, _pieces(resource), _own_imports(resource), list(_sections(resource)))


def carried_text(
    paths: ModulePaths, path: str, pieces: list[Carried], own: dict[str, set[str]], sections: list[str]
) -> str:
    """Imports of the carried pieces and our own, their declarations, then the sections."""
    imports = import_names(pieces, paths, path)
    if language := imports.pop(COMPILER, None):
        imports[relative(path, DEFINITIONS)] = language
    for module, wanted in own.items():
        imports.setdefault(module, set()).update(wanted)
    declarations = dict.fromkeys(declaration for piece in pieces for declaration in piece.declarations)
    return "\n\n".join([import_statements(imports), *declarations, *sections]) + "\n"


def _pieces(resource: Resource) -> list[Carried]:
    found = (*custom_masks(resource), *custom_schemas(resource))
    return [*(carried for _, carried in found), *(code for rule in custom_rules(resource) for code in rule.functions)]


def _own_imports(resource: Resource) -> dict[str, set[str]]:
    own: dict[str, set[str]] = {}
    if custom_masks(resource):
        own["../../lib/masks"] = {"customMask"}
    rules = custom_rules(resource)
    if rules:
        own["../../lib/access"] = {"type CodeRule", *rule_helpers(code.access for code in operations(resource))}
    is_mixed = any(rule.is_mixed for rule in rules)
    if is_mixed:
        own["../../lib/values"] = {"fieldsOf"}
    if custom_masks(resource) or rules:
        own["./schema"] = {resource.key if is_mixed else f"type {resource.key}"}
    return own


def rule_helpers(rules: Iterable[Rule]) -> set[str]:
    """What the text of these rules calls."""
    found = [mixed_code(rule) for rule in rules if rule.functions and not rule.function]
    return {*(["mixed"] if found else []), *(["fromContext"] if any(map(uses_context, found)) else [])}


def _sections(resource: Resource) -> Iterator[str]:
    row = f"typeof {resource.key}.$inferSelect"
    if masks := custom_masks(resource):
        yield code_object("customMasks", [(column, _mask(row, column, carried)) for column, carried in masks])
    if schemas := custom_schemas(resource):
        yield code_object("customSchemas", [(column, carried.text) for column, carried in schemas])
    if rules := custom_rules(resource):
        if any(rule.is_mixed for rule in rules):
            yield fields_code(resource, resource.key)
        entries = [(rule.name, rule.code) for rule in rules]
        yield code_object("customRules", entries, f" satisfies Record<string, CodeRule<{row}>>")


def _mask(row: str, column: str, carried: Carried) -> Code:
    return Group(f"customMask<NonNullable<({row})[{text(column)}]>>(", (carried.text,), ")")


def code_object(name: str, entries: Sequence[tuple[str, Code]], after: str = "") -> str:
    """An exported object with one entry a line, as code of the author's stands in it."""
    lines = "".join(f"  {layout(f'{key(entry)}: ', code, ',', 2)}\n" for entry, code in entries)
    return f"export const {name} = {{\n{lines}}}{after};"
