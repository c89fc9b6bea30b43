"""Where the names of a generated module come from: what guards rows is ours, and not something of the same name."""

from collections.abc import Iterator, Mapping

from tree_sitter import Node

from qb_compiler.contracts.tables import Held
from qb_compiler.contracts.typescript import Module, named_imports
from qb_compiler.model.record import record

LIB = {
    "context": ("contextValue", "requireScope"),
    "firewall": ("allOf", "everyRow", "matches"),
    "guards": ("AUDIT_FIELDS",),
    "ids": ("cuid", "nanoid", "prefixedId", "uuid"),
    "list-query": ("viewOf",),
    "masks": ("customMask", "maskCreditCard", "maskEmail", "maskName", "maskPhone", "maskSsn", "redact"),
    "resource": ("rowsIn", "targetIn"),
    "scoped-db": ("policyOf", "ScopedDb"),
    "stamps": ("createdNow", "deletedNow", "modifiedNow"),
    "values": ("fieldsOf",),
    "access": ("fromContext",),
    "body": ("base64", "bigintValue", "decimalText", "isoDate", "json", "typed"),
}
HOMES = {"isNull": "drizzle-orm", "z": "zod"} | {name: module for module, names in LIB.items() for name in names}
TOP = {"import_statement", "comment", "type_alias_declaration", "lexical_declaration"}


@record
class Names:
    """What a module calls the tables (by key) and the `resource` of each, and which names are from nowhere known."""

    tables: Mapping[str, str]
    resources: Mapping[str, str]
    strangers: tuple[str, ...]


def names_of(module: Module, folder: str, tables: Mapping[str, Held], own: Mapping[str, str] | None = None) -> Names:
    """`folder` is the feature of the module, or empty outside; `own` are further names with the module of each."""
    to_lib = "../../lib" if folder else "../lib"
    homes = {name: home if home in {"drizzle-orm", "zod"} else f"{to_lib}/{home}" for name, home in HOMES.items()}
    homes |= own or {}
    schemas = {(_path(folder, held.feature, "schema"), key): key for key, held in tables.items()}
    modules = {_path(folder, held.feature, f"{held.route}.resource"): key for key, held in tables.items() if held.route}
    local: dict[str, str] = {}
    resources: dict[str, str] = {}
    strangers = []
    for name, exported, source in named_imports(module):
        if (source, exported) in schemas:
            local[schemas[source, exported]] = name
        elif exported == "resource" and source in modules:
            resources[modules[source]] = name
        elif name != exported or homes.get(name) != source:
            strangers.append(f"`{name}` is imported from `{source}`")
    return Names(local, resources, tuple(strangers))


def _path(folder: str, feature: str, file: str) -> str:
    if not folder:
        return f"../features/{feature}/{file}"
    return f"./{file}" if folder == feature else f"../{feature}/{file}"


def strange_declarations(module: Module, known: set[str]) -> Iterator[str]:
    """Top-level bindings and statements that such a module does not have, so that none stands for something of ours."""
    for node in module.root.named_children:
        declared = node.child_by_field_name("declaration") if node.type == "export_statement" else node
        if declared is None or declared.type not in TOP or not is_constant(module, declared):
            yield f"a {node.type.replace('_', ' ')} at the top"
    for name in module.exported:
        if name not in known and not name.endswith("Firewall"):
            yield f"`{name}` is no name of such a module"


def is_constant(module: Module, node: Node) -> bool:
    return node.type != "lexical_declaration" or module.text(node).startswith("const ")
