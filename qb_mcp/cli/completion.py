"""All commands as one, which shells ask what may come next. Everything is loaded, so nothing else uses it."""

import importlib

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from qb_mcp.cli.commands import COMMANDS


def whole() -> TyperGroup:
    """The command line with its commands, the commands below them, and the options that install the completion."""
    root = typer.Typer(name="quickback")
    root.callback()(lambda: None)
    group = get_command(root)
    assert isinstance(group, TyperGroup)
    for name, module, _ in COMMANDS:
        parent, _, word = name.rpartition(" ")
        command = get_command(importlib.import_module(module).app)
        holder = _as_group(group, parent) if parent else group
        holder.commands[word] = command
    group.commands["version"] = TyperCommand("version", help="Print the version.")
    return group


def _as_group(group: TyperGroup, name: str) -> TyperGroup:
    """The command of that name with room for commands below it."""
    command = group.commands[name]
    if isinstance(command, TyperGroup):
        return command
    made = TyperGroup(name=name, commands={}, params=command.params)
    group.commands[name] = made
    return made
