"""Documentation that changes on disk under a running process is found anew, by every way of looking things up."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qb_mcp import assets
from qb_mcp.operations.list_docs import list_docs
from qb_mcp.operations.read_doc import forget_docs, read_doc
from qb_mcp.operations.search_docs import search_docs

TOPIC = """\
---
title: {title}
description: {title} in one line.
keywords: {title}
related: axolotl
---
Everything about the {title}.
"""


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A documentation of its own with one topic, read by everything until the end of the test."""
    (tmp_path / "axolotl.md").write_text(TOPIC.format(title="Axolotl"), encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(assets, "docs_corpus", lambda: tmp_path)
        forget_docs()
        yield tmp_path
    forget_docs()


def test_a_topic_that_came_later_is_listed_read_and_found_by_search(docs: Path) -> None:
    assert [hit.topic for hit in search_docs("axolotl").hits] == ["axolotl"]
    assert search_docs("capybara").hits == ()
    (docs / "capybara.md").write_text(TOPIC.format(title="Capybara"), encoding="utf-8")
    forget_docs()
    assert [topic.key for topic in list_docs()] == ["axolotl", "capybara"]
    assert read_doc("capybara").page.title == "Capybara"
    assert [hit.topic for hit in search_docs("capybara").hits] == ["capybara"]


def test_a_topic_that_went_away_is_no_longer_found(docs: Path) -> None:
    (docs / "capybara.md").write_text(TOPIC.format(title="Capybara"), encoding="utf-8")
    forget_docs()
    assert search_docs("capybara").hits
    (docs / "capybara.md").unlink()
    forget_docs()
    assert search_docs("capybara").hits == ()
