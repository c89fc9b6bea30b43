"""`src/index.ts` word for word: what surrounds every request comes first, in this order, and each router once."""

import re
from collections.abc import Iterator

from qb_compiler.contracts.shape import flat
from qb_compiler.contracts.typescript import Module, walk
from qb_compiler.contracts.violation import Examination, Violation

PATH = "src/index.ts"
STATEMENTS = (
    r"const settings: Settings = \{ .+ \};",
    r"const app = new Hono<AppEnv>\(\);",
    r"app\.use\(envelope\(settings\)\);",
    r"app\.use\(crossOrigin\);",
    r"app\.use\(requireSecret\);",
    r'app\.get\("/health", \(c\) => c\.json\(\{ status: "ok" \}\)\);',
    r'app\.on\(\["GET", "POST"\], "/auth/v1/\*", async \(c\) => \{ const response = '
    r"await createAuth\(c\.env, c\.req\.url\)\.handler\(c\.req\.raw\); return authRefusal\(c, response\); \}\);",
    r'(app\.use\("/api/v1/\*", apiKeys\);)?',
    r'app\.post\("/api/v1/token", sendToken\);',
    r'(app\.get\("/api/v1/schema", async \(c\) => \{ await authenticate\(c\); return send\(c, registry\); \}\);)?',
    r'(app\.get\("/openapi\.json", \(c\) => c\.json\(openapi\)\);)?',
    r'(?:app\.route\("/api/v1/[^"]+", \w+\);)*',
    r"app\.onError\(onError\);",
    r"app\.notFound\(onNotFound\(app\)\);",
    r"export default \{ fetch: app\.fetch \} satisfies ExportedHandler<Env>;",
)
AROUND = ("authRefusal", "crossOrigin", "envelope", "onError", "onNotFound", "requireSecret")
HOMES = {
    "Hono": "hono",
    "openapi": "../openapi.json",
    "registry": "../schema-registry.json",
    "createAuth": "./auth/auth",
    **dict.fromkeys(AROUND, "./lib/envelope"),
    **dict.fromkeys(("authenticate", "sendToken"), "./lib/identity"),
    "apiKeys": "./lib/api-key",
    "send": "./lib/respond",
}


def check_application(module: Module, routers: frozenset[tuple[str, str]]) -> Examination:
    """`routers` are the paths that routers are mounted at, each with its module."""
    found = Examination(files=1)
    for message in messages(module, routers):
        found.violations.append(Violation("requireKnownShape", "hono", PATH, 1, "", "", message))
    return found


def messages(module: Module, routers: frozenset[tuple[str, str]]) -> Iterator[str]:
    text = "".join(flat(module, node) for node in module.root.named_children if node.type not in APART)
    if not re.fullmatch("".join(STATEMENTS), text):
        yield "the application is not put together as it must be"
    imported = dict(imports(module))
    mounted = re.findall(r'app\.route\("/api/v1/([^"]+)", (\w+)\);', text)
    if len(mounted) != len(routers) or {(path, imported.get(name, "")) for path, name in mounted} != routers:
        yield "the routers that are mounted are not those that were generated"
    for name, source in imported.items():
        if source not in {module for _, module in routers} and HOMES.get(name) != source:
            yield f"`{name}` is imported from `{source}`"


APART = {"import_statement", "comment"}


def imports(module: Module) -> Iterator[tuple[str, str]]:
    """Each name that the module uses, and where it is from; types aside."""
    for statement in module.root.named_children:
        source = statement.child_by_field_name("source")
        if source is None or module.text(statement).startswith("import type "):
            continue
        for node in walk(statement):
            if node.type == "import_specifier":
                named = node.child_by_field_name("alias") or node.child_by_field_name("name")
                yield module.text(named) if named else "", module.text(source)[1:-1]
            elif node.type == "identifier" and node.parent is not None and node.parent.type == "import_clause":
                yield module.text(node), module.text(source)[1:-1]
