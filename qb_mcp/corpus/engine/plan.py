"""Turns a query into groups of weighted terms: one group per word, its alternatives inside the group."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from qb_mcp.corpus.engine.terms import STOP, pair, plain_terms, stem, terms
from qb_mcp.corpus.engine.vocabulary import Phrase, Vocabulary
from qb_mcp.corpus.words import WORD, parts

Term: TypeAlias = tuple[str, float]
LONGEST_QUERY = 400
# What a match counts: a whole identifier, a word that is one, neighbours, a word of the same meaning, and in a phrase.
COMPOUND, SINGLE_AS_COMPOUND, NEIGHBOURS, CONCEPT, PHRASE = 1.5, 1.2, 1.0, 0.7, 0.6
SIMILAR, VERY_SIMILAR = 0.75, 0.85


class Group(NamedTuple):
    """`label` is the word as the reader knows it; empty for a concept."""

    label: str
    terms: tuple[Term, ...]


class Plan:
    """Grows while a query is read. `corrected` holds the word that was searched for by the one that was typed."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self.corrected: dict[str, str] = {}

    def add(self, label: str, *found: Term) -> None:
        self.groups.append(Group(label, found))


def make_plan(vocabulary: Vocabulary, query: str) -> Plan:
    """Reads a query; words that no page holds are replaced by the nearest that one does."""
    plan = Plan()
    text = query[:LONGEST_QUERY]
    for word in WORD.findall(text):
        if word.lower() not in STOP:
            read_word(vocabulary, plan, word)
    meant = corrected_text(text, plan.corrected)
    plan.groups.extend(neighbour_groups(vocabulary, meant))
    plan.groups.extend(concept_groups(vocabulary, meant))
    return plan


def read_word(vocabulary: Vocabulary, plan: Plan, word: str) -> None:
    found = parts(word)
    joined = "=" + "".join(found)
    if joined in vocabulary.stems:
        plan.add(word, (joined, COMPOUND if len(found) > 1 else SINGLE_AS_COMPOUND))
    elif len(found) > 1 and "/" not in word:
        for close, similarity in near(vocabulary, joined, 1):
            plan.add(close[1:], (close, similarity))
            plan.corrected[word] = close[1:]
    for part in found:
        if part not in STOP and len(part) > 1:
            read_part(vocabulary, plan, part)


def read_part(vocabulary: Vocabulary, plan: Plan, part: str) -> None:
    root = stem(part)
    if root in vocabulary.stems or len(part) <= 3 or part.isdigit():
        plan.add(part, (root, 1.0))
        return
    close = near(vocabulary, part, 3)
    if close:
        plan.add(close[0][0].lstrip("="), *((indexed(word), similarity**2) for word, similarity in close))
        plan.corrected[part] = close[0][0].lstrip("=")


def indexed(word: str) -> str:
    return word if word.startswith("=") else stem(word)


def near(vocabulary: Vocabulary, word: str, limit: int) -> list[Term]:
    """Words of the corpus that the word may be a misspelling of, best first."""
    # Most queries are spelled right and need not pay the 9 ms that loading rapidfuzz takes.
    from rapidfuzz import process  # noqa: PLC0415
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415

    scorer = DamerauLevenshtein.normalized_similarity
    found = process.extract(word, vocabulary.words, scorer=scorer, score_cutoff=SIMILAR, limit=limit + 3)
    likely = [(close, score) for close, score, _ in found if close[0] == word[0] or score > VERY_SIMILAR]
    return likely[:limit]


def corrected_text(text: str, corrected: dict[str, str]) -> str:
    return WORD.sub(lambda match: corrected.get(match[0], corrected.get(match[0].lower(), match[0])), text)


def neighbour_groups(vocabulary: Vocabulary, text: str) -> Iterator[Group]:
    """One group per two words of the query that stand side by side in a title, heading, keyword or description."""
    for first, second in pairwise(plain_terms(text)):
        if (term := pair(first, second)) in vocabulary.stems:
            yield Group("", ((term, NEIGHBOURS),))


def concept_groups(vocabulary: Vocabulary, text: str) -> Iterator[Group]:
    """One group per concept that the query names, holding the words the query does not have."""
    said = [term for term in terms(text) if not term.startswith("=")]
    for concept in vocabulary.concepts:
        if any(holds(said, phrase) for phrase in concept):
            others = tuple(
                (term, CONCEPT if len(phrase) == 1 else CONCEPT * PHRASE)
                for phrase in concept
                for term in phrase
                if term not in said and term in vocabulary.stems
            )
            if others:
                yield Group("", others)


def holds(said: list[str], phrase: Phrase) -> bool:
    length = len(phrase)
    return any(tuple(said[start : start + length]) == phrase for start in range(len(said) - length + 1))
