"""For programs. The schema is stable: keys are added, never renamed; `version` changes if that is ever not so."""

import json
from collections.abc import Iterable

from qb_compiler.diagnostics.diagnostic import Diagnostic, Edit, Label, Level
from qb_compiler.model.literal import Json
from qb_compiler.span import Span

VERSION = 1


def place(span: Span) -> dict[str, Json]:
    """Lines and columns count from 1, in characters; the end is the first character after."""
    end_line, end_column = span.file.position(span.end)
    return {
        "file": span.file.path,
        "line": span.line,
        "column": span.column,
        "endLine": end_line,
        "endColumn": end_column,
    }


def label_object(label: Label) -> dict[str, Json]:
    return {**place(label.span), "label": label.text}


def edit_object(edit: Edit) -> dict[str, Json]:
    return {**place(edit.span), "replacement": edit.replacement}


def diagnostic_object(diagnostic: Diagnostic) -> dict[str, Json]:
    """One finding; `file` and the other places are null when no file is at fault."""
    nowhere: dict[str, Json] = dict.fromkeys(("file", "line", "column", "endLine", "endColumn"))
    return {
        "code": diagnostic.code,
        "slug": diagnostic.slug,
        "level": str(diagnostic.level),
        "message": diagnostic.message,
        **(place(diagnostic.primary.span) if diagnostic.primary else nowhere),
        "label": diagnostic.primary.text if diagnostic.primary else "",
        "related": [label_object(label) for label in diagnostic.related],
        "hint": diagnostic.hint,
        "docs": diagnostic.docs,
        "docUri": f"quickback://docs/{diagnostic.docs}" if diagnostic.docs else None,
        "edits": [edit_object(edit) for edit in diagnostic.edits],
    }


def render(diagnostics: Iterable[Diagnostic], **beside: Json) -> str:
    """`{version, diagnostics, summary: {errors, warnings, notes}}` and what a command tells beside."""
    found = list(diagnostics)
    counts: dict[str, Json] = {f"{level}s": sum(d.level is level for d in found) for level in Level}
    content = {"version": VERSION, "diagnostics": [diagnostic_object(d) for d in found], "summary": counts, **beside}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
