"""Edits become new texts, and a diff of them."""

from qb_compiler.diagnostics.diagnostic import Diagnostic, Edit, Level
from qb_compiler.diagnostics.fix import fix
from qb_compiler.span import SourceFile, Span

FILE = SourceFile("a.ts", "one two\nthree\n")
OTHER = SourceFile("b.ts", "four")


def edit(file: SourceFile, start: int, end: int, text: str) -> Edit:
    return Edit(Span(file, start, end), text)


def finding(*edits: Edit) -> Diagnostic:
    return Diagnostic("QB0000", "sample", Level.ERROR, "wrong", None, edits=edits)


def test_edits_of_several_files_are_applied_by_place() -> None:
    found = fix([finding(edit(FILE, 8, 13, "3"), edit(OTHER, 0, 4, "4")), finding(edit(FILE, 0, 3, "1"))])
    assert dict(found.texts) == {"a.ts": "1 two\n3\n", "b.ts": "4"}


def test_of_two_that_overlap_the_first_is_applied() -> None:
    first, second = finding(edit(FILE, 0, 5, "x")), finding(edit(FILE, 4, 7, "y"))
    found = fix([first, second])
    assert (found.texts["a.ts"], found.fixed) == ("xwo\nthree\n", (first,))


def test_a_finding_is_applied_whole_or_not_at_all() -> None:
    second = finding(edit(FILE, 1, 2, "y"), edit(OTHER, 0, 1, "F"))
    assert dict(fix([finding(edit(FILE, 0, 3, "x")), second]).texts) == {"a.ts": "x two\nthree\n"}


def test_two_insertions_at_one_place_are_a_guess() -> None:
    found = fix([finding(edit(FILE, 3, 3, ",")), finding(edit(FILE, 3, 3, ";"))])
    assert found.texts["a.ts"] == "one, two\nthree\n"


def test_the_same_edit_twice_is_applied_once() -> None:
    same = edit(FILE, 0, 3, "1")
    found = fix([finding(same), finding(same)])
    assert (found.texts["a.ts"], len(found.fixed)) == ("1 two\nthree\n", 2)


def test_the_diff_shows_files_without_a_last_line_break() -> None:
    assert fix([finding(edit(OTHER, 0, 4, "4"))]).diff == (
        "--- a/b.ts\n+++ b/b.ts\n@@ -1 +1 @@\n-four\n\\ No newline at end of file\n+4\n\\ No newline at end of file\n"
    )


def test_without_edits_there_is_nothing_to_do() -> None:
    found = fix([finding()])
    assert (dict(found.texts), found.fixed, found.diff) == ({}, (), "")
