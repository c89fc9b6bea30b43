"""`src/index.ts` word for word: what surrounds every request comes first, in this order, and each router once."""

import re
from collections.abc import Iterator

from qb_compiler.contracts.shape import flat
from qb_compiler.contracts.typescript import Module, imported
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
    r"await createAuth\(c\.env, c\.req\.url\)\.handler\((c\.req\.raw|await authRequest\(c\))\); "
    r"return authRefusal\(c, response\); \}\);",
    r'(app\.use\("/api/v1/\*", apiKeys\);)?',
    r'(app\.get\("/api/v1/system/email-status", mailStatus\);)?',
    r'app\.post\("/api/v1/token", sendToken\);',
    r'(app\.get\("/api/v1/schema", async \(c\) => \{ await authenticate\(c\); return send\(c, registry\); \}\);)?',
    r'(app\.get\("/openapi\.json", \(c\) => c\.json\(openapi\)\);)?',
    r'(?:app\.route\("/api/v1/[^"]+", \w+\);)*',
    r"app\.onError\(onError\);",
    r"app\.notFound\(onNotFound\(app\)\);",
    r"export default \{ fetch: app\.fetch \} satisfies ExportedHandler<Env>;",
)
APART = {"import_statement", "comment"}
AROUND = ("authRefusal", "crossOrigin", "envelope", "onError", "onNotFound", "requireSecret")
HOMES = {
    "Hono": "hono",
    "openapi": "../openapi.json",
    "registry": "../schema-registry.json",
    "createAuth": "./auth/auth",
    **dict.fromkeys(AROUND, "./lib/envelope"),
    **dict.fromkeys(("authenticate", "sendToken"), "./lib/identity"),
    "authRequest": "./lib/auth-aliases",
    "apiKeys": "./lib/api-key",
    "mailStatus": "./lib/mail-service",
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
    names = dict(imported(module))
    mounted = re.findall(r'app\.route\("/api/v1/([^"]+)", (\w+)\);', text)
    if len(mounted) != len(routers) or {(path, names.get(name, "")) for path, name in mounted} != routers:
        yield "the routers that are mounted are not those that were generated"
    for name, source in names.items():
        if source not in {module for _, module in routers} and HOMES.get(name) != source:
            yield f"`{name}` is imported from `{source}`"
