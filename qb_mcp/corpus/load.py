"""Reads the topics from disk. Listing reads each file once and splits off its front matter; sections come on demand."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from qb_mcp import assets
from qb_mcp.corpus.model import Corpus, Page, Section, TopicSummary, tokens

HEADING = re.compile(r"(#{2,4}) +(.+?) *$")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
MARKER = re.compile(r"^<!-- (?:generated: \w+|end) -->\n", re.MULTILINE)
FIELDS = ("title", "description", "keywords", "related")


class MalformedPage(ValueError):
    """A topic file whose front matter cannot be read; only an edit of the corpus can cause it."""


def read_corpus(folder: Path) -> Corpus:
    """Every topic under a folder; the key is the path without `.md`."""
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md"))
    keys = sorted(path.removesuffix(".md") for path in paths)
    texts = {key: (folder / f"{key}.md").read_text(encoding="utf-8") for key in keys}
    parsed = {key: parse(key, text) for key, text in texts.items()}
    return Corpus(
        {key: summary for key, (summary, _) in parsed.items()}, {key: body for key, (_, body) in parsed.items()}
    )


def parse(key: str, text: str) -> tuple[TopicSummary, str]:
    """The summary and the body of one topic file."""
    head, separator, body = text.removeprefix("---\n").partition("\n---\n")
    if not text.startswith("---\n") or not separator:
        raise MalformedPage(f"{key}: a topic starts with front matter between two lines of ---")
    fields = dict(line.partition(": ")[::2] for line in head.splitlines())
    if tuple(fields) != FIELDS:
        raise MalformedPage(f"{key}: front matter has exactly {', '.join(FIELDS)}, in this order")
    body = MARKER.sub("", body.strip() + "\n")
    keywords, related = listed(fields["keywords"]), listed(fields["related"])
    return TopicSummary(key, fields["title"], fields["description"], keywords, related, tokens(body)), body


def listed(value: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in value.split(",") if item.strip())


def build_page(corpus: Corpus, key: str) -> Page:
    """The full page of a key that is in the corpus."""
    summary, body = corpus.summaries[key], corpus.bodies[key]
    sections = tuple(split_sections(summary.title, body))
    return Page(key, summary.title, summary.description, summary.keywords, summary.related, body, sections)


def split_sections(title: str, body: str) -> Iterator[Section]:
    """Splits at `##` to `####`, never inside a code fence."""
    heading, anchor, level = title, "", 1
    lines: list[str] = []
    fence = ""
    for line in body.splitlines():
        fence = fence_after(fence, line)
        match = None if fence else HEADING.match(line)
        if match:
            yield Section(heading, anchor, level, "\n".join(lines).strip() + "\n")
            heading, level = match[2].replace("`", ""), len(match[1])
            anchor, lines = slug(heading), []
        lines.append(line)
    yield Section(heading, anchor, level, "\n".join(lines).strip() + "\n")


def fence_after(fence: str, line: str) -> str:
    """The open code fence after a line ("" for none), given the one before it."""
    match = FENCE.match(line)
    if not match:
        return fence
    if not fence:
        return match[1]
    closes = match[1].startswith(fence) and not line.strip(" `~")
    return "" if closes else fence


def slug(heading: str) -> str:
    """The anchor of a heading, made as GitHub makes it."""
    kept = re.sub(r"[^\w\- ]", "", heading.lower())
    return kept.replace(" ", "-")


@cache
def bundled() -> Corpus:
    """The corpus that ships with this version."""
    return read_corpus(assets.docs_corpus())


@cache
def page(key: str) -> Page | None:
    """A topic by its exact key."""
    return build_page(bundled(), key) if key in bundled().summaries else None


def topics() -> tuple[TopicSummary, ...]:
    """Every topic, ordered by key."""
    return tuple(bundled().summaries.values())
