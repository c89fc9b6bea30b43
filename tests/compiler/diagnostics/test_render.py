"""The same findings in every form."""

import json

import pytest

from qb_compiler.diagnostics.diagnostic import Diagnostic, Edit, Label, Level
from qb_compiler.diagnostics.render import concise, full, github
from qb_compiler.diagnostics.render import json as as_json
from qb_compiler.span import SourceFile, Span

TABLE = SourceFile(
    "quickback/features/jobs/jobs.ts", "export default defineTable(jobs, {\n  masking: { emial: {} },\n});\n"
)
SHARED = SourceFile("quickback/shared.ts", "export const roles = [\n\t'ownr',\n];\n")


def at(file: SourceFile, text: str) -> Span:
    start = file.text.index(text)
    return Span(file, start, start + len(text))


MISSPELT = Diagnostic(
    code="QB4401",
    slug="masking-unknown-column",
    level=Level.ERROR,
    message="`masking` names a column that does not exist",
    primary=Label(at(TABLE, "emial"), "no such column in `jobs`"),
    related=(Label(at(SHARED, "'ownr'"), "and this role"),),
    hint="did you mean `email`?",
    docs="compiler/definitions/masking#rules",
    edits=(Edit(at(TABLE, "emial"), "email"),),
)
NOWHERE = Diagnostic("QB1001", "project-not-found", Level.WARNING, "no project, 100 % sure:\nreally", None)


def test_full_shows_the_line_the_mark_and_what_to_type() -> None:
    assert full.render([MISSPELT]) == (
        "error[QB4401]: `masking` names a column that does not exist\n"
        " --> quickback/features/jobs/jobs.ts:2:14\n"
        "  |\n"
        "2 |   masking: { emial: {} },\n"
        "  |              ^^^^^ no such column in `jobs`\n"
        " ::: quickback/shared.ts:2:2\n"
        "  |\n"
        "2 |     'ownr',\n"
        "  |     ^^^^^^ and this role\n"
        "hint: did you mean `email`?\n"
        "help: quickback explain QB4401, or quickback docs compiler/definitions/masking#rules\n"
    )


def test_on_a_narrow_terminal_each_command_has_a_line() -> None:
    narrow, wide = (full.render([MISSPELT], width=width) for width in (80, 85))
    assert narrow.endswith(
        "help: quickback explain QB4401, or\n      quickback docs compiler/definitions/masking#rules\n"
    )
    assert wide == full.render([MISSPELT])


def test_colour_only_adds_escapes() -> None:
    painted = full.render([MISSPELT], colour=True)
    assert "\x1b[1;31merror[QB4401]\x1b[0m" in painted
    stripped = painted
    for style in ("1;31", "1", "34", "36", "0"):
        stripped = stripped.replace(f"\x1b[{style}m", "")
    assert stripped == full.render([MISSPELT])


def test_concise_is_one_line_each() -> None:
    assert concise.render([MISSPELT, NOWHERE]) == (
        "quickback/features/jobs/jobs.ts:2:14: error[QB4401] `masking` names a column that does not exist "
        "(no such column in `jobs`; did you mean `email`?)\n"
        "warning[QB1001] no project, 100 % sure:\ufffdreally\n"
    )


def test_github_annotations_are_escaped() -> None:
    assert github.render([NOWHERE, MISSPELT]) == (
        "::warning title=QB1001 project-not-found::no project, 100 %25 sure:%0Areally\n"
        "::error file=quickback/features/jobs/jobs.ts,line=2,endLine=2,col=14,endColumn=19,"
        "title=QB4401 masking-unknown-column::`masking` names a column that does not exist%0A"
        "no such column in `jobs`%0Ahint: did you mean `email`?\n"
    )


def test_json_holds_every_field_under_stable_names() -> None:
    content = json.loads(as_json.render([MISSPELT, NOWHERE]))
    assert content["version"] == 1
    assert content["summary"] == {"errors": 1, "warnings": 1, "notes": 0}
    first, second = content["diagnostics"]
    place = {"file": TABLE.path, "line": 2, "column": 14, "endLine": 2, "endColumn": 19}
    assert first == {
        "code": "QB4401",
        "slug": "masking-unknown-column",
        "level": "error",
        "message": "`masking` names a column that does not exist",
        **place,
        "label": "no such column in `jobs`",
        "related": [
            {"file": SHARED.path, "line": 2, "column": 2, "endLine": 2, "endColumn": 8, "label": "and this role"}
        ],
        "hint": "did you mean `email`?",
        "docs": "compiler/definitions/masking#rules",
        "docUri": "quickback://docs/compiler/definitions/masking#rules",
        "edits": [{**place, "replacement": "email"}],
    }
    assert second["file"] is None
    assert second["docUri"] is None


@pytest.mark.parametrize(
    ("line", "marked", "expected"),
    [
        ("名前: x,", "x", "1 | 名前: x,\n  |       ^"),
        ("\t\tkey", "key", "1 |         key\n  |         ^^^"),
        ("e\u0301a: x", "x", "1 | e\u0301a: x\n  |     ^"),
        ("a\u202eb\x1b[31m x", " x", "1 | a\ufffdb\ufffd[31m x\n  |         ^^"),
        (f"{'a' * 300}!{'b' * 300}", "!", f"1 | …{'a' * 40}!{'b' * 79}…\n  |  {' ' * 40}^"),
        ("", "", "1 |\n  | ^"),
    ],
    ids=["wide", "tabs", "combining", "hostile", "long", "empty"],
)
def test_the_mark_stands_under_its_text(line: str, marked: str, expected: str) -> None:
    file = SourceFile("a.ts", line)
    found = Diagnostic("QB1", "x", Level.ERROR, "m", Label(at(file, marked)))
    assert "\n".join(full.render([found]).splitlines()[3:5]) == expected
