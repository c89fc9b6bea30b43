"""`wrangler.toml`: the Worker, its databases, variables and limits."""

import json

from qb_compiler.blocks.access.model import Rule
from qb_compiler.model.literal import Scalar
from qb_compiler.model.project import Project
from qb_compiler.targets.deploy.databases import DeployedDatabase, deployed_databases, worker_name
from qb_compiler.targets.deploy.versions import COMPATIBILITY_DATE

PUBLIC_LIMITER = "PUBLIC_RATE_LIMIT"
_LIMITER_NAMESPACE = "1001"


def wrangler_toml(project: Project) -> str:
    config = project.config
    runtime = config.runtime
    head = [
        f"name = {toml(worker_name(config))}",
        'main = "src/index.ts"',
        f"compatibility_date = {toml(runtime.compatibility_date or COMPATIBILITY_DATE)}",
        'compatibility_flags = ["nodejs_compat"]',
    ]
    if runtime.routes:
        head.append(f"routes = [\n{''.join(_route(r.pattern, r.custom_domain) for r in runtime.routes)}]")
    blocks = ["\n".join(head)]
    if runtime.observability:
        blocks.append("[observability]\nenabled = true")
    blocks += [_database(database) for database in deployed_databases(project)]
    if has_public_routes(project):
        blocks.append(_limiter(config.public_rate_limit))
    if config.database.vars:
        blocks.append("\n".join(["[vars]", *(f"{_key(name)} = {toml(value)}" for name, value in config.database.vars)]))
    return "\n\n".join(blocks) + "\n"


def has_public_routes(project: Project) -> bool:
    """Whether any route answers callers without a sign-in."""
    tableless = (action.access for feature in project.features for action in feature.actions)
    rules: tuple[Rule, ...] = (*(rule for resource in project.resources for rule in resource.rules), *tableless)
    return any(rule.may_be_public for rule in rules)


def toml(value: Scalar) -> str:
    """A TOML value of plain data."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return json.dumps(value)


def _key(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() and name.isascii() else toml(name)


def _route(pattern: str, custom_domain: bool) -> str:
    own = ", custom_domain = true" if custom_domain else ""
    return f"  {{ pattern = {toml(pattern)}{own} }},\n"


def _database(database: DeployedDatabase) -> str:
    lines = [
        "[[d1_databases]]",
        f"binding = {toml(database.binding)}",
        f"database_name = {toml(database.stored_name)}",
        *([f"database_id = {toml(database.id)}"] if database.id else []),
        f"migrations_dir = {toml(database.migrations)}",
    ]
    return "\n".join(lines)


def _limiter(limit: int) -> str:
    return "\n".join(
        [
            "[[ratelimits]]",
            f"name = {toml(PUBLIC_LIMITER)}",
            f"namespace_id = {toml(_LIMITER_NAMESPACE)}",
            f"simple = {{ limit = {limit}, period = 60 }}",
        ]
    )
