"""Cuts text into words and words into parts, the same way for names, for the index and for queries."""

import re

WORD = re.compile(r"[A-Za-z0-9_$@]+(?:[.:/\-'][A-Za-z0-9_$@]+)*")
CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


def parts(word: str) -> list[str]:
    """The lower-case parts of an identifier, a path or a plain word: `defineTable` is `define`, `table`."""
    return [part.lower() for part in CAMEL.findall(word.removesuffix("'s"))]


def normal(text: str) -> str:
    """A text as lower-case words with single blanks."""
    return " ".join(parts(text))
