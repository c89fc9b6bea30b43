"""Applies the edits of diagnostics to texts. Writing them is the caller's job."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import unified_diff

from qb_compiler.diagnostics.diagnostic import Diagnostic, Edit
from qb_compiler.model.record import record
from qb_compiler.span import SourceFile


@record
class Fix:
    """`texts` are the changed files by path, `fixed` the diagnostics whose edits were applied, `diff` what changes."""

    texts: Mapping[str, str]
    fixed: tuple[Diagnostic, ...]
    diff: str


def fix(diagnostics: Iterable[Diagnostic]) -> Fix:
    """Applies each diagnostic whose edits overlap none of an earlier one, whole."""
    applied: list[Edit] = []
    fixed: list[Diagnostic] = []
    for diagnostic in diagnostics:
        edits = [edit for edit in diagnostic.edits if edit not in applied]
        if diagnostic.edits and not any(_overlap(edit, other) for edit in edits for other in applied):
            applied.extend(edits)
            fixed.append(diagnostic)
    files = {edit.span.file.path: edit.span.file for edit in applied}
    texts = {path: _edited(files[path], applied) for path in sorted(files)}
    diff = "".join(line for path, text in texts.items() for line in _diff(files[path], text))
    return Fix(texts, tuple(fixed), diff)


def _overlap(edit: Edit, other: Edit) -> bool:
    """Two insertions at one place overlap as well: their order would be a guess."""
    if edit.span.file is not other.span.file:
        return False
    if edit.span.start == other.span.start:
        return True
    return edit.span.start < other.span.end and other.span.start < edit.span.end


def _edited(file: SourceFile, edits: list[Edit]) -> str:
    text = file.text
    own = [edit for edit in edits if edit.span.file is file]
    for edit in sorted(own, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    return text


def _diff(file: SourceFile, text: str) -> Iterator[str]:
    before, after = file.text.splitlines(keepends=True), text.splitlines(keepends=True)
    for line in unified_diff(before, after, f"a/{file.path}", f"b/{file.path}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
