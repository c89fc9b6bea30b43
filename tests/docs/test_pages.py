"""Each page is well formed: front matter that helps searching, an answer first, bounded length, links that resolve."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from qb_mcp import assets, corpus
from qb_mcp.corpus import Page
from qb_mcp.corpus.load import bundled
from qb_mcp.corpus.tree import NOT_BUILT, NOT_BUILT_PAGE, RENAMED, RENAMED_FOLDERS

KEYS = sorted(bundled().summaries)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`[^`\n]*`")
LONGEST_PAGE = 150
# Folders of which some topics exist and others do not.
PARTLY_BUILT = {"account-ui", "cms", "compiler/cloud-compiler", "stack/realtime", "stack/webhooks"}
GENERATED_PAGES = {"compiler/error-codes", "compiler/cloud-compiler/cli", "plugins-tools/mcp-server"}


def page(key: str) -> Page:
    found = corpus.page(key)
    assert found
    return found


def prose(text: str) -> Iterator[str]:
    """Lines outside code fences, without inline code."""
    fenced = False
    for line in text.splitlines():
        if line.startswith("```"):
            fenced = not fenced
        elif not fenced:
            yield CODE.sub("", line)


def links(found: Page) -> list[str]:
    return [match[1] for line in prose(found.body) for match in LINK.finditer(line)]


@pytest.mark.parametrize("key", KEYS)
def test_front_matter_says_what_the_page_answers(key: str) -> None:
    found = page(key)
    assert found.title
    assert found.description.endswith("."), "a description is a sentence"
    assert 40 <= len(found.description) <= 200
    assert len(found.keywords) >= 4, "keywords are the words that people use and the page does not"
    assert len(set(found.keywords)) == len(found.keywords)


@pytest.mark.parametrize("key", KEYS)
def test_a_page_starts_with_its_answer_and_ends_soon(key: str) -> None:
    found = page(key)
    assert key == "changelog" or not found.body.startswith("#"), "the answer comes before the first heading"
    if key not in GENERATED_PAGES:
        assert len(found.body.splitlines()) <= LONGEST_PAGE


@pytest.mark.parametrize("key", KEYS)
def test_headings_are_unique_and_nested_without_gaps(key: str) -> None:
    found = page(key)
    anchors = [section.anchor for section in found.sections]
    assert len(set(anchors)) == len(anchors)
    levels = [section.level for section in found.sections]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert not [line for line in prose(found.body) if line.startswith("# ")], "the title is in the front matter"


@pytest.mark.parametrize("key", KEYS)
def test_every_link_and_anchor_resolves(key: str) -> None:
    broken = [target for target in links(page(key)) if not resolves(target, key)]
    assert not broken


def resolves(target: str, key: str) -> bool:
    if target.startswith("https://"):
        return True
    topic, _, anchor = target.partition("#")
    found = corpus.page(topic or key)
    return found is not None and (not anchor or found.section(anchor) is not None)


@pytest.mark.parametrize("key", KEYS)
def test_related_topics_exist_and_are_others(key: str) -> None:
    related = page(key).related
    assert related
    assert key not in related
    assert not [other for other in related if other not in KEYS]


def test_every_topic_is_linked_from_another() -> None:
    linked = {target.partition("#")[0] for key in KEYS for target in links(page(key))}
    assert not sorted(set(KEYS) - linked - {"changelog"})


def test_names_of_other_versions_lead_to_topics() -> None:
    targets = {*RENAMED.values(), NOT_BUILT_PAGE}
    assert targets <= set(KEYS)
    assert not [key for key in NOT_BUILT if key in KEYS and key not in PARTLY_BUILT]
    assert all(new for _, new in RENAMED_FOLDERS)


def test_the_corpus_holds_only_topics() -> None:
    strays = [path.name for path in assets.docs_corpus().rglob("*") if path.is_file() and path.suffix != ".md"]
    assert not [name for name in strays if not is_index_file(name)]


def is_index_file(name: str) -> bool:
    return name in {"stamp.txt", "starts.json", "vocabulary.json"} or name.endswith((".seg", ".toc"))
