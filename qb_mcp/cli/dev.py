"""`quickback dev`: compile on every edit, with what is wrong on screen."""

import signal
import sys
from datetime import datetime
from threading import Event
from typing import Annotated

import typer

from qb_mcp.cli import console
from qb_mcp.cli.findings import Format, show
from qb_mcp.dev.serve import App
from qb_mcp.dev.session import Round, rounds
from qb_mcp.errors import QbError
from qb_mcp.operations.find_project import Surroundings, find_project

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

_CLEAR = "\x1b[2J\x1b[3J\x1b[H"


@app.command()
def dev(
    project: Annotated[
        str | None, typer.Option(help="The project's folder, where it is not the working directory.")
    ] = None,
    serve: Annotated[
        bool, typer.Option("--serve", help="Also run the compiled app, with its local databases.")
    ] = False,
    port: Annotated[int, typer.Option(help="The port of the app.")] = 8787,
) -> None:
    """Compile on every edit and list what is wrong, until interrupted.

    \b
    Examples:
      quickback dev
      quickback dev --serve --port 8800
    """
    root = find_project(around=Surroundings(option=project)).root
    server = App(root, port) if serve else None
    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        for number, one in enumerate(rounds(root, stop)):
            _show(one, clear=number > 0 and server is None)
            if server and one.outcome.ok:
                _follow(server, one)
    except KeyboardInterrupt:
        console.note("")
    finally:
        stop.set()
        if server:
            server.end()


def _follow(server: App, one: Round) -> None:
    """What goes wrong around the app, such as a migration that its rows forbid, is for the next edit to mend."""
    try:
        server.follow(migrates=one.migrates)
    except QbError as error:
        console.fail(error)


def _show(one: Round, *, clear: bool) -> None:
    if clear and sys.stdout.isatty():
        sys.stdout.write(_CLEAR)
    cause = ", ".join(one.edited[:3]) + (f" and {len(one.edited) - 3} more" if len(one.edited) > 3 else "")
    console.say(f"{datetime.now():%H:%M:%S}  {cause or one.outcome.root}  ({one.milliseconds:.0f} ms)")
    show(one.outcome, Format.FULL)
    if one.written:
        console.note(
            f"wrote {len(one.written)} files: {', '.join(one.written[:4])}{', …' if len(one.written) > 4 else ''}"
        )
    if one.migrates:
        console.note("a migration was written: `npm run db:migrate:local` applies it")
    console.note("watching quickback/, Ctrl-C ends")
    sys.stdout.flush()
