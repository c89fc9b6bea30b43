"""`src/index.ts` word for word: what surrounds every request comes first, in this order, and each router once."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from qb_compiler.config.model import Config
from qb_compiler.contracts.literals import Data, Unreadable, read
from qb_compiler.contracts.shape import flat
from qb_compiler.contracts.typescript import Module, imported
from qb_compiler.contracts.violation import Examination, Violation

PATH = "src/index.ts"
SETTINGS = "const settings: Settings = "


def statements(config: Config) -> Iterator[str]:
    """A pattern for each statement after the settings, in order."""
    yield r"const app = new Hono<AppEnv>\(\);"
    yield r"app\.use\(envelope\(settings\)\);"
    yield r"app\.use\(crossOrigin\);"
    yield r"app\.use\(requireSecret\);"
    yield r'app\.get\("/health", \(c\) => c\.json\(\{ status: "ok" \}\)\);'
    yield (
        r'app\.on\(\["GET", "POST"\], "/auth/v1/\*", async \(c\) => \{ const response = '
        r"await createAuth\(c\.env, c\.req\.url\)\.handler\((c\.req\.raw|await authRequest\(c\))\); "
        r"return authRefusal\(c, response\); \}\);"
    )
    if config.auth.api_keys:
        yield r'app\.use\("/api/v1/\*", apiKeys\);'
    if config.auth.mail:
        yield r'app\.get\("/api/v1/system/email-status", mailStatus\);'
    yield r'app\.post\("/api/v1/token", sendToken\);'
    if config.registry_generate:
        yield (
            r'app\.get\("/api/v1/schema", async \(c\) => '
            r"\{ await authenticate\(c\); return send\(c, registry\); \}\);"
        )
    if config.openapi_generate and config.openapi_publish:
        yield r'app\.get\("/openapi\.json", \(c\) => c\.json\(openapi\)\);'
    yield r'(?:app\.route\("/api/v1/[^"]+", \w+\);)*'
    yield r"app\.onError\(onError\);"
    yield r"app\.notFound\(onNotFound\(app\)\);"
    yield r"export default \{ fetch: app\.fetch \} satisfies ExportedHandler<Env>;"


def settings(config: Config) -> Data:
    """What surrounds every request is told."""
    return {
        "trustedOrigins": config.auth.trusted_origins,
        "etag": config.etag,
        "publicRateLimit": config.public_rate_limit,
        "jwt": {"minutes": config.auth.jwt.minutes, "strict": config.auth.jwt.strict},
    }


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


def check_application(module: Module, config: Config, routers: frozenset[tuple[str, str]]) -> Examination:
    """`routers` are the paths that routers are mounted at, each with its module."""
    found = Examination(files=1)
    for message in messages(module, config, routers):
        found.violations.append(Violation("requireKnownShape", "hono", PATH, 1, "", "", message))
    return found


def messages(module: Module, config: Config, routers: frozenset[tuple[str, str]]) -> Iterator[str]:
    written = [node for node in module.root.named_children if node.type not in APART]
    if not written or not is_told(module, written[0], config):
        yield "the settings are not those of the config"
    text = "".join(flat(module, node) for node in written[1:])
    if not re.fullmatch("".join(statements(config)), text):
        yield "the application is not put together as it must be"
    names = dict(imported(module))
    mounted = re.findall(r'app\.route\("/api/v1/([^"]+)", (\w+)\);', text)
    if len(mounted) != len(routers) or {(path, names.get(name, "")) for path, name in mounted} != routers:
        yield "the routers that are mounted are not those that were generated"
    for name, source in names.items():
        if source not in {module for _, module in routers} and HOMES.get(name) != source:
            yield f"`{name}` is imported from `{source}`"


def is_told(module: Module, node: Node, config: Config) -> bool:
    """Whether the statement declares the settings, and these are what the config says."""
    if not module.text(node).startswith(SETTINGS):
        return False
    value = node.named_children[0].child_by_field_name("value")
    try:
        return value is not None and read(module, value) == settings(config)
    except Unreadable:
        return False
