"""`quickback docs serve`: the documentation as a web site on this machine."""

import webbrowser
from typing import Annotated

import typer

from qb_mcp.cli import console
from qb_mcp.corpus.site.serve import open_server
from qb_mcp.errors import QbError

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.", min=0, max=65535)] = 4173,
    show: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Read the documentation in a browser, without a network, until interrupted."""
    try:
        server = open_server(port)
    except OSError as error:
        raise QbError(f"port {port} cannot be used: {error.strerror}", "pass `--port 0` to take a free one") from error
    address = f"http://127.0.0.1:{server.server_port}"
    console.say(address)
    if show:
        webbrowser.open(address)
    with server:
        server.serve_forever()
