"""A topic is found by any name that a person or an assistant may give it."""

import random
from collections.abc import Iterator

import pytest

from qb_mcp import corpus
from qb_mcp.corpus.load import bundled

KEYS = sorted(bundled().summaries)


def expected_name(key: str) -> str:
    return key.rpartition("/")[2]


def slips(word: str, chance: random.Random, count: int) -> str:
    """A word with letters swapped, dropped or doubled, its first letter kept."""
    for _ in range(count):
        at = chance.randrange(1, len(word) - 1)
        word = chance.choice(
            [
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            ]
        )
    return word


def generated_names() -> Iterator[tuple[str, str]]:
    """(name, key): keys, short names, titles, the same with blanks, and with one or two slips."""
    chance = random.Random(8)
    for key in KEYS:
        summary, last = bundled().summaries[key], expected_name(key)
        exact = (key, last, summary.title, summary.title.lower(), key.replace("/", " "), last.replace("-", " "))
        yield from ((name, key) for name in exact)
        yield from ((f"/{key}", key), (f"{key}.md", key), (f"quickback://docs/{key}", key), (key.upper(), key))
        if "/" in key:
            yield "/".join(key.split("/")[-2:]), key
        if len(key) >= 7:
            yield slips(key, chance, 1), key
            yield slips(key, chance, 2), key
        if len(last) >= 7:
            yield slips(last, chance, 1), key


def answers(name: str) -> set[str]:
    """The page that a name leads to and the other pages of that name."""
    found = corpus.lookup(name)
    return {*([found.page.key] if found.page else []), *found.alternatives}


def test_99_of_100_names_lead_to_their_topic() -> None:
    names = list(generated_names())
    wrong = [(name, key) for name, key in names if key not in answers(name)]
    assert len(wrong) <= len(names) / 100, wrong


def test_a_slip_is_read_right_and_told() -> None:
    found = corpus.lookup("firewal")
    assert found.page and found.page.key == "compiler/definitions/firewall"
    assert found.note and "firewal" in found.note


def test_a_section_can_be_named_with_its_topic() -> None:
    found = corpus.lookup("firewall#Owner scope")
    assert found.page and found.section == "owner-scope"


def test_a_section_that_does_not_exist_still_gives_the_page_and_says_so() -> None:
    found = corpus.lookup("firewall#nonsense")
    assert found.page and found.section is None
    assert found.note and "nonsense" in found.note


def test_a_short_name_of_several_topics_gives_the_likeliest_and_names_the_others() -> None:
    found = corpus.lookup("auth")
    assert found.page and found.page.key == "stack/auth"
    assert "compiler/config/auth" in found.alternatives


@pytest.mark.parametrize("name", ["kubernetes", "graphql federation", "zzzz"])
def test_an_unknown_name_gives_three_suggestions_and_no_page(name: str) -> None:
    found = corpus.lookup(name)
    assert found.page is None
    assert len(found.suggestions) == 3
    assert set(found.suggestions) <= set(KEYS)


@pytest.mark.parametrize("name", ["", " ", "#", "///", "\x00", "../../etc/passwd", "a" * 10_000])
def test_a_name_that_means_nothing_never_fails(name: str) -> None:
    assert corpus.lookup(name).page is None


@pytest.mark.parametrize(
    ("old", "key"),
    [
        ("compiler/definitions/database-schema", "compiler/definitions/schema"),
        ("stack/cms/schema-registry", "cms/schema-registry"),
        ("compiler/targets/hono-api/using-the-api/crud", "compiler/using-the-api/crud"),
        ("crud-endpoints", "compiler/using-the-api/crud"),
        ("concepts", "compiler/definitions"),
    ],
)
def test_keys_of_other_versions_lead_to_their_topic(old: str, key: str) -> None:
    found = corpus.lookup(old)
    assert found.page and found.page.key == key
    assert found.note


@pytest.mark.parametrize("name", ["stack/vector/embeddings", "account-ui/features/avatar", "vector", "stack/queues"])
def test_a_topic_of_something_unbuilt_leads_to_the_page_that_says_so(name: str) -> None:
    found = corpus.lookup(name)
    assert found.page and found.page.key == "not-built-yet"
    assert found.note and name in found.note
