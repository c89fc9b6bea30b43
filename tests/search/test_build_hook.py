"""Building or installing the package leaves a search index beside the topics, and never fails because of it."""

import importlib.util
import shutil
from pathlib import Path
from typing import Any

import pytest
from hatchling.bridge.app import Application

from qb_mcp import assets
from qb_mcp.corpus.engine.index import open_prebuilt
from qb_mcp.corpus.load import read_corpus

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    shutil.copytree(assets.docs_corpus(), tmp_path / "docs_corpus", ignore=shutil.ignore_patterns(".index"))
    return tmp_path


def run_hook(root: Path) -> None:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    nothing: Any = None
    module.SearchIndexHook(str(root), {}, nothing, nothing, "", "wheel", Application()).initialize("standard", {})


def test_the_hook_writes_an_index_of_the_topics_beside_it(checkout: Path) -> None:
    run_hook(checkout)
    assert open_prebuilt(read_corpus(checkout / "docs_corpus"), checkout / "docs_corpus" / ".index")


def test_a_second_build_replaces_the_index(checkout: Path) -> None:
    run_hook(checkout)
    page = checkout / "docs_corpus" / "changelog.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    run_hook(checkout)
    assert open_prebuilt(read_corpus(checkout / "docs_corpus"), checkout / "docs_corpus" / ".index")


def test_a_checkout_that_cannot_be_written_builds_without_an_index(checkout: Path) -> None:
    (checkout / "docs_corpus" / ".index").write_text("a file where the folder belongs", encoding="utf-8")
    run_hook(checkout)
    assert open_prebuilt(read_corpus(checkout / "docs_corpus"), checkout / "docs_corpus" / ".index") is None
