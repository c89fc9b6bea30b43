"""The imports of a generated module, worked out from the names its text uses: none is missing and none unused."""

import re
from collections.abc import Iterable

from qb_compiler.model.record import record
from qb_compiler.targets.api.code import WIDTH

_STRINGS = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|//[^\n]*|/\*.*?\*/', re.DOTALL)
_USES = re.compile(
    r"(?<![.\w$])([A-Za-z_$][\w$]*)(?!\s*\??:(?!:))|(?<=\.\.\.)([A-Za-z_$][\w$]*)|\?\s*([A-Za-z_$][\w$]*)\s*:"
)

PACKAGES = {
    "drizzle-orm": ("eq", "isNull", "type SQL"),
    "drizzle-orm/sqlite-core": ("type SQLiteTable",),
    "hono": ("Hono",),
    "zod": ("z",),
}
RUNTIME = {
    "access": (
        "fromContext", "recordFilter", "requireCode", "requireCodeVisible", "requireNewRecord", "requireRecord",
        "requireRole", "type Rule",
        "unchanged",
    ),
    "actions": (
        "readInput", "requestParts", "requireCodeState", "requireCrossTenant", "requirePlatformAdmin", "requireState",
        "requireTransition", "returnedRecord", "sendResult",
    ),
    "app-env": ("type AppEnv",),
    "audit-trail": ("audited",),
    "batch": (
        "checkCode",
        "checkCodeVisible", "checkItems", "idsOf", "integerIds", "readBatch", "dropItems",
        "requireItem", "sendBatch", "takenIds", "textIds",
        "writeItems",
    ),
    "body": (
        "base64", "bigintValue", "checkBody", "decimalText", "isoDate", "json", "readBody",
        "readJson", "typed",
        "withoutId",
    ),
    "cascade": ("cascade", "type Child", "type Children"),
    "context": (
        "type Ctx", "type InOrganization", "type Scoping", "type SignedIn", "contextValue", "requireOrganization",
        "requireScope",
    ),
    "database": ("write",),
    "firewall": ("allOf", "everyRow", "matches", "requireVisible"),
    "guards": ("AUDIT_FIELDS", "type Guards", "checkCreate", "checkPut", "checkUpdate"),
    "identity": ("authenticate", "identify"),
    "ids": ("cuid", "nanoid", "prefixedId", "uuid"),
    "list-query": (
        "type Listed", "type Queryable", "integerId", "readColumns", "readListQuery", "selectionOf", "textId", "viewOf",
    ),
    "masks": (
        "type Masks", "customMask", "maskCreditCard", "maskEmail", "maskName", "maskPhone", "maskSsn", "redact",
    ),
    "page": ("pagination", "readPage", "readRecord"),
    "rate-limit": ("limitPublic",),
    "references": ("checkReferences", "requireFree", "requireReferences"),
    "resource": ("type Resource", "rowsIn", "targetIn"),
    "respond": ("maskRow", "maskRows", "send", "sendPage"),
    "rows": (
        "fetchAcrossTenants", "fetchRow", "fetchRows", "hardDeleteRow", "insertRow", "putRow", "softDeleteRow",
        "updateRow", "usualPage",
    ),
    "scoped-db": ("policyOf", "type Policies", "type Policy", "ScopedDb"),
    "stamps": ("createdNow", "deletedNow", "modifiedNow"),
    "values": ("fieldsOf",),
}  # fmt: skip


@record
class Import:
    """One module and what may be imported of it; `always` names are imported without being looked for."""

    module: str
    names: tuple[str, ...]


def import_lines(body: str, imports: Iterable[Import]) -> str:
    """The import statements for the names that `body` uses, one module a statement, in a stable order."""
    used = _used(body)
    lines = []
    for entry in sorted(imports, key=lambda entry: _module_order(entry.module)):
        names = sorted((name for name in entry.names if _local(name) in used), key=_sort_key)
        if names:
            lines.append(import_statement(entry.module, names))
    return "\n".join(lines)


def _module_order(module: str) -> tuple[bool, int, str]:
    """Packages, then the project's own modules from the farthest to the nearest."""
    return module.startswith("."), -module.count("../"), module.lower()


def package_imports() -> list[Import]:
    return [Import(module, names) for module, names in PACKAGES.items()]


def runtime_imports(to_lib: str) -> list[Import]:
    """`to_lib` is the path from the importing module to `src/lib`."""
    return [Import(f"{to_lib}/{module}", names) for module, names in RUNTIME.items()]


def _used(body: str) -> frozenset[str]:
    text = _STRINGS.sub(" ", body)
    return frozenset(name for groups in _USES.findall(text) for name in groups if name)


def _local(name: str) -> str:
    """The name inside the module: `departments` of `resource as departments`."""
    return name.removeprefix("type ").split(" as ")[-1]


def _sort_key(name: str) -> list[tuple[str, str]]:
    return [(character.lower(), character) for character in name.removeprefix("type ").split(" as ")[0]]


def import_statement(module: str, names: list[str]) -> str:
    """One import, broken where it is too long."""
    spaces = [name for name in names if name.startswith("* as ")]
    if spaces:
        rest = [name for name in names if name not in spaces]
        lines = [f'import {space} from "{module}";' for space in spaces]
        return "\n".join([*lines, *([import_statement(module, rest)] if rest else [])])
    types_only = all(name.startswith("type ") for name in names)
    shown = [name.removeprefix("type ") for name in names] if types_only else names
    head = "import type" if types_only else "import"
    line = f'{head} {{ {", ".join(shown)} }} from "{module}";'
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"{head} {{", *(f"  {name}," for name in shown), f'}} from "{module}";'])
