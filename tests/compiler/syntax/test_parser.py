"""Parsing ends in time, gives places in characters, and refuses what TypeScript refuses."""

import re
import time
from pathlib import Path

import pytest

from compiler.syntax.corpus import BAD, GOOD
from lanes.build import tsc
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.span import SourceFile
from qb_compiler.syntax.parser import LARGE, parse
from qb_compiler.syntax.tree import Offsets, Tree

SYNTAX_ERROR = re.compile(r"^(\w+)\.ts\(\d+,\d+\): error TS1\d\d\d:", re.MULTILINE)
TSCONFIG = '{"compilerOptions": {"noResolve": true, "noLib": true, "types": [], "experimentalDecorators": true}}'


def parsed(text: str, path: str = "a.ts", budget: float = 2.0) -> tuple[Tree | None, list[str]]:
    problems = Problems()
    tree = parse(SourceFile(path, text), problems, budget)
    return tree, [diagnostic.code for diagnostic in problems.diagnostics]


@pytest.mark.parametrize("name", GOOD)
def test_good_text_is_accepted(name: str) -> None:
    assert parsed(GOOD[name])[1] == []


@pytest.mark.parametrize("name", BAD)
def test_bad_text_is_refused_with_one_error(name: str) -> None:
    tree, codes = parsed(BAD[name])
    assert tree is None
    assert len(codes) == 1


def test_the_corpus_is_judged_as_typescript_judges_it(tmp_path: Path) -> None:
    """One run of TypeScript's own compiler over a file for each text; codes TS1000 to TS1999 are about syntax."""
    names = {f"f{number}": name for number, name in enumerate([*GOOD, *BAD])}
    for file, name in names.items():
        (tmp_path / f"{file}.ts").write_bytes({**GOOD, **BAD}[name].encode())
    (tmp_path / "tsconfig.json").write_text(TSCONFIG)
    with pytest.raises(AssertionError) as judged:
        tsc(tmp_path)
    refused = {names[file] for file in SYNTAX_ERROR.findall(str(judged.value))}
    assert refused == set(BAD)


def test_places_are_counted_in_characters() -> None:
    tree, _ = parsed("const né = 'é€😀'; // 😀\nconst b = né;\n")
    assert tree
    last = tree.root.named_children[-1]
    span = tree.span(last)
    assert (span.text, span.line, span.column) == ("const b = né;", 2, 1)
    assert tree.text(last) == "const b = né;"
    assert tree.span(tree.node_at(span)) == span


@pytest.mark.parametrize("text", ["", "abc", "é", "aé€b😀c", "😀😀"])
def test_offsets_go_back_and_forth(text: str) -> None:
    offsets = Offsets(text)
    for position in range(len(text) + 1):
        byte = len(text[:position].encode())
        assert (offsets.character(byte), offsets.byte(position)) == (position, byte)


def test_jsx_is_read_in_tsx_files_only() -> None:
    assert parsed("const a = <b>c</b>;", "a.tsx")[1] == []
    assert parsed("const a = <b>c</b>;", "a.ts")[0] is None
    assert parsed("const a = <string>c;", "a.ts")[1] == []


HOSTILE = {
    "comparisons": "const x = (" + ",".join(["a<b"] * 4_000),
    "decorators": "a<b@" * 8_000,
    "ifs": "if(}>+" * 4_000,
    "arrows": "+a=>}&&" * 4_000,
    "yields": "yield !>" * 4_000,
    "large and plain": "const a = 1;\n" * 70_000,
    "large and broken": "const a = 1\n" * 70_000 + "const b = [1 2];",
    "one long line": "x" * 900_000,
    "brackets": "[" * 100_000 + "]" * 100_000,
    "quotes": '"' * 50_001,
    "open braces": "{" * 50_000,
    "commas": "," * 100_000,
    "slashes": "/*" * 100_000,
    "backquotes": "`${" * 50_000,
    "regular expressions": "class A{" + "></set[>" * 3_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends_in_time(name: str) -> None:
    """Measured is the work of this process: the other one is killed at its time."""
    start = time.process_time()
    tree, codes = parsed(HOSTILE[name], budget=1.0)
    assert time.process_time() - start < 6
    assert bool(tree) is not bool(codes)


FOUR_KILOBYTES = 4_096
SMALL_AND_NASTY = [
    "default =*sync|",
    "cl<a/>ssw<a/>fr@om",
    "...*las<a/>.:let<a/>",
    '"<a/>?',
    "a<b@",
    "if(}>+",
    "yield !>",
    "a<b,",
]


@pytest.mark.parametrize("unit", SMALL_AND_NASTY)
def test_a_small_file_keeps_within_the_budget_too(unit: str) -> None:
    """What repeating these does to the grammar was found by search: some take a minute in four kilobytes."""
    start = time.process_time()
    _, codes = parsed((unit * FOUR_KILOBYTES)[:FOUR_KILOBYTES], budget=0.3)
    assert time.process_time() - start < 1
    assert len(codes) == 1


def test_what_takes_too_long_is_said() -> None:
    assert parsed(("cl<a/>ssw<a/>fr@om" * FOUR_KILOBYTES)[:FOUR_KILOBYTES], budget=0.1) == (None, ["QB1110"])


def test_a_file_of_any_size_that_people_write_is_parsed_in_this_process() -> None:
    row = '  { code: "x", label: `y ${z}`, roles: ["owner", "admin"], check: (v: string) => v.length > 3 },\n'
    for size in (3_500, LARGE - 500, LARGE + 500):
        text = "const z = 1;\nexport const rows = [\n" + row * (size // len(row)) + "];\n"
        assert parsed(text)[1] == []
