"""The only place that prints. Results go to stdout, what is said about them to stderr; pipes get plain text."""

import os
import sys
from typing import TYPE_CHECKING, TextIO

from qb_mcp.errors import QbError

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_STYLES = {
    "error": "\x1b[1;31m",
    "hint": "\x1b[36m",
    "bold": "\x1b[1m",
    "dim": "\x1b[2m",
    "added": "\x1b[32m",
    "removed": "\x1b[31m",
}
_PIPE = 200
_DIFF = (("---", "bold"), ("+++", "bold"), ("@@", "hint"), ("+", "added"), ("-", "removed"))


def wants_colour(stream: TextIO) -> bool:
    """True for a terminal whose user has not set NO_COLOR (FORCE_COLOR turns it on for pipes)."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def styled(text: str, style: str, stream: TextIO) -> str:
    """The text in a named style where the stream wants colour, else as it is."""
    return f"{_STYLES[style]}{text}\x1b[0m" if wants_colour(stream) else text


def say(text: str = "") -> None:
    """Print a result to stdout. A reader that has seen enough, such as `head`, ends the command in peace."""
    try:
        print(text)
    except BrokenPipeError:
        _silence()
        raise SystemExit(0) from None


def say_diff(diff: str) -> None:
    """Print a unified diff to stdout, each line in the colour of what it says."""
    say("\n".join(_diff_line(line) for line in diff.splitlines()))


def _diff_line(line: str) -> str:
    style = next((style for start, style in _DIFF if line.startswith(start)), None)
    return styled(line, style, sys.stdout) if style else line


def finish() -> None:
    """Let go of what is still to be printed, before Python does it and complains."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _silence()


def _silence() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def say_wrapped(text: str, indent: int, style: str = "") -> None:
    """Print a result whose further lines are indented on a terminal; in a pipe it stays one line."""
    shown = _wrapped(text, indent, sys.stdout)
    say(styled(shown, style, sys.stdout) if style else shown)


def width(stream: TextIO) -> int | None:
    """The columns of a terminal, None for a pipe, whose lines are as long as they are."""
    if not stream.isatty():
        return None
    from shutil import get_terminal_size  # noqa: PLC0415 - pipes are not wrapped

    return get_terminal_size().columns


def _wrapped(text: str, indent: int, stream: TextIO) -> str:
    """The text within a terminal's width, its first paragraph only: what follows is for copying."""
    columns = width(stream)
    if columns is None:
        return text
    import textwrap  # noqa: PLC0415 - pipes are not wrapped

    first, blank, rest = text.partition("\n\n")
    lines = (
        textwrap.fill(line, columns, subsequent_indent=" " * indent, break_on_hyphens=False, break_long_words=False)
        for line in first.split("\n")
    )
    return "\n".join(lines) + blank + rest


def note(text: str) -> None:
    """Print something about the result (progress, a summary) to stderr."""
    print(_wrapped(text, 0, sys.stderr), file=sys.stderr)


def fail(error: QbError) -> None:
    """Print an error and its hint to stderr."""
    print(_labelled("error", error.message), file=sys.stderr)
    if error.hint:
        hint(error.hint)


def hint(text: str) -> None:
    """Print what to do about an error to stderr."""
    print(_labelled("hint", text), file=sys.stderr)


def _labelled(label: str, text: str) -> str:
    return styled(label, label, sys.stderr) + _wrapped(f"{label}: {text}", 0, sys.stderr).removeprefix(label)


def page(content: "RenderableType") -> None:
    """Show something long through the terminal's pager; `less` passes what fits on one screen on."""
    os.environ.setdefault("LESS", "FRX")
    screen = rich_console()
    with screen.pager(styles=wants_colour(sys.stdout)):
        screen.print(content)


def rich_console(*, stderr: bool = False) -> "Console":
    """A rich console for tables, markdown and progress, under the same colour rules. A pipe has no width to keep to."""
    from rich.console import Console  # noqa: PLC0415 - rich costs 40 ms and most commands print plain text

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else _PIPE
    return Console(stderr=stderr, no_color=not wants_colour(stream), highlight=False, width=width)
