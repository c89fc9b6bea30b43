"""A proxy for whether an assistant would open our skill: how its description ranks by words against those of others.

No model is asked, so this says nothing of what a model would do. It tells when a change of the description loses the
words that people use, or takes words that belong to others.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser import OrGroup, QueryParser
from whoosh.scoring import BM25F

ROOT = Path(__file__).resolve().parents[2]
SECTIONS = re.split(
    r"^## .*\n", (Path(__file__).parent / "triggers.md").read_text(encoding="utf-8"), flags=re.MULTILINE
)
OURS, OTHERS, DECOYS = (re.findall(r"^- (.+)$", section, re.MULTILINE) for section in SECTIONS[1:])
SKILL = (ROOT / "skills" / "quickback" / "SKILL.md").read_text(encoding="utf-8")


@cache
def index() -> Any:
    """The descriptions that compete, as BM25 sees them."""
    storage = RamStorage()
    storage.temp_storage = lambda name=None: RamStorage()
    found = storage.create_index(Schema(name=ID(stored=True), text=TEXT(analyzer=StemmingAnalyzer())))
    writer = found.writer()
    writer.add_document(name="quickback", text=YAML(typ="safe").load(SKILL.split("---\n")[1])["description"])
    for decoy in DECOYS:
        name, _, description = decoy.partition(": ")
        writer.add_document(name=name, text=f"{name} {description}")
    writer.commit()
    return found


def first(request: str) -> str:
    """The skill whose description is nearest to a request. A long description is no worse: it is read to its end."""
    with index().searcher(weighting=BM25F(B=0.0)) as searcher:
        hits = searcher.search(QueryParser("text", index().schema, group=OrGroup).parse(request), limit=1)
        return hits[0]["name"] if hits else ""


def test_the_lists_are_as_long_as_they_should_be() -> None:
    assert (len(OURS), len(OTHERS)) == (20, 20) and len(DECOYS) >= 35


def test_requests_that_are_ours_find_us_and_those_of_others_do_not() -> None:
    missed = [request for request in OURS if first(request) != "quickback"]
    taken = [request for request in OTHERS if first(request) == "quickback"]
    print(f"trigger proxy: {20 - len(missed)} of 20 found, {len(taken)} of 20 taken; missed {missed}, taken {taken}")
    assert len(missed) <= 4
    assert len(taken) <= 1
