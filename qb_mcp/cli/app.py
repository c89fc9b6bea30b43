"""The way in: finds the command in `commands.py`, runs its Typer app and turns the outcome into an exit code.

0 is success, 1 a problem with the project or its surroundings, 2 a command line that makes no sense. Typer is imported
only once a command is known, because an AI client waits for `quickback mcp` to answer.
"""

import importlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qb_mcp import __version__
from qb_mcp.cli import console
from qb_mcp.cli.commands import COMMANDS
from qb_mcp.errors import QbError
from qb_mcp.server.options import read_options
from qb_mcp.server.start import serve

if TYPE_CHECKING:
    import typer

_COMPLETION = ("--install-completion", "--show-completion")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code."""
    args = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(args)
    except QbError as error:
        console.fail(error)
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        console.finish()


def _run(args: list[str]) -> int:
    if args[:1] in (["--version"], ["-V"], ["version"]):
        console.say(f"quickback {__version__}")
        return 0
    if "_QUICKBACK_COMPLETE" in os.environ or args[:1] in ([flag] for flag in _COMPLETION):
        return _run_typer(_whole_app(), "quickback", args)
    if not args or args[0] in ("--help", "-h", "help"):
        return _help(args[1:])
    if args[0] == "mcp" and (options := read_options(args[1:])) is not None:
        serve(options)
        return 0
    if (row := _find(args)) is None:
        return _unknown(args[0])
    name, module, _ = row
    rest = args[len(name.split()) :]
    code = _run_typer(_load(module), f"quickback {name}", rest)
    if "--help" in rest and (below := _below(name)):
        console.say("\n".join(below))
    return code


def _help(topic: list[str]) -> int:
    if topic and _find(topic):
        return _run([*topic, "--help"])
    console.say(_overview())
    return 0


def _below(command: str) -> list[str]:
    """The commands below one that is a command itself, such as `mcp install` below `mcp`."""
    rows = [row for row in COMMANDS if row[0].startswith(f"{command} ")]
    return ["See also:", *_listed(rows), ""] if rows else []


def _listed(rows: Sequence[tuple[str, str, str]]) -> list[str]:
    width = max(len(name) for name, _, _ in rows)
    return [f"  {name:<{width}}  {summary}" for name, _, summary in rows]


def _overview() -> str:
    return "\n".join(
        [
            "Usage: quickback COMMAND [OPTIONS]",
            "",
            "Compiles TypeScript definitions into a secure multi-tenant API, and serves its docs to AI clients.",
            "",
            "Commands:",
            *_listed(COMMANDS),
            "",
            "quickback COMMAND --help says more about one of them; quickback --version prints the version.",
        ]
    )


def _find(args: list[str]) -> tuple[str, str, str] | None:
    """The row whose words begin the command line; `mcp config` wins over `mcp`."""
    matches = [row for row in COMMANDS if args[: len(row[0].split())] == row[0].split()]
    return max(matches, key=lambda row: len(row[0].split()), default=None)


def _unknown(word: str) -> int:
    from qb_compiler.diagnostics.suggest import nearest  # noqa: PLC0415 - only a typing slip needs the matcher

    kind = "option" if word.startswith("-") else "command"
    near = nearest(word, sorted({name.split()[0] for name, _, _ in COMMANDS}))
    hint = f"did you mean `quickback {near[0]}`?" if near else "`quickback --help` lists the commands"
    console.fail(QbError(f"there is no {kind} `{word}`", hint))
    return 2


def _load(module: str) -> "typer.Typer":
    app: typer.Typer = importlib.import_module(module).app
    return app


def _run_typer(app: "typer.Typer", name: str, args: list[str]) -> int:
    from typer.main import get_command  # noqa: PLC0415 - see the module docstring

    try:
        get_command(app).main(args, prog_name=name)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    return 0


def _whole_app() -> "typer.Typer":
    """All commands as one Typer app, for shell completion."""
    import typer  # noqa: PLC0415 - see the module docstring

    whole = typer.Typer(name="quickback", no_args_is_help=True)
    for name, module, summary in COMMANDS:
        if " " not in name:
            whole.add_typer(_load(module), name=name, help=summary)
    return whole
