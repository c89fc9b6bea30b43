"""Turns text into index terms: stems of words and of parts of identifiers, and `=compounds` for whole identifiers."""

from functools import lru_cache

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


def terms(text: str) -> list[str]:
    """Every term of a text, in order."""
    return [term for match in WORD.findall(text) for term in expand(match)]
