"""`quickback docs search`: the sections that answer a question."""

import json
import sys
import textwrap
from shutil import get_terminal_size
from typing import Annotated

import typer

from qb_mcp.cli import console
from qb_mcp.cli.options import AsJson
from qb_mcp.corpus import Hit
from qb_mcp.operations.search_docs import search_docs

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="A question, or words of it.")],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=50, help="How many sections at most.")] = 6,
    as_json: AsJson = False,
) -> None:
    """Find the sections of the documentation that answer a question.

    \b
    Examples:
      quickback docs search hide a column from members
    """
    found = search_docs(" ".join(words), limit)
    if as_json:
        facts = {
            "hits": [_facts(hit) for hit in found.hits],
            "corrections": [one._asdict() for one in found.corrections],
        }
        console.say(json.dumps(facts, indent=2, ensure_ascii=False))
        return
    for correction in found.corrections:
        console.note(f"`{correction.typed}` was searched for as `{correction.used}`")
    for hit in found.hits:
        _show(hit)
    if not found.hits:
        console.note("nothing found; `quickback docs` lists the topics")


def _facts(hit: Hit) -> dict[str, str | int | float]:
    return {"address": hit.address, **hit._asdict()}


def _show(hit: Hit) -> None:
    title = hit.title if hit.heading == hit.title else f"{hit.title}: {hit.heading}"
    console.say(f"{console.styled(hit.address, 'bold', sys.stdout)}  {title}")
    width = min(get_terminal_size().columns, 100) - 4
    for line in textwrap.wrap(" ".join(hit.snippet.split()), width):
        console.say(f"    {line}")
    console.say(console.styled(f"    {hit.why}, {hit.size} tokens", "dim", sys.stdout))
