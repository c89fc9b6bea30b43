"""The likeliest mistakes: one error each, at the right characters, and its hint mends the project when followed."""

import re
from pathlib import Path

import pytest

from compiler.samples import surrounded
from compiler.spec_runner import Section, read_sections, write_project
from qb_compiler import check_project, compile_project
from qb_compiler.diagnostics.diagnostic import Diagnostic
from qb_compiler.diagnostics.fix import fix

PLACES = {
    1: "firewal", 2: "defineTable", 3: "organization", 4: '"titel"', 5: "salry", 6: '"member"', 7: '["owner", "admin"]',
    8: '"open"', 9: "true", 10: '"nmae"', 11: '"satus"', 12: "sqliteTable", 13: "sqliteTable", 14: "opnapi",
    15: '"membr"', 16: "list", 17: '"*"', 18: "", 19: "defineTable", 20: "integer", 21: '"organizationId"',
}  # fmt: skip
"""What the mark begins with in each section, by its number."""
SECTIONS = list(read_sections(Path(__file__).with_name("newcomers.md")))
CODE = re.compile(r"`([^`]+)`")


def mended(section: Section, error: Diagnostic) -> dict[str, str]:
    """The project after its edits, or after the choice that the hint offers."""
    fences = [(fence.words[1], fence.text) for fence in section.fences if fence.words[0] == "mended"]
    if not fences:
        return {**section.files, **fix([error]).texts}
    hint = error.hint or ""
    text = "".join(text for _, text in fences)
    assert any((code in text) is not hint.startswith("remove") for code in CODE.findall(hint)), hint
    return surrounded(fences)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.title)
def test_the_hint_of_a_likely_mistake_mends_it(section: Section, tmp_path: Path) -> None:
    write_project(tmp_path, section.files)
    (error,) = check_project(tmp_path).diagnostics
    assert error.primary
    assert error.primary.span.text.startswith(PLACES[int(section.title.split(".")[0])])
    write_project(tmp_path, mended(section, error))
    assert compile_project(tmp_path).diagnostics == ()


def test_there_are_at_least_fifteen() -> None:
    assert len(SECTIONS) == len(PLACES) >= 15
