"""`quickback mcp`: serves documentation and project tools over MCP, on stdio unless `--http` says otherwise."""

from typing import Annotated

import typer

from qb_mcp.server.options import ServeOptions
from qb_mcp.server.start import serve

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def mcp(
    project: Annotated[
        str | None, typer.Option(help="The project's folder, where it is not the working directory.")
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Offer no tool that writes.")] = False,
    http: Annotated[
        str | None, typer.Option(metavar="HOST:PORT", help="Serve streamable HTTP instead of stdio.")
    ] = None,
    debug_log: Annotated[str | None, typer.Option(metavar="FILE", help="Write what happens to a file.")] = None,
) -> None:
    """Serve documentation and project tools to AI clients over MCP.

    \b
    Examples:
      quickback mcp
      quickback mcp --http 127.0.0.1:8808 --read-only
    """
    serve(ServeOptions(project, read_only, http, debug_log))
