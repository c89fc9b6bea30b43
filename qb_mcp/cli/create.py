"""`quickback create`: a new project in a new folder."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from qb_mcp.cli import ask, console
from qb_mcp.cli.options import AsJson
from qb_mcp.errors import QbError
from qb_mcp.scaffold.create import Created
from qb_mcp.scaffold.create import create as create_project
from qb_mcp.scaffold.names import check_name
from qb_mcp.scaffold.template import TEMPLATES, template

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

_ASSISTANTS = (".claude/", ".cursor/", ".vscode/", ".mcp.json", ".quickback/tools.json", "AGENTS.md", "CLAUDE.md")
_USAGE = "`quickback create cloudflare my-app`; templates: " + ", ".join(one.slug for one in TEMPLATES)


@app.command()
def create(
    template_name: Annotated[str | None, typer.Argument(metavar="TEMPLATE", help="cloudflare or b2b-saas.")] = None,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="The project's name, or a path ending in it.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Create a project: definitions, the Claude skill, Cursor's rule and the MCP configuration.

    Without arguments, on a terminal, it asks.

    \b
    Examples:
      quickback create cloudflare my-app
      quickback create
    """
    if template_name is None and name is None and ask.can_ask():
        template_name, name = _ask()
    if template_name is None or name is None:
        raise QbError("a template and a name are needed", _USAGE)
    tell(create_project(template(template_name), name), as_json=as_json, enter=True)


def tell(created: Created, *, as_json: bool, enter: bool) -> None:
    """Say what was written and what to type next."""
    if as_json:
        facts = {"root": str(created.root), "files": created.files, "kept": created.kept}
        console.say(json.dumps(facts, indent=2))
        return
    console.say(f"Created {created.root}")
    _list(path for path in created.files if not path.startswith(_ASSISTANTS))
    console.say("\nFor Claude Code, Cursor, VS Code and whatever reads AGENTS.md:")
    _list(path for path in created.files if path.startswith(_ASSISTANTS))
    if created.kept:
        console.note(f"Already there, left as it is: {', '.join(created.kept)}")
    steps = ["quickback compile", "npm install", "npm run db:migrate:local", "npm run dev"]
    console.say("\nNext:")
    for step in ([f"cd {_near(created.root)}"] if enter else []) + steps:
        console.say(f"  {step}")


def _list(paths: Iterable[str]) -> None:
    for path in paths:
        console.say(f"  {path}")


def _near(root: Path) -> str:
    here = Path.cwd()
    return str(root.relative_to(here)) if root.is_relative_to(here) else str(root)


def _ask() -> tuple[str, str]:
    chosen = ask.one("Which template?", {one.slug: one.about for one in TEMPLATES})
    return chosen, ask.line("What is it called?", "my-app", lambda text: check_name(Path(text).name))
