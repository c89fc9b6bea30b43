"""Literate specs: a markdown page whose sections are tests.

A section (`## title`) is one project. Its fences:

```ts file=quickback/features/x/x.ts     a whole file; `json` likewise
```ts options                           inside `defineTable(jobs, { … })` of the sample table
```ts columns                           inside the columns of the sample table
```ts actions                           inside `defineActions(jobs, { … })`
```ts config                            inside `defineConfig({ … })`; `providers`, `auth`, `database` fill their place
```snapshot                             everything that was found, as a terminal shows it
```model masking                        that part of the first table, of the config, or a function's name
```fixed                                the diff of all edits; what it leads to has no error

A line says what is found on it: `// error: [QB4401]`, `// warning: […]`, `// note: […]`. Everything found must be said.
`QB_UPDATE=1` rewrites the snapshot, model and fixed fences.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from compiler.samples import surrounded
from compiler.shown import shown
from qb_compiler import CheckResult, check_project
from qb_compiler.diagnostics.fix import fix
from qb_compiler.diagnostics.render.full import render

UPDATE = os.environ.get("QB_UPDATE") == "1"
EXPECTATION = re.compile(r"//\s*(error|warning|note):\s*\[([A-Z0-9, ]+)\]")
CODE = frozenset({"ts", "json"})
CHECKED = frozenset({"snapshot", "model", "fixed"})


@dataclass
class Fence:
    """`start` and `end` are the line numbers of its body in the page."""

    words: list[str]
    start: int
    end: int
    text: str


@dataclass
class Section:
    """One test."""

    page: Path
    title: str
    line: int = 0
    fences: list[Fence] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.page.parent.name}/{self.page.stem}: {self.title}"

    @property
    def files(self) -> dict[str, str]:
        """The project that the section's code is."""
        parts = [(fence.words[1], fence.text) for fence in self.fences if fence.words[0] in CODE]
        return surrounded(parts)


def read_sections(page: Path) -> Iterator[Section]:
    """The sections of a page that hold code."""
    section = Section(page, page.stem)
    opened: tuple[list[str], int] | None = None
    lines = page.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if opened and line == "```":
            words, start = opened
            section.fences.append(Fence(words, start, number, "".join(f"{text}\n" for text in lines[start:number])))
            opened = None
        elif opened is None and line.startswith("```"):
            opened = (line[3:].split(), number + 1)
        elif opened is None and line.startswith("## "):
            yield from [section] if section.fences else []
            section = Section(page, line[3:], number)
    yield from [section] if section.fences else []


def write_project(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def expected(files: dict[str, str]) -> set[tuple[str, int, str, str]]:
    """(file, line, level, code) of everything that the code says will be found."""
    return {
        (path, number, level, code.strip())
        for path, text in files.items()
        for number, line in enumerate(text.splitlines(), 1)
        for level, codes in EXPECTATION.findall(line)
        for code in codes.split(",")
    }


def found(result: CheckResult) -> set[tuple[str, int, str, str]]:
    spans = ((d, d.primary.span if d.primary else None) for d in result.diagnostics)
    return {(s.file.path if s else "", s.line if s else 0, str(d.level), d.code) for d, s in spans}


def run(section: Section, root: Path) -> None:
    """Checks the section's project and compares everything that the section says."""
    files = section.files
    write_project(root, files)
    result = check_project(root)
    told = render(result.diagnostics)
    assert found(result) == expected(files), f"{section.name}\n{told}"
    assert all(diagnostic.hint for diagnostic in result.diagnostics), told
    actual = {id(fence): _actual(fence, result, root) for fence in section.fences if fence.words[0] in CHECKED}
    if UPDATE:
        _rewrite(section, actual)
        return
    for fence in section.fences:
        if id(fence) in actual:
            assert actual[id(fence)] == fence.text, f"{section.page}:{fence.start} (QB_UPDATE=1 rewrites it)"


def _actual(fence: Fence, result: CheckResult, root: Path) -> str:
    if fence.words[0] == "snapshot":
        return render(result.diagnostics).rstrip("\n") + "\n"
    if fence.words[0] == "model":
        assert result.project, render(result.diagnostics)
        return shown(result.project, fence.words[1])
    return _fixed(result, root)


def _fixed(result: CheckResult, root: Path) -> str:
    """The diff of all edits, once what they lead to is known to have no error."""
    mended = fix(result.diagnostics)
    after = check_project(root, overlay=mended.texts)
    assert after.ok, render(after.diagnostics)
    return mended.diff


def _rewrite(section: Section, actual: dict[int, str]) -> None:
    """Replaces the bodies of the section's checked fences, last one first, so that line numbers stay true."""
    lines = section.page.read_text(encoding="utf-8").splitlines()
    heading = next((n for n, line in enumerate(lines) if line == f"## {section.title}"), 0)
    shift = heading - section.line
    for fence in reversed(section.fences):
        if id(fence) in actual:
            lines[fence.start + shift : fence.end + shift] = actual[id(fence)].splitlines()
    text = "\n".join(lines) + "\n"
    if text != section.page.read_text(encoding="utf-8"):
        section.page.write_text(text, encoding="utf-8")
