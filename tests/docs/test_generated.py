"""Lists in the documentation that mirror the code are the code's: `python -m qb_mcp.corpus.generate` writes them."""

from pathlib import Path

import pytest

from qb_compiler.codes import CODES
from qb_mcp import assets, corpus
from qb_mcp.corpus.generate import GENERATORS, MARKED, regenerated

PAGES = sorted(path for path in assets.docs_corpus().rglob("*.md") if MARKED.search(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_generated_part_is_what_the_code_says(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert regenerated(text) == text, "run python -m qb_mcp.corpus.generate"


def test_every_generator_is_used_by_one_page() -> None:
    used = [match[2] for path in PAGES for match in MARKED.finditer(path.read_text(encoding="utf-8"))]
    assert sorted(used) == sorted(GENERATORS)


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_topic_that_a_diagnostic_names_exists(code: str) -> None:
    topic, _, heading = CODES[code].docs.partition("#")
    page = corpus.page(topic)
    assert page, CODES[code].docs
    assert not heading or page.section(heading), CODES[code].docs
