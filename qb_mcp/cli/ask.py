"""Questions to a person at a terminal. Everything that can be asked can also be given as an argument."""

import sys
from collections.abc import Callable, Mapping, Sequence

from qb_mcp.errors import QbError


def can_ask() -> bool:
    """Whether somebody is there to answer: never in a pipe, a script or CI."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def one(question: str, choices: Mapping[str, str]) -> str:
    """One of some values, each shown with what it is."""
    import questionary  # noqa: PLC0415 - a tenth of a second, and only where somebody is asked

    width = max(len(value) for value in choices)
    shown = [questionary.Choice(f"{value:<{width}}  {about}", value) for value, about in choices.items()]
    return str(questionary.select(question, shown, qmark="?", instruction=" ").unsafe_ask())


def several(question: str, choices: Sequence[str]) -> list[str]:
    """Any of some values; all of them are ticked at first."""
    import questionary  # noqa: PLC0415 - see above

    shown = [questionary.Choice(value, checked=True) for value in choices]
    return [str(value) for value in questionary.checkbox(question, shown, qmark="?").unsafe_ask()]


def line(question: str, default: str, check: Callable[[str], None]) -> str:
    """A line of text that `check` raises nothing about."""
    import questionary  # noqa: PLC0415 - see above

    def problem(text: str) -> bool | str:
        try:
            check(text)
        except QbError as error:
            return f"{error.message}: {error.hint}"
        return True

    return str(questionary.text(question, default, validate=problem, qmark="?").unsafe_ask()).strip()


def yes(question: str) -> bool:
    """Whether to go ahead; Enter means yes."""
    import questionary  # noqa: PLC0415 - see above

    return bool(questionary.confirm(question, default=True, qmark="?").unsafe_ask())
