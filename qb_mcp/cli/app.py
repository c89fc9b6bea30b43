"""The way in: finds the command in `commands.py`, runs its Typer app and turns the outcome into an exit code.

0 is success, 1 a problem with the project or its surroundings, 2 a command line that makes no sense. Typer is imported
only once a command is known, because an AI client waits for `quickback mcp` to answer.
"""

import importlib
import os
import sys
from collections.abc import Callable, Sequence

from qb_mcp import __version__
from qb_mcp.cli import console
from qb_mcp.cli.commands import COMMANDS, GROUPS, Row
from qb_mcp.errors import QbError
from qb_mcp.server.options import read_options

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
        from qb_mcp.cli.completion import whole  # noqa: PLC0415 - loads every command

        return _ended(whole().main, "quickback", args)
    if not args or args[0] in ("--help", "-h", "help"):
        return _help(args[1:])
    if args[0] == "mcp" and (options := read_options(args[1:])) is not None:
        from qb_mcp.server.start import serve  # noqa: PLC0415 - no other command serves

        serve(options)
        return 0
    if (row := _find(args)) is None:
        return _unknown(args[0])
    name, module, _ = row
    rest = args[len(name.split()) :]
    from typer.main import get_command  # noqa: PLC0415 - see the module docstring

    code = _ended(get_command(importlib.import_module(module).app).main, f"quickback {name}", rest)
    if rest == ["--help"] and (below := _below(name)):
        console.say("\n".join(["See also:", *_listed(below), ""]))
    if code == 2 and rest:
        _hint(rest[0], [row[0] for row in _below(name)])
    return code


def _help(topic: list[str]) -> int:
    if topic and _find(topic):
        return _run([*topic, "--help"])
    console.say(_overview())
    return 0


def _below(command: str) -> list[Row]:
    """The commands below one that is a command itself, such as `mcp install` below `mcp`."""
    return [row for row in COMMANDS if row[0].startswith(f"{command} ")]


def _hint(word: str, commands: list[str]) -> None:
    """Say which command below was meant by a word that its parent makes nothing of."""
    from qb_compiler.diagnostics.suggest import nearest  # noqa: PLC0415 - only a typing slip needs the matcher

    words = {command.split()[-1]: command for command in commands}
    if near := nearest(word, list(words)):
        console.hint(f"did you mean `quickback {words[near[0]]}`?")


def _overview() -> str:
    groups = [line for title, rows in GROUPS for line in ("", _bold(title), *_listed(rows))]
    return "\n".join(
        [
            f"{_bold('Usage:')} quickback COMMAND [OPTIONS]",
            "",
            "Compiles TypeScript definitions into a secure multi-tenant API, and serves its",
            "documentation to people and their assistants.",
            *groups,
            "",
            "`quickback COMMAND --help` says more about one of them.",
            "New here? `quickback demo` shows it all, `quickback create` starts a project.",
        ]
    )


def _listed(rows: Sequence[Row]) -> list[str]:
    width = max(len(name) for name, _, _ in COMMANDS)
    return [f"  {console.styled(f'{name:<{width}}', 'hint', sys.stdout)}  {summary}" for name, _, summary in rows]


def _bold(text: str) -> str:
    return console.styled(text, "bold", sys.stdout)


def _find(args: list[str]) -> Row | None:
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


def _ended(main: Callable[..., object], name: str, args: list[str]) -> int:
    """The exit code of a command of Typer's."""
    try:
        main(args, prog_name=name)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    return 0
