"""Near names, for every "did you mean" of the server."""

from collections.abc import Iterable


def nearest_names(word: str, candidates: Iterable[str], limit: int = 3) -> list[str]:
    """Candidates that a person may have meant: same letters first, then slips of the pen, then ones that contain it."""
    from qb_compiler.diagnostics.suggest import nearest  # noqa: PLC0415 - only a wrong name needs the matcher

    names = list(candidates)
    flat = {name: name.lower().replace("_", "-").replace(" ", "-") for name in names}
    wanted = word.lower().replace("_", "-").replace(" ", "-")
    same = [name for name in names if flat[name] == wanted]
    inside = [name for name in names if len(wanted) > 2 and wanted in flat[name]]
    return list(dict.fromkeys([*same, *nearest(word, names, limit), *inside]))[:limit]
