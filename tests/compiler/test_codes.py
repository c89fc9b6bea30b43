"""Every diagnostic code is unique, explained, documented, and shown by a spec."""

import re
from collections import Counter
from pathlib import Path

import pytest

from qb_compiler.codes import ALL, CODES, RETIRED, SLUGS
from qb_compiler.diagnostics.explain import HEADINGS, explain
from qb_compiler.diagnostics.problem import Problem
from qb_mcp.corpus.load import bundled

SPECS = Path(__file__).parent
SHOWN = re.compile(r"(?:error|warning|note): \[([A-Z0-9, ]+)\]")
ELSEWHERE = {
    "source/test_bad_input.py": "what lies on the disk cannot stand in a page",
    "syntax/test_parser.py": "texts that take seconds",
    "output/test_writer.py": "what happens while writing",
    "contracts/test_stage.py": "faults of the generated code, and the key of a signature",
    "platform/test_migrations.py": "needs what an earlier compile left",
    "platform/test_migrations_keep_rows.py": "needs what an earlier compile left",
    "platform/test_deploy.py": "a file beside the definitions",
    "test_pipeline.py": "faults of our own",
}
"""Tests that trigger the codes for which a literate spec cannot be written, and why it cannot."""


def name(problem: type[Problem]) -> str:
    return problem.code


def shown_codes() -> set[str]:
    pages = (page.read_text(encoding="utf-8") for page in SPECS.glob("*/*.md"))
    return {code.strip() for page in pages for codes in SHOWN.findall(page) for code in codes.split(",")}


def anchors(topic: str) -> set[str]:
    """The headings of a documentation page, as they stand in links."""
    headings = re.findall(r"^#{2,4} (.+)$", bundled().bodies[topic], re.MULTILINE)
    return {
        re.sub(r"[^a-z0-9 _-]", "", heading.lower().replace("`", "")).strip().replace(" ", "-") for heading in headings
    }


def test_a_code_and_its_slug_belong_to_one_class() -> None:
    assert [code for code, uses in Counter(problem.code for problem in ALL).items() if uses > 1] == []
    assert len(SLUGS) == len(CODES)
    assert not RETIRED.keys() & CODES.keys()


@pytest.mark.parametrize("problem", ALL, ids=name)
def test_a_code_is_explained_with_an_example_and_a_way_out(problem: type[Problem]) -> None:
    found = explain(problem.code)
    assert found and found == explain(problem.slug)
    assert tuple(heading for heading, _ in found.sections) == HEADINGS
    assert found.title and all(text for _, text in found.sections)


@pytest.mark.parametrize("problem", ALL, ids=name)
def test_a_code_has_a_hint(problem: type[Problem]) -> None:
    assert problem.hint is not Problem.hint


@pytest.mark.parametrize("problem", ALL, ids=name)
def test_a_code_links_to_a_heading_that_exists(problem: type[Problem]) -> None:
    topic, _, heading = problem.docs.partition("#")
    assert topic in bundled().bodies
    assert not heading or heading in anchors(topic)


def test_every_code_is_triggered_by_a_spec_or_by_a_named_test() -> None:
    tests = "".join((SPECS / path).read_text(encoding="utf-8") for path in ELSEWHERE)
    shown = shown_codes()
    assert [code for code in CODES if code not in shown and f'"{code}"' not in tests] == []


def test_a_code_of_the_definitions_is_triggered_by_a_spec() -> None:
    assert {code[:3] for code in CODES.keys() - shown_codes()} <= {"QB1", "QB6", "QB9"}
