"""The nearest valid name, for every "did you mean"."""

from collections.abc import Iterable


def nearest(word: str, candidates: Iterable[str], limit: int = 1) -> tuple[str, ...]:
    """Candidates close enough to be a slip of the pen, best first (case is ignored, ties go by name)."""
    # Loaded by the first misspelling: most checks find none.
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415

    scored = [
        (DamerauLevenshtein.normalized_similarity(word.lower(), candidate.lower()), candidate)
        for candidate in candidates
    ]
    close = sorted((-score, candidate) for score, candidate in scored if score >= 0.6)
    return tuple(candidate for _, candidate in close[:limit])
