"""For a person at a terminal: the fault, the lines it stands on, a hint to type and where to read more."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from qb_compiler.diagnostics.diagnostic import Diagnostic, Label, Level
from qb_compiler.diagnostics.render.snippet import safe, snippet

Paint: TypeAlias = Callable[[str, str], str]

COLOURS = {Level.ERROR: "1;31", Level.WARNING: "1;33", Level.NOTE: "1;36"}
BLUE, BOLD, CYAN = "34", "1", "36"


def plain(text: str, style: str) -> str:
    return text


def coloured(text: str, style: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m"


def render(diagnostics: Iterable[Diagnostic], *, colour: bool = False, width: int | None = None) -> str:
    """All of them with a blank line between; `colour` and `width`, in columns, are for terminals only."""
    paint = coloured if colour else plain
    return "\n".join("".join(f"{line}\n" for line in lines(diagnostic, paint, width)) for diagnostic in diagnostics)


def lines(diagnostic: Diagnostic, paint: Paint, width: int | None) -> Iterator[str]:
    style = COLOURS[diagnostic.level]
    yield f"{paint(f'{diagnostic.level}[{diagnostic.code}]', style)}: {paint(safe(diagnostic.message), BOLD)}"
    labels = [label for label in (diagnostic.primary, *diagnostic.related) if label]
    gutter = max((len(str(label.span.line)) for label in labels), default=1)
    for number, label in enumerate(labels):
        yield from label_lines(label, gutter, paint, "-->" if number == 0 else ":::", style if number == 0 else BLUE)
    if diagnostic.hint:
        yield f"{paint('hint', CYAN)}: {safe(diagnostic.hint)}"
    yield f"{paint('help', CYAN)}: {help_text(diagnostic, width)}"


def help_text(diagnostic: Diagnostic, width: int | None) -> str:
    """Two commands; each on a line of its own where one is too short, so that either can be copied."""
    explain = f"quickback explain {diagnostic.code}"
    if not diagnostic.docs:
        return explain
    docs = f"quickback docs {diagnostic.docs}"
    short = f"{explain}, or {docs}"
    return short if width is None or len(f"help: {short}") <= width else f"{explain}, or\n      {docs}"


def label_lines(label: Label, gutter: int, paint: Paint, arrow: str, style: str) -> Iterator[str]:
    span, found = label.span, snippet(label.span)
    mark = paint("^" * found.width + (f" {safe(label.text)}" if label.text else ""), style)
    edge = paint("|", BLUE)
    yield f"{' ' * gutter}{paint(arrow, BLUE)} {safe(span.file.path)}:{span.line}:{span.column}"
    yield f"{' ' * gutter} {edge}"
    yield f"{paint(str(found.line).rjust(gutter), BLUE)} {edge} {found.text}".rstrip()
    yield f"{' ' * gutter} {edge} {' ' * found.offset}{mark}"
