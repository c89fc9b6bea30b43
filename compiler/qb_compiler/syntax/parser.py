"""Parses one file within a budget of time, and reports what is no TypeScript.

The grammar is fast on what people write and can be made very slow on purpose, above all where it recovers from
errors: one step at the end of four kilobytes can take seconds. So a parser that takes many more steps than characters
is stopped, and such a file, like a very large one, must first be parsed by a process that can be killed. What that
process parses in time is parsed here again, which takes as long once more.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import tree_sitter
import tree_sitter_typescript
from tree_sitter import Language, Parser, Point
from tree_sitter import Tree as Parsed

from qb_compiler.diagnostics.problem import Problems
from qb_compiler.span import SourceFile, Span
from qb_compiler.syntax import trial
from qb_compiler.syntax.faults import report_faults
from qb_compiler.syntax.problems import ParsingTooSlow
from qb_compiler.syntax.tree import Tree

BUDGET_SECONDS = 2.0
LARGE = 24_000
STEPS_A_CALL = 100
STEPS_A_BYTE = 1.5
SPARE_STEPS = 2_000
LANGUAGES = {
    "typescript": Language(tree_sitter_typescript.language_typescript()),
    "tsx": Language(tree_sitter_typescript.language_tsx()),
}
Progress = Callable[[int, bool], bool]


def parse(file: SourceFile, problems: Problems, budget: float = BUDGET_SECONDS) -> Tree | None:
    """The tree of a file; None when it is not valid or took too long, which is reported."""
    source = file.text.encode("utf-8", "replace")
    dialect = "tsx" if file.path.endswith("x") else "typescript"
    parsed = _parse_watched(dialect, source, budget)
    if parsed is None:
        problems.report(ParsingTooSlow(Span(file, 0, 0), file.path, budget))
        return None
    tree = Tree(file, source, parsed)
    return None if report_faults(tree, problems) else tree


def _parse_watched(dialect: str, source: bytes, budget: float) -> Parsed | None:
    deadline = monotonic() + budget
    if len(source) <= LARGE:
        parsed = _parse_while(dialect, source, _watch(deadline))
        if parsed:
            return parsed
    if not _ends_in_time(dialect, source, deadline - monotonic()):
        return None
    return _parse_while(dialect, source, lambda offset, failed: False)


def _watch(deadline: float) -> Progress:
    """Says when to stop: at the deadline, and as soon as it looks slow."""
    steps = 0

    def slow(offset: int, failed: bool) -> bool:
        nonlocal steps
        steps += STEPS_A_CALL
        return steps > STEPS_A_BYTE * offset + SPARE_STEPS or monotonic() > deadline

    return slow


def _parse_while(dialect: str, source: bytes, stop: Progress) -> Parsed | None:
    """A parser belongs to one call: shared, it would crash the process when two threads compile."""
    view = memoryview(source)
    try:
        return Parser(LANGUAGES[dialect]).parse(_reading(view), progress_callback=stop)
    except ValueError:
        return None


def _reading(view: memoryview) -> Callable[[int, Point], bytes]:
    return lambda offset, point: bytes(view[offset : offset + 65536])


def _ends_in_time(dialect: str, source: bytes, seconds: float) -> bool:
    """Whether another process could parse it; the process is killed when it takes too long."""
    import subprocess  # noqa: PLC0415 - hardly any file needs it

    folders = {str(Path(module.__file__ or "").parent.parent) for module in (tree_sitter, tree_sitter_typescript)}
    command = [sys.executable, "-I", "-S", str(trial.__file__), dialect, *sorted(folders)]
    try:
        done = subprocess.run(
            command, input=source, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=max(seconds, 0.1)
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def empty_tree(file: SourceFile) -> Tree:
    """Stands for a file that could not be parsed: no statements, but the text for diagnostics."""
    return Tree(file, b"", Parser(LANGUAGES["typescript"]).parse(b""))
