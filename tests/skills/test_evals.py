"""Requests that people make of assistants: the answer the skill leads to compiles and its access matrix says what was
asked; answers that go wrong are refused by the compiler or show in the matrix."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from qb_compiler import CheckResult, check_project
from qb_compiler.analysis.matrix import access_matrix

EVALS = Path(__file__).parent / "evals"
SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
FENCE = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
CONFIG = "quickback/quickback.config.ts"
DEFAULT_CONFIG = """import { defineAuth, defineConfig, defineDatabase, defineRuntime } from "@quickback/compiler";

export default defineConfig({
  name: "answer",
  template: "hono",
  features: ["organizations"],
  providers: {
    runtime: defineRuntime("cloudflare"),
    database: defineDatabase("cloudflare-d1"),
    auth: defineAuth("better-auth", { emailAndPassword: { enabled: true } }),
  },
});
"""


@dataclass(frozen=True)
class Wrong:
    """An edit of the answer, and what gives it away: `refused`, or the expectation that no longer holds."""

    old: str
    new: str
    given_away: str


@dataclass(frozen=True)
class Eval:
    name: str
    prompt: str
    files: dict[str, str]
    expected: tuple[str, ...]
    wrongs: tuple[Wrong, ...]


def read_evals() -> list[Eval]:
    found = []
    for path in sorted(EVALS.glob("*.md")):
        _, *parts = SECTION.split(path.read_text())
        for title, body in zip(parts[::2], parts[1::2], strict=True):
            found.append(read_eval(f"{path.stem}: {title}", body))
    return found


def read_eval(name: str, body: str) -> Eval:
    fences = FENCE.findall(body)
    files = {CONFIG: DEFAULT_CONFIG}
    for kind, text in fences:
        if kind == "ts":
            place = re.match(r"// (\S+)\n", text)
            assert place, f"{name}: a file without its path"
            files[place[1]] = text
    expected = [line for kind, text in fences if kind == "expect" for line in text.splitlines()]
    prompt = " ".join(re.findall(r"^> (.+)$", body, re.MULTILINE))
    wrongs = [read_wrong(text) for kind, text in fences if kind == "wrong"]
    return Eval(name, prompt, files, tuple(expected), tuple(wrongs))


def read_wrong(text: str) -> Wrong:
    edit, given_away = text.rstrip("\n").split("\n! ")
    old, new = edit.split(" ==> ")
    return Wrong(old, new, given_away)


EVERY = read_evals()
MISTAKES = [(one, wrong) for one in EVERY for wrong in one.wrongs]


def answer(root: Path, files: dict[str, str]) -> CheckResult:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return check_project(root)


def cells(result: CheckResult) -> dict[tuple[str, str, str], str]:
    """`table` or `table.column`, operation and subject -> verdict and rows."""
    assert result.project is not None
    return {
        (cell.table if cell.column is None else f"{cell.table}.{cell.column}", cell.operation, cell.subject): (
            f"{cell.verdict} | {cell.rows}"
        )
        for cell in access_matrix(result.project)
    }


def failing(one: Eval, result: CheckResult) -> list[str]:
    """The expectations that do not hold."""
    known = cells(result)
    wrong = []
    for line in one.expected:
        where, operation, subject, verdict, *rows = [part.strip() for part in line.split("|")]
        said = known.get((where, operation, subject), "absent | ")
        if said.split(" | ")[0] != verdict or not all(words in said for words in rows):
            wrong.append(f"{where} | {operation} | {subject}: {said}")
    return wrong


def test_there_are_enough_requests_of_every_kind() -> None:
    assert len(EVERY) >= 40
    assert all(one.prompt and one.expected for one in EVERY)
    assert len({one.name for one in EVERY}) == len(EVERY)


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.name)
def test_the_reference_answer_compiles_and_gives_exactly_the_access_that_was_asked_for(
    tmp_path: Path, one: Eval
) -> None:
    result = answer(tmp_path, one.files)
    assert [diagnostic.message for diagnostic in result.diagnostics] == []
    assert failing(one, result) == []


@pytest.mark.parametrize(("one", "wrong"), MISTAKES, ids=[f"{one.name}, {wrong.new}" for one, wrong in MISTAKES])
def test_a_wrong_answer_is_given_away(tmp_path: Path, one: Eval, wrong: Wrong) -> None:
    files = {path: text.replace(wrong.old, wrong.new) for path, text in one.files.items()}
    assert files != one.files, f"nothing says {wrong.old!r}"
    result = answer(tmp_path, files)
    if wrong.given_away == "refused":
        assert not result.ok, "the mistake was accepted"
        first = next(diagnostic for diagnostic in result.diagnostics if str(diagnostic.level) == "error")
        assert first.docs, f"{first.code}: {first.message} leads nowhere"
        assert first.hint or re.search(r"must be|needs|is not a file", first.message), (
            f"{first.code} does not say what would do"
        )
        return
    broken = failing(one, result) if result.ok else []
    assert any(line.startswith(wrong.given_away) for line in broken), f"the matrix does not show it: {broken}"
