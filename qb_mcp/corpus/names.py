"""Finds the topic that a name means: exact keys, keys of other versions, short names, titles and slips of the pen."""

from typing import NamedTuple

from qb_mcp.corpus.load import bundled, page, slug
from qb_mcp.corpus.model import Corpus, Lookup
from qb_mcp.corpus.tree import NOT_BUILT_PAGE, RENAMED, RENAMED_FOLDERS, is_not_built
from qb_mcp.corpus.words import normal

ACCEPTED = 72.0
# So like a topic's name that it is that name, misspelt.
SLIP = 92.0
EXACT = 145.0
LIMIT = 3
# A short name that several folders share means the page that comes first here.
FOLDERS = (
    "compiler/definitions",
    "compiler/using-the-api",
    "stack",
    "compiler/config",
    "compiler/getting-started",
    "compiler",
)


class Names(NamedTuple):
    """The names of one topic, each as lower-case words: whole key, last segment of it, title."""

    key: str
    full: str
    last: str
    title: str


def lookup(query: str) -> Lookup:
    """The page that a name means, or three suggestions."""
    name, _, heading = clean(query).partition("#")
    found = resolve(bundled(), name)
    if not found.page or not heading:
        return found
    anchor = slug(heading.strip())
    section = anchor if found.page.section(anchor) else None
    missing = None if section else f"`{found.page.key}` has no section `{heading}`"
    return Lookup(found.page, section, found.alternatives, (), found.note or missing)


def clean(query: str) -> str:
    """The name without what addresses and paths put around a key."""
    name = query.strip().removeprefix("quickback://docs/").strip("/")
    return name.replace(".md#", "#").removesuffix(".md").removesuffix("/index")


def resolve(corpus: Corpus, name: str) -> Lookup:
    key = canonical(name)
    if key in corpus.summaries:
        note = None if key == name else f"`{name}` is `{key}` here"
        return Lookup(page(key), alternatives=namesakes(corpus, name, key), note=note)
    return best_match(corpus, name)


def canonical(name: str) -> str:
    """The key of this version for a key of another one."""
    key = name.lower()
    for old, new in RENAMED_FOLDERS:
        if key == old or key.startswith(f"{old}/"):
            key = new + key.removeprefix(old)
    return RENAMED.get(key, key)


def namesakes(corpus: Corpus, name: str, key: str) -> tuple[str, ...]:
    """Other topics that the same short name could mean."""
    if "/" in name:
        return ()
    return tuple(other for other in corpus.summaries if other != key and other.endswith(f"/{name.lower()}"))


def best_match(corpus: Corpus, name: str) -> Lookup:
    wanted = normal(name)
    if not wanted:
        return Lookup(None, suggestions=tuple(corpus.summaries)[:LIMIT])
    ranked = ranking(corpus, wanted)
    best, key = ranked[0]
    if best < SLIP and is_not_built(canonical(name)):
        return Lookup(page(NOT_BUILT_PAGE), note=f"`{name}` is not part of this version")
    if best < ACCEPTED:
        return Lookup(None, suggestions=tuple(key for _, key in ranked[:LIMIT]))
    same = tuple(other for score, other in ranked[1:] if score >= min(best, EXACT))
    note = None if best >= EXACT else f"no topic is called `{name}`; `{key}` is the nearest"
    return Lookup(page(key), alternatives=same, note=note)


def ranking(corpus: Corpus, wanted: str) -> list[tuple[float, str]]:
    """Scores with keys, best first; ties go to the folder that is asked for most, then to the shortest key."""
    scored = [(score(wanted, names), names.key) for names in all_names(corpus)]
    return sorted(scored, key=lambda entry: (-entry[0], folder_rank(entry[1]), len(entry[1]), entry[1]))


def all_names(corpus: Corpus) -> list[Names]:
    return [
        Names(key, normal(key), normal(key.rpartition("/")[2]), normal(summary.title))
        for key, summary in corpus.summaries.items()
    ]


def score(wanted: str, names: Names) -> float:
    """How well a name fits: above `EXACT` it is one of the topic's names, below it is likeness up to 100."""
    # Loading rapidfuzz takes 9 ms, which a lookup by exact key need not pay.
    from rapidfuzz import fuzz  # noqa: PLC0415

    if wanted == names.full:
        return 200
    if wanted == names.last:
        return 150
    if wanted == names.title:
        return 148
    if names.full.endswith(f" {wanted}"):
        return 147
    both = 0.9 * fuzz.token_set_ratio(wanted, f"{names.full} {names.title}") if " " in wanted else 0.0
    return max(
        fuzz.ratio(wanted, names.last),
        fuzz.ratio(wanted, names.title),
        fuzz.ratio(wanted, names.full),
        0.95 * fuzz.token_sort_ratio(wanted, names.full),
        both,
    )


def folder_rank(key: str) -> int:
    return next((i for i, folder in enumerate(FOLDERS) if key == folder or key.startswith(f"{folder}/")), len(FOLDERS))
