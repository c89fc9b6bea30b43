"""What a compile would change, as a unified diff that a person reads before writing."""

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from qb_compiler.output.file_set import FileSet
from qb_compiler.output.paths import content
from qb_compiler.output.write_plan import WritePlan


def difference(root: Path, files: FileSet, plan: WritePlan) -> str:
    """One text for all changed, new and removed files; empty when nothing changes."""
    return "".join(_parts(root, files, plan))


def _parts(root: Path, files: FileSet, plan: WritePlan) -> Iterator[str]:
    for path in sorted((*plan.created, *plan.updated, *plan.removed)):
        old = _lines((content(root, path) or b"").decode("utf-8", "replace"))
        new = _lines(files.files.get(path, ""))
        before = "/dev/null" if path in plan.created else f"a/{path}"
        after = "/dev/null" if path in plan.removed else f"b/{path}"
        yield from unified_diff(old, new, before, after)


def _lines(text: str) -> list[str]:
    """The lines with their ends; an end that is missing is said as `diff` says it."""
    *lines, rest = text.split("\n")
    ended = [f"{line}\n" for line in lines]
    return [*ended, f"{rest}\n\\ No newline at end of file\n"] if rest else ended
