"""The small files around the code."""

import json
from collections.abc import Iterator
from importlib.resources import files

from qb_compiler.config.model import Config
from qb_compiler.model.project import Project
from qb_compiler.model.variables import auth_variables
from qb_compiler.targets.deploy.databases import DeployedDatabase, deployed_databases
from qb_compiler.targets.deploy.env import env_ts
from qb_compiler.targets.deploy.wrangler import wrangler_toml
from qb_compiler.targets.rendering import render

IGNORED = ("node_modules/", ".wrangler/", ".dev.vars", "dist/", ".quickback/lock")
_CONFIG_NAMES = {"features": "drizzle.config.ts"}


def emit_deploy(project: Project) -> Iterator[tuple[str, str]]:
    """Path and text of every file here that belongs to the compiler alone."""
    databases = deployed_databases(project)
    configs = [_CONFIG_NAMES.get(database.name, f"drizzle.{database.name}.config.ts") for database in databases]
    yield "wrangler.toml", wrangler_toml(project)
    yield "src/env.ts", env_ts(project)
    yield "tsconfig.json", _tsconfig()
    yield ".dev.vars.example", _dev_vars_example(project.config)
    yield "scripts/dev-vars.mjs", _own_text("dev-vars.mjs")
    for path, database in zip(configs, databases, strict=True):
        yield path, _drizzle_config(database)


def gitignore(existing: str | None) -> str:
    """The author's lines, and those of ours that are missing."""
    lines = (existing or "").splitlines()
    known = {line.strip().strip("/") for line in lines}
    missing = [line for line in IGNORED if line.strip("/") not in known]
    return "\n".join([*lines, *missing]) + "\n" if missing else existing or ""


def _tsconfig() -> str:
    options = {
        "target": "es2022",
        "lib": ["es2023"],
        "module": "esnext",
        "moduleResolution": "bundler",
        "types": ["@cloudflare/workers-types"],
        "paths": {"@quickback/compiler": ["./.quickback/types/compiler.d.ts"]},
        "strict": True,
        "noEmit": True,
        "isolatedModules": True,
        "resolveJsonModule": True,
        "skipLibCheck": True,
    }
    content = {"compilerOptions": options, "include": ["src", "quickback", "*.config.ts"]}
    return json.dumps(content, indent=2) + "\n"


def _dev_vars_example(config: Config) -> str:
    secrets = [variable.name for variable in auth_variables(config.auth) if variable.secret]
    return (
        "# Local secrets. `npm run dev` makes .dev.vars with a random secret; this file only shows what can be in it.\n"
        "BETTER_AUTH_SECRET=replace-with-32-or-more-random-characters\n"
    ) + "".join(f"{name}=\n" for name in secrets)


def _own_text(name: str) -> str:
    return files("qb_compiler").joinpath(f"targets/deploy/{name}").read_text(encoding="utf-8")


def _drizzle_config(database: DeployedDatabase) -> str:
    return render("targets/deploy/drizzle.config.ts.jinja", schema=database.schema, out=f"./{database.migrations}")
