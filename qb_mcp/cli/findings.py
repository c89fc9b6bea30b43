"""How `check` and `compile` show what was found: the same four formats, chosen by the same options."""

import sys
from collections.abc import Mapping
from enum import StrEnum

from qb_compiler.diagnostics.diagnostic import Diagnostic
from qb_compiler.diagnostics.render import concise, full, github, json
from qb_compiler.model.literal import Json
from qb_mcp.cli import console
from qb_mcp.operations.compiling import ERROR, WARNING, Outcome


class Format(StrEnum):
    """Ways to show findings."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"


def show(outcome: Outcome, form: Format, **beside: Json) -> None:
    """Print findings to stdout, for programs with what is told `beside` them, and for people a summary to stderr."""
    text = _rendered(outcome.diagnostics, form, beside)
    if text:
        console.say(text.rstrip("\n"))
    if form in (Format.FULL, Format.CONCISE):
        apart = "\n" if text and form is Format.FULL and sys.stdout.isatty() else ""
        console.note(f"{apart}{summary(outcome)}")


def _rendered(diagnostics: tuple[Diagnostic, ...], form: Format, beside: Mapping[str, Json]) -> str:
    match form:
        case Format.FULL:
            return full.render(diagnostics, colour=console.wants_colour(sys.stdout), width=console.width(sys.stdout))
        case Format.CONCISE:
            return concise.render(diagnostics)
        case Format.JSON:
            return json.render(diagnostics, **beside)
        case Format.GITHUB:
            return github.render(diagnostics)


def summary(outcome: Outcome) -> str:
    """One line: how many errors and warnings."""
    errors, warnings = outcome.count(ERROR), outcome.count(WARNING)
    if not errors and not warnings:
        return "no errors, no warnings"
    return f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')}"


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
