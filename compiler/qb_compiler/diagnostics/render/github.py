"""Workflow commands that GitHub shows beside the changed lines."""

from collections.abc import Iterable

from qb_compiler.diagnostics.diagnostic import Diagnostic, Level

COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def data(text: str) -> str:
    """Escapes a message."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def value(text: str) -> str:
    """Escapes a property."""
    return data(text).replace(":", "%3A").replace(",", "%2C")


def properties(diagnostic: Diagnostic) -> str:
    title = f"title={value(f'{diagnostic.code} {diagnostic.slug}')}"
    if diagnostic.primary is None:
        return title
    span = diagnostic.primary.span
    end_line, end_column = span.file.position(span.end)
    place = f"file={value(span.file.path)},line={span.line},endLine={end_line},col={span.column},endColumn={end_column}"
    return f"{place},{title}"


def line(diagnostic: Diagnostic) -> str:
    label = diagnostic.primary.text if diagnostic.primary else ""
    parts = [diagnostic.message, label, f"hint: {diagnostic.hint}" if diagnostic.hint else ""]
    return f"::{COMMANDS[diagnostic.level]} {properties(diagnostic)}::{data(chr(10).join(filter(None, parts)))}"


def render(diagnostics: Iterable[Diagnostic]) -> str:
    return "".join(f"{line(diagnostic)}\n" for diagnostic in diagnostics)
