"""One line for each finding, as compilers print them: for logs, editors and `grep`."""

from collections.abc import Iterable

from qb_compiler.diagnostics.diagnostic import Diagnostic
from qb_compiler.diagnostics.render.snippet import safe


def line(diagnostic: Diagnostic) -> str:
    """`path:line:column: error[QB4401] message (label; hint)`; without a place, from the level on."""
    label = diagnostic.primary
    place = f"{safe(label.span.file.path)}:{label.span.line}:{label.span.column}: " if label else ""
    extra = "; ".join(safe(text) for text in (label.text if label else "", diagnostic.hint) if text)
    message = " ".join(safe(diagnostic.message).split())
    return f"{place}{diagnostic.level}[{diagnostic.code}] {message}{f' ({extra})' if extra else ''}"


def render(diagnostics: Iterable[Diagnostic]) -> str:
    return "".join(f"{line(diagnostic)}\n" for diagnostic in diagnostics)
