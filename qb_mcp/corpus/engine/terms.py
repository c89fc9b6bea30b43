"""Turns text into index terms: stems of words and of parts of identifiers, and `=compounds` for whole identifiers."""

from functools import lru_cache
from itertools import pairwise

from qb_mcp.corpus.engine.library import porter2
from qb_mcp.corpus.words import WORD, parts

STOP_WORDS = """
a an and are as at be but by can could did do does for from had has have how i if in into is it its itself me my no not
of on or our should so some that the their them then there these they this to us use used using was we what when where
which who whom whose why will with would you your
"""
STOP = frozenset(STOP_WORDS.split())
LONGEST_COMPOUND = 40
MOST_PARTS = 4


@lru_cache(16384)
def stem(word: str) -> str:
    return str(porter2(word))


@lru_cache(16384)
def expand(word: str) -> tuple[str, ...]:
    """`defineTable` becomes `defin`, `tabl`, `=definetable`; a plain word becomes its stem."""
    found = parts(word)
    if not found:
        return (word.lower(),)
    if len(found) == 1:
        return (stem(found[0]),)
    stems = tuple(stem(part) for part in found)
    joined = "".join(found)
    fits = len(found) <= MOST_PARTS and len(joined) <= LONGEST_COMPOUND
    return (*stems, f"={joined}") if fits else stems


def pairs(text: str) -> list[str]:
    """Neighbouring words as one term each (`+soft+delet`), stop words skipped, never across lines."""
    found: list[str] = []
    for line in text.splitlines():
        roots = plain_terms(line)
        found.extend(pair(first, second) for first, second in pairwise(roots))
    return found


def pair(first: str, second: str) -> str:
    return f"+{first}+{second}"


def plain_terms(text: str) -> list[str]:
    """The stems of a text without compounds and stop words."""
    words = (word for word in WORD.findall(text) if word.lower() not in STOP)
    return [term for word in words for term in expand(word) if not term.startswith("=")]


def terms(text: str) -> list[str]:
    """Every term of a text, in order."""
    return [term for match in WORD.findall(text) for term in expand(match)]
