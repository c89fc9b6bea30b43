"""`src/index.ts`, the app that holds everything together, and the files about who is calling."""

from dataclasses import dataclass

from qb_compiler.config.model import Config, Jwt
from qb_compiler.model.project import Feature, Project
from qb_compiler.model.record import record
from qb_compiler.targets.api.code import Code, layout, object_, strings
from qb_compiler.targets.api.imports import import_statement
from qb_compiler.targets.auth.aliases import aliases_of
from qb_compiler.targets.imports import import_statements
from qb_compiler.targets.rendering import render

_ENVELOPE = ("authRefusal", "crossOrigin", "envelope", "onError", "onNotFound", "requireSecret")


@record
class Mount:
    """A router and the path segment it answers under."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class AppView:
    """What `index.ts.jinja` needs."""

    imports: str
    settings: str
    aliases: bool
    mail: bool
    api_keys: bool
    registry: bool
    openapi: bool
    routes: tuple[Mount, ...]


def emit_app(project: Project) -> list[tuple[str, str]]:
    """The app, the connections to the databases, and the query that reads who is calling."""
    view = _view(project)
    config = project.config
    database = config.database
    return [
        (
            "src/index.ts",
            render("targets/api/index.ts.jinja", **{name: getattr(view, name) for name in AppView.__slots__}),
        ),
        (
            "src/db/connections.ts",
            render(
                "targets/api/connections.ts.jinja",
                features=database.features_binding,
                auth=database.auth_binding,
                audit=database.audit_binding if project.audited else None,
            ),
        ),
        (
            "src/auth/identity.ts",
            _identity(config),
        ),
    ]


def _identity(config: Config) -> str:
    organizations, teams, api_keys = config.organizations, config.auth.teams, config.auth.api_keys
    tables = (
        {"session", "user"} | ({"member"} if organizations else set()) | ({"team", "teamMember"} if teams else set())
    )
    imports = import_statements(
        {
            "drizzle-orm": {"eq", "sql", "type SQL", *(["and"] if organizations or api_keys else [])},
            "../db/auth-schema": tables | ({"apikey"} if api_keys else set()),
            "../db/connections": {"authDb"},
            "../env": {"type Env"},
            "../lib/context": {"type SignedIn"},
            "../lib/database": {"prepared", "type Database"},
            "../lib/jwt": {"type Claims"},
        }
    )
    flags = {"organizations": organizations, "teams": teams, "api_keys": api_keys}
    return render("targets/api/identity.ts.jinja", imports=imports, **flags)


def _view(project: Project) -> AppView:
    config = project.config
    return AppView(
        imports=_imports(project),
        settings=_settings(config),
        aliases=bool(aliases_of(config.auth)),
        mail=config.auth.mail,
        api_keys=config.auth.api_keys,
        registry=config.registry_generate,
        openapi=config.openapi_generate and config.openapi_publish,
        routes=tuple(mounts(project)),
    )


def mounts(project: Project) -> list[Mount]:
    """Every router: those of tables, then those of features whose actions have no table."""
    tables = [Mount(resource.route, f"{resource.key}Routes") for resource in project.resources]
    return [
        *tables,
        *(Mount(feature.name, _feature_router(feature)) for feature in project.features if feature.actions),
    ]


def _routers(project: Project) -> list[tuple[str, str]]:
    """Module and local name of every router."""
    tables = [(f"./features/{r.feature}/{r.route}.routes", f"{r.key}Routes") for r in project.resources]
    features = [feature for feature in project.features if feature.actions]
    return [*tables, *((f"./features/{f.name}/standalone.routes", _feature_router(f)) for f in features)]


def _feature_router(feature: Feature) -> str:
    words = feature.name.replace("_", "-").split("-")
    return words[0] + "".join(word[:1].upper() + word[1:] for word in words[1:]) + "FeatureRoutes"


def _settings(config: Config) -> str:
    settings = object_(
        [
            ("trustedOrigins", strings(config.auth.trusted_origins)),
            ("etag", "true" if config.etag else "false"),
            ("publicRateLimit", str(config.public_rate_limit)),
            ("jwt", _jwt(config.auth.jwt)),
        ]
    )
    return layout("const settings: Settings = ", settings, ";")


def _jwt(jwt: Jwt) -> Code:
    return object_([("minutes", str(jwt.minutes)), ("strict", "true" if jwt.strict else "false")])


def _imports(project: Project) -> str:
    config = project.config
    publishes = config.openapi_generate and config.openapi_publish
    lines = ['import { Hono } from "hono";']
    if publishes:
        lines.append('import openapi from "../openapi.json";')
    if config.registry_generate:
        lines.append('import registry from "../schema-registry.json";')
    lines.append('import { createAuth } from "./auth/auth";')
    lines.append('import type { Env } from "./env";')
    lines += [f'import {{ routes as {name} }} from "{module}";' for module, name in sorted(_routers(project))]
    if config.auth.api_keys:
        lines.append('import { apiKeys } from "./lib/api-key";')
    lines.append('import type { AppEnv, Settings } from "./lib/app-env";')
    if aliases_of(config.auth):
        lines.append('import { authRequest } from "./lib/auth-aliases";')
    lines.append(import_statement("./lib/envelope", list(_ENVELOPE)))
    asking = ["authenticate"] if config.registry_generate else []
    lines.append(import_statement("./lib/identity", [*asking, "sendToken"]))
    if config.auth.mail:
        lines.append('import { mailStatus } from "./lib/mail-service";')
    if config.registry_generate:
        lines.append('import { send } from "./lib/respond";')
    return "\n".join(lines)
