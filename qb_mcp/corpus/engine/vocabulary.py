"""What the planner knows about the corpus: its words, its stems, and the concepts that hold for it."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, TypeAlias

from qb_mcp.corpus.engine.terms import terms
from qb_mcp.corpus.words import WORD, parts

Phrase: TypeAlias = tuple[str, ...]
CONCEPTS = Path(__file__).with_name("concepts.txt")
SHORTEST = 4


class Vocabulary(NamedTuple):
    """`words` (plain, and `=compounds`) are what spelling is corrected to; a concept is a list of stemmed phrases."""

    words: tuple[str, ...]
    stems: frozenset[str]
    concepts: tuple[tuple[Phrase, ...], ...]


def read_concepts(text: str) -> tuple[tuple[Phrase, ...], ...]:
    """One concept a line, its phrases separated by semicolons."""
    lines = (line.split(";") for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(tuple(stems_of(phrase) for phrase in line) for line in lines)


def stems_of(phrase: str) -> Phrase:
    return tuple(term for term in terms(phrase) if not term.startswith("="))


def collect(texts: Iterable[str], documents: Iterable[Iterable[str]]) -> Vocabulary:
    """The vocabulary of a corpus: words from its texts, stems from its terms."""
    stems = {term for document in documents for term in document}
    found = (part for text in texts for word in WORD.findall(text) for part in parts(word))
    words = {part for part in found if len(part) >= SHORTEST}
    words.update(term for term in stems if term.startswith("="))
    return Vocabulary(tuple(sorted(words)), frozenset(stems), read_concepts(CONCEPTS.read_text(encoding="utf-8")))


def dump(vocabulary: Vocabulary) -> str:
    """As JSON, the same for the same corpus."""
    content = {"words": vocabulary.words, "stems": sorted(vocabulary.stems), "concepts": vocabulary.concepts}
    return json.dumps(content, separators=(",", ":"))


def parse(text: str) -> Vocabulary:
    content = json.loads(text)
    concepts = tuple(tuple(tuple(phrase) for phrase in concept) for concept in content["concepts"])
    return Vocabulary(tuple(content["words"]), frozenset(content["stems"]), concepts)
