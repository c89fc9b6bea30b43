"""`package.json`, which is the author's too: our scripts and pins are set in it, everything else stays as it was."""

import json
import re
from collections.abc import Iterator, Mapping

from qb_compiler.diagnostics.problem import Problems
from qb_compiler.model.literal import Json
from qb_compiler.model.project import Project
from qb_compiler.targets.auth.plugins import packages_of
from qb_compiler.targets.deploy.databases import DeployedDatabase, deployed_databases, worker_name
from qb_compiler.targets.deploy.problems import BrokenPackageFile
from qb_compiler.targets.deploy.versions import DEPENDENCIES, DEV_DEPENDENCIES, NODE, OVERRIDES, PLUGINS

PATH = "package.json"


class NotAnObject(ValueError):
    """The existing text is no JSON object, so nothing can be merged into it."""


def emit_package_json(project: Project, existing: str | None, problems: Problems) -> Iterator[tuple[str, str]]:
    """Path and text of `package.json`."""
    try:
        yield PATH, package_json(project, existing)
    except NotAnObject as error:
        problems.report(BrokenPackageFile(project.config.span, str(error)))


def package_json(project: Project, existing: str | None) -> str:
    """The text of `package.json`. Raises NotAnObject."""
    content = _parsed(existing) if existing is not None else _new(project)
    _set(content, "scripts", scripts(deployed_databases(project)))
    plugins = packages_of(project.config)
    _set(content, "dependencies", {**DEPENDENCIES, **{name: PLUGINS[name] for name in plugins}})
    _set(content, "devDependencies", DEV_DEPENDENCIES)
    if plugins:
        _set(content, "overrides", {name: OVERRIDES[name] for name in plugins})
    return json.dumps(content, indent=_indent(existing), ensure_ascii=False) + "\n"


def scripts(databases: tuple[DeployedDatabase, ...]) -> dict[str, str]:
    """No script calls npm: they run where only the project's own tools are on PATH."""
    single = {
        f"db:migrate:{database.name}:{place}": _migrate(database, place)
        for database in databases
        for place in ("local", "remote")
    }
    together = {
        place: " && ".join(_migrate(database, place) for database in databases) for place in ("local", "remote")
    }
    return {
        "dev": "node scripts/dev-vars.mjs && wrangler dev",
        "build": "wrangler deploy --dry-run --outdir dist",
        "typecheck": "tsc --noEmit",
        **single,
        "db:migrate:local": together["local"],
        "db:migrate:remote": together["remote"],
        "deploy": f"{together['remote']} && wrangler deploy",
    }


def _migrate(database: DeployedDatabase, place: str) -> str:
    return f"wrangler d1 migrations apply {database.binding} --{place}"


def _parsed(text: str) -> dict[str, Json]:
    try:
        content = json.loads(text)
    except ValueError as error:
        raise NotAnObject(str(error)) from error
    if not isinstance(content, dict):
        raise NotAnObject("it is not an object")
    return content


def _new(project: Project) -> dict[str, Json]:
    return {
        "name": worker_name(project.config),
        "private": True,
        "type": "module",
        "engines": {"node": NODE},
    }


def _set(content: dict[str, Json], section: str, ours: Mapping[str, Json]) -> None:
    theirs = content.get(section)
    content[section] = {**(theirs if isinstance(theirs, dict) else {}), **ours}


def _indent(existing: str | None) -> str:
    found = re.search(r"^([ \t]+)\S", existing or "", re.MULTILINE)
    return found[1] if found else "  "
