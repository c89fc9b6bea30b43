"""Every key that the compiler reads is used by a literate spec."""

import re
from pathlib import Path

import pytest

from compiler.spec_runner import write_project
from compiler.test_specs import SECTIONS
from qb_compiler import check_project
from qb_compiler.blocks.access.model import Operator
from qb_compiler.blocks.columns.builders import BUILDERS, ENUM_FUNCTIONS, TABLE_FUNCTIONS
from qb_compiler.blocks.columns.column import IDENTITY, KEPT, READ
from qb_compiler.blocks.columns.constraints import INDEXES
from qb_compiler.blocks.masking.model import MaskKind
from qb_compiler.evaluate.decode import Fields

CALLED = re.compile(r"([$\w]+)(?:<[^()\n]*>)?\(")
RENAMED = frozenset({"guard"})
"""Old names, which are asked for where they are written only."""


def test_every_key_that_is_read_is_written_in_a_spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Objects with the same known keys are of one kind: together, the specs write each of those keys."""
    written: dict[frozenset[str], set[str]] = {}
    finish = Fields.finish

    def noting(fields: Fields) -> None:
        known = fields.known - RENAMED
        written.setdefault(known, set()).update(entry.key for entry in fields.object.entries)
        finish(fields)

    monkeypatch.setattr(Fields, "finish", noting)
    for number, section in enumerate(SECTIONS):
        write_project(tmp_path / str(number), section.files)
        check_project(tmp_path / str(number))
    assert [(sorted(known - used), sorted(known)) for known, used in written.items() if known - used] == []


def test_every_function_of_drizzle_that_is_read_is_called_in_a_spec() -> None:
    texts = "\n".join(text for section in SECTIONS for text in section.files.values())
    builders = {name for dialect in BUILDERS.values() for name in dialect}
    known = builders | {*TABLE_FUNCTIONS, *ENUM_FUNCTIONS, *READ, *KEPT, *IDENTITY, *INDEXES}
    assert known - set(CALLED.findall(texts)) == set()


@pytest.mark.parametrize("word", [*Operator, *MaskKind])
def test_every_comparison_and_every_mask_is_used_in_a_spec(word: str) -> None:
    use = re.compile(rf'\b{word}:|"{word}"')
    assert any(use.search(text) for section in SECTIONS for text in section.files.values())
