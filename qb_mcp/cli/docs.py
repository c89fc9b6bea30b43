"""`quickback docs`: the topics, one of them, or a search, from the documentation that ships with this version."""

import sys
from typing import Annotated

import typer

from qb_mcp.cli import console
from qb_mcp.operations.list_docs import list_docs
from qb_mcp.operations.read_doc import read_doc
from qb_mcp.operations.search_docs import search_docs

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def docs(
    topic: Annotated[
        str | None, typer.Argument(help="A topic, or topic#section. Short and misspelt names are understood.")
    ] = None,
    search: Annotated[str | None, typer.Option("--search", "-s", help="Search for words instead.")] = None,
    raw: Annotated[bool, typer.Option("--raw", help="Print markdown as it is, even on a terminal.")] = False,
) -> None:
    """List the documentation, read a topic, or search it."""
    if search:
        _print_hits(search)
    elif topic:
        _print_topic(topic, raw)
    else:
        _print_topics()


def _print_topics() -> None:
    topics = list_docs()
    width = max((len(topic.key) for topic in topics), default=0)
    for topic in topics:
        console.say(f"{topic.key:<{width}}  {topic.title}")


def _print_topic(name: str, raw: bool) -> None:
    doc = read_doc(name)
    if doc.note:
        console.note(doc.note)
    if doc.alternatives:
        console.note(f"also: {', '.join(doc.alternatives)}")
    while True:
        _print_markdown(doc.text, raw)
        if doc.next_offset is None:
            return
        doc = read_doc(doc.page.key, doc.section, doc.next_offset)


def _print_markdown(text: str, raw: bool) -> None:
    if raw or not sys.stdout.isatty():
        console.say(text.rstrip("\n"))
        return
    from rich.markdown import Markdown  # noqa: PLC0415 - only a terminal gets rendered markdown

    console.rich_console().print(Markdown(text))


def _print_hits(query: str) -> None:
    found = search_docs(query, 10)
    for correction in found.corrections:
        console.note(f"`{correction.typed}` was searched for as `{correction.used}`")
    for hit in found.hits:
        console.say(f"{console.styled(hit.address, 'bold', sys.stdout)}  {hit.title}: {hit.heading}")
        console.say(f"    {' '.join(hit.snippet.split())}")
    if not found.hits:
        console.note("nothing found; `quickback docs` lists the topics")
