"""`quickback explain CODE`: what a diagnostic means, with an example and its fix."""

from typing import Annotated

import typer

from qb_mcp.cli import console
from qb_mcp.operations.explain_error import explain_error

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def explain(code: Annotated[str, typer.Argument(help="A code such as QB4401, or its name.")]) -> None:
    """Explain a diagnostic code.

    \b
    Examples:
      quickback explain QB4401
    """
    explanation = explain_error(code)
    console.say(explanation.text.rstrip())
    if explanation.docs:
        console.note(f"\nquickback docs {explanation.docs} says more")
