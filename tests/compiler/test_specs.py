"""Runs every literate spec of the compiler."""

from pathlib import Path

import pytest

from compiler.spec_runner import Section, read_sections, run

ROOMS = ("syntax", "evaluate", "blocks", "checks", "config")
PAGES = sorted(page for room in ROOMS for page in (Path(__file__).parent / room).glob("*.md"))
SECTIONS = [section for page in PAGES for section in read_sections(page)]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_a_section_is_as_it_says(section: Section, tmp_path: Path) -> None:
    run(section, tmp_path)
