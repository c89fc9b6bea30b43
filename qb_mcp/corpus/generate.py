"""Writes the parts of the documentation that are lists of what the code has: `python -m qb_mcp.corpus.generate`.

A page marks such a part with `<!-- generated: NAME -->` and `<!-- end -->`; a test fails when what stands between them
is not what the code says. Nothing of the product imports this module.
"""

import importlib
import re
from collections.abc import Callable, Iterator

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from qb_compiler.codes import CODES
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.subset import CONSTRUCTS, REFUSED
from qb_mcp import assets
from qb_mcp.cli.commands import COMMANDS
from qb_mcp.server.resources import TEMPLATES
from qb_mcp.server.tool import Tool
from qb_mcp.server.tools import offered_tools

MARKED = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->\n)", re.DOTALL)


def commands() -> str:
    """Every command with its arguments and options."""
    return "\n".join(section for name, module, _ in COMMANDS for section in command_section(name, module))


def command_section(name: str, module: str) -> Iterator[str]:
    app: typer.Typer = importlib.import_module(module).app
    command = get_command(app)
    commands = command.commands.items() if isinstance(command, TyperGroup) else [("", command)]
    for sub, found in commands:
        if isinstance(found, TyperCommand):
            yield from described(f"{name} {sub}".strip(), found)


def described(name: str, command: TyperCommand) -> Iterator[str]:
    shown = [one for one in command.params if isinstance(one, TyperArgument | TyperOption) and one.name != "help"]
    arguments = "".join(f" {usage(one)}" for one in shown if isinstance(one, TyperArgument))
    yield f"### quickback {name}\n"
    yield f"`quickback {name}{arguments}`\n"
    yield f"{(command.help or '').splitlines()[0]}\n"
    if shown:
        yield "| Argument or option | Effect |\n|---|---|"
        yield from (f"| `{spelling(one)}` | {one.help or ''} |" for one in shown)
        yield ""


def usage(argument: TyperArgument) -> str:
    name = (argument.name or "").upper()
    return name if argument.required else f"[{name}]"


def spelling(parameter: TyperArgument | TyperOption) -> str:
    if isinstance(parameter, TyperArgument):
        return usage(parameter)
    names = ", ".join((*parameter.opts, *parameter.secondary_opts))
    return names if parameter.is_flag else f"{names} {value_name(parameter)}"


def value_name(option: TyperOption) -> str:
    choices = getattr(getattr(option, "type", None), "choices", ())
    listed = "/".join(str(getattr(choice, "value", choice)) for choice in choices)
    return listed or option.metavar or (option.name or "").upper()


def tools() -> str:
    """Every MCP tool with its parameters."""
    return "\n".join(line for tool in offered_tools() for line in tool_section(tool))


def tool_section(tool: Tool) -> Iterator[str]:
    yield f"### {tool.name}\n"
    yield f"{tool.description}\n"
    if tool.parameters:
        yield "| Parameter | Type | Needed | Meaning |\n|---|---|---|---|"
        for one in tool.parameters:
            kind = " or ".join(f'`"{choice}"`' for choice in one.choices) or one.kind
            yield f"| `{one.name}` | {kind} | {'yes' if one.required else 'no'} | {one.description} |"
        yield ""


def resources() -> str:
    """What clients can attach, and the prompts they can offer."""
    lines = [f"| `{one.uri}` | {one.title} | {one.description} |" for one in TEMPLATES]
    return "\n".join(["| Resource | What | How to read it |", "|---|---|---|", *lines])


def codes() -> str:
    """Every diagnostic code with what it means and where to read on."""
    lines = [
        f"| `{code}` | `{problem.slug}` | {problem.level} | {meaning(problem)} |" for code, problem in CODES.items()
    ]
    return "\n".join(["| Code | Name | Level | Meaning |", "|---|---|---|---|", *lines])


def meaning(problem: type[Problem]) -> str:
    """The first line of the explanation, linked to the topic."""
    title = (problem.__doc__ or "").strip().partition("\n\n")[0]
    return f"[{in_cell(' '.join(title.split()).rstrip('.'))}]({problem.docs})"


def subset() -> str:
    """Every construct that is read, and every one that is not, with its rewrite."""
    read = [f"| {in_cell(one.name)} | {code_cell(one.example)} | {value_cell(one.result)} |" for one in CONSTRUCTS]
    refused = [f"| {in_cell(one.name)} | {in_cell(one.rewrite)} |" for one in REFUSED]
    return "\n".join(
        [
            *["| Construct | Example | Value |", "|---|---|---|", *read, ""],
            *["These are known only to a running program:", "", "| Construct | Instead |", "|---|---|", *refused],
        ]
    )


def in_cell(text: str) -> str:
    return text.replace("|", "\\|")


def code_cell(text: str) -> str:
    fence = "``" if "`" in text else "`"
    blank = " " if "`" in text else ""
    return f"{fence}{blank}{in_cell(text)}{blank}{fence}"


def value_cell(text: str) -> str:
    return code_cell(text) if text else "kept as source"


GENERATORS: dict[str, Callable[[], str]] = {
    "codes": codes,
    "commands": commands,
    "resources": resources,
    "subset": subset,
    "tools": tools,
}


def regenerated(text: str) -> str:
    """A page with every marked part written anew."""
    return MARKED.sub(lambda match: f"{match[1]}\n{GENERATORS[match[2]]().strip()}\n\n{match[3]}", text)


def main() -> None:
    """Brings every page up to date."""
    for path in sorted(assets.docs_corpus().rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        if (new := regenerated(text)) != text:
            path.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
