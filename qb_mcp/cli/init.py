"""`quickback init`: a project in a folder that already holds something."""

from pathlib import Path
from typing import Annotated

import typer

from qb_mcp.cli.create import tell
from qb_mcp.cli.options import AsJson
from qb_mcp.errors import QbError
from qb_mcp.scaffold.create import init as init_project
from qb_mcp.scaffold.names import suggestion
from qb_mcp.scaffold.template import template

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def init(
    template_name: Annotated[str, typer.Option("--template", help="cloudflare or b2b-saas.")] = "cloudflare",
    name: Annotated[str | None, typer.Option(help="The project's name, where the folder's does not fit.")] = None,
    as_json: AsJson = False,
) -> None:
    """Add a project to the current folder; no file that is there is changed.

    \b
    Examples:
      quickback init --template b2b-saas
    """
    here = Path.cwd()
    chosen = name or suggestion(here.name)
    if not chosen:
        raise QbError(f"the folder's name `{here.name}` cannot be a project's name", "add `--name my-app`")
    tell(init_project(template(template_name), here, chosen), as_json=as_json, enter=False)
