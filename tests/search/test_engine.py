"""The engine answers with sections, says what it corrected, and survives any index that does not fit."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qb_mcp import assets, corpus
from qb_mcp.corpus.engine.index import build, open_index, open_prebuilt
from qb_mcp.corpus.engine.search import Engine
from qb_mcp.corpus.load import parse, read_corpus
from qb_mcp.corpus.model import Corpus


def small_corpus(**pages: str) -> Corpus:
    parsed = {
        key: parse(
            key, f"---\ntitle: {key.title()}\ndescription: About {key}.\nkeywords: {key}\nrelated: \n---\n{text}\n"
        )
        for key, text in pages.items()
    }
    return Corpus(
        {key: summary for key, (summary, _) in parsed.items()}, {key: body for key, (_, body) in parsed.items()}
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    found = tmp_path_factory.mktemp("index")
    build(read_corpus(assets.docs_corpus()), found)
    yield found


def topics(found: corpus.SearchResult) -> list[str]:
    return [hit.topic for hit in found.hits]


def test_a_hit_is_a_section_with_its_place_size_and_reason() -> None:
    hit = corpus.search("automatic masking of sensitive names", 1).hits[0]
    assert hit.topic == "compiler/definitions/masking"
    assert (hit.heading, hit.anchor) == ("Automatic masking", "automatic-masking")
    assert hit.address == "compiler/definitions/masking#automatic-masking"
    assert "automatic" in hit.why and "heading" in hit.why
    page = corpus.page(hit.topic)
    section = page.section(hit.anchor) if page else None
    assert section and hit.size == section.size
    assert hit.snippet.startswith("A text column that has no rule")


def test_a_misspelt_word_is_corrected_and_told() -> None:
    found = corpus.search("firewal organizaton")
    assert {(one.typed, one.used) for one in found.corrections} == {
        ("firewal", "firewall"),
        ("organizaton", "organization"),
    }
    assert "compiler/definitions/firewall" in topics(found)


def test_an_identifier_is_found_however_it_is_spelt() -> None:
    expected = topics(corpus.search("displayColumn"))[0]
    assert all(
        topics(corpus.search(text))[0] == expected for text in ("displaycolumn", "display column", "DisplayColumn")
    )


def test_one_topic_appears_once() -> None:
    found = topics(corpus.search("access roles firewall guards masking", 20))
    assert len(found) == len(set(found)) == 20


@pytest.mark.parametrize(
    "query", ["", "   ", "the of and", "🦊", "?" * 5000, "xyzzyqwv plughfrotz", "\x00", "=a +b", "a" * 10_000]
)
def test_a_query_without_a_known_word_finds_nothing_or_little_but_never_fails(query: str) -> None:
    assert len(corpus.search(query).hits) <= 5


def test_a_prebuilt_index_answers_as_one_in_memory(folder: Path) -> None:
    whole = read_corpus(assets.docs_corpus())
    prebuilt = open_prebuilt(whole, folder)
    assert prebuilt
    in_memory = open_index(whole, folder / "missing")
    for query in ("soft delete", "defineTable", "maskng types", "who can read a column"):
        assert Engine(whole, prebuilt).search(query, 5) == Engine(whole, in_memory).search(query, 5)


def test_an_index_is_the_same_bytes_twice(folder: Path, tmp_path: Path) -> None:
    build(read_corpus(assets.docs_corpus()), tmp_path)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        path.name: path.read_bytes() for path in tmp_path.iterdir()
    }


def test_an_index_of_other_topics_is_not_opened(folder: Path) -> None:
    other = small_corpus(apples="Apples are red.", pears="Pears are green.")
    assert open_prebuilt(other, folder) is None
    assert topics(Engine(other, open_index(other, folder)).search("green", 5)) == ["pears"]


def test_an_index_in_memory_needs_no_place_for_temporary_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    whole = read_corpus(assets.docs_corpus())
    assert topics(Engine(whole, open_index(whole, tmp_path)).search("firewall", 1)) == ["compiler/definitions/firewall"]


@pytest.mark.parametrize("damage", ["toc", "seg", "json"])
def test_a_damaged_index_is_rebuilt_in_memory(folder: Path, tmp_path: Path, damage: str) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    for path in copy.glob(f"*.{damage}"):
        path.write_bytes(b"\x80\x04nonsense")
    whole = read_corpus(assets.docs_corpus())
    found = Engine(whole, open_index(whole, copy)).search("firewall", 3)
    assert topics(found)[0] == "compiler/definitions/firewall"


def test_an_index_on_a_read_only_folder_is_opened_and_left_as_it_is(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    before = {path.name: path.read_bytes() for path in copy.iterdir()}
    copy.chmod(0o555)
    try:
        assert open_prebuilt(read_corpus(assets.docs_corpus()), copy)
    finally:
        copy.chmod(0o755)
    assert {path.name: path.read_bytes() for path in copy.iterdir()} == before


def test_nothing_of_the_engine_is_loaded_before_the_first_query() -> None:
    code = (
        "import sys\n"
        "from qb_mcp import corpus\n"
        "corpus.topics(); corpus.page('compiler'); corpus.lookup('compiler/definitions/firewall')\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in {'whoosh', 'rapidfuzz', 'json'}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_searching_says_nothing_on_either_stream() -> None:
    code = "from qb_mcp import corpus\ncorpus.search('firewal')\n"
    done = subprocess.run([sys.executable, "-W", "always", "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
