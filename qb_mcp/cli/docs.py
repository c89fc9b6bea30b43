"""`quickback docs`: the topics or one of them, from the documentation that ships with this version."""

import json
import sys
from typing import Annotated

import typer

from qb_mcp.cli import console
from qb_mcp.cli.options import AsJson
from qb_mcp.corpus import TopicSummary
from qb_mcp.operations.list_docs import list_docs
from qb_mcp.operations.read_doc import Doc, read_doc

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def docs(
    topic: Annotated[
        str | None, typer.Argument(help="A topic, or topic#section. Short and misspelt names are understood.")
    ] = None,
    raw: Annotated[bool, typer.Option("--raw", help="Print markdown as it is, even on a terminal.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the documentation, or read a topic.

    \b
    Examples:
      quickback docs
      quickback docs firewall
      quickback docs firewall#options
    """
    if topic is None:
        _print_topics(as_json)
        return
    doc = read_doc(topic)
    text = _whole(doc)
    if as_json:
        facts = {"topic": doc.page.key, "section": doc.section, "title": doc.page.title, "text": text}
        console.say(json.dumps(facts, indent=2, ensure_ascii=False))
        return
    if doc.note:
        console.note(doc.note)
    if doc.alternatives:
        console.note(f"also: {', '.join(doc.alternatives)}")
    _print_markdown(text, raw)


def _print_topics(as_json: bool) -> None:
    topics = list_docs()
    if as_json:
        console.say(json.dumps([topic._asdict() for topic in topics], indent=2, ensure_ascii=False))
        return
    width = max((len(topic.key) for topic in topics), default=0)
    for topic in topics:
        console.say(f"{topic.key:<{width}}  {topic.title}")


def _facts(topic: TopicSummary) -> dict[str, str | int | tuple[str, ...]]:
    texts = {"key": topic.key, "title": topic.title, "description": topic.description}
    return {**texts, "keywords": topic.keywords, "related": topic.related, "size": topic.size}


def _whole(doc: Doc) -> str:
    """The text with all the pieces that follow."""
    pieces = [doc.text]
    while doc.next_offset is not None:
        doc = read_doc(doc.page.key, doc.section, doc.next_offset)
        pieces.append(doc.text)
    return "".join(pieces).rstrip("\n")


def _print_markdown(text: str, raw: bool) -> None:
    if raw or not sys.stdout.isatty():
        console.say(text)
        return
    from qb_mcp.cli.reading import Topic  # noqa: PLC0415 - only a terminal gets rendered markdown

    console.page(Topic(text))
