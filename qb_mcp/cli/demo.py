"""`quickback demo`: the whole product in about a minute."""

import signal
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from qb_mcp.cli import console
from qb_mcp.demo.story import Outcome, Teller, tell

if TYPE_CHECKING:
    from rich.console import Console

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def demo(
    keep: Annotated[bool, typer.Option("--keep", help="Leave the project there and say where it is.")] = False,
) -> None:
    """Create, compile and run a sample, then let two tenants try to reach each other's rows.

    Needs the extra `local` (or Node 22.12) and a package registry; leaves nothing behind unless told to.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended then, too
    screen = console.rich_console()
    outcome = tell(Teller(lambda title: _step(screen, title)), keep=keep)
    _table(screen, outcome)
    raise typer.Exit(0 if outcome.as_promised else 1)


def _step(screen: "Console", title: str) -> Callable[[str], None]:
    started = time.monotonic()
    status = screen.status(title)
    if screen.is_terminal:
        status.start()

    def done(remark: str) -> None:
        status.stop()
        taken = f"{time.monotonic() - started:5.1f} s"
        screen.print(f"[green]✓[/] [dim]{taken}[/]  {title}  [dim]{_plain(remark)}[/]", soft_wrap=True)

    return done


def _plain(text: str) -> str:
    """Text of others, with brackets that are not markup."""
    return text.replace("[", r"\[")


def _table(screen: "Console", outcome: Outcome) -> None:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - only at the end
    from rich.table import Table  # noqa: PLC0415 - the same

    table = Table(title="What each may see and do", title_justify="left", box=SIMPLE_HEAD, show_edge=False)
    for title in ("", "Who", "In", "Does", "Gets"):
        table.add_column(title, no_wrap=True)
    for row in outcome.rows:
        mark = "[green]✓[/]" if row.as_promised else "[red]✗[/]"
        table.add_row(mark, row.who, row.organization, row.did, _plain(row.got))
    screen.print()
    screen.print(table)
    verdict = "The tenants are apart." if outcome.as_promised else "Something is not as promised."
    screen.print(f"{verdict} {outcome.seconds:.0f} s in all.")
    if outcome.folder:
        screen.print(f"Kept: {outcome.folder}", soft_wrap=True)
