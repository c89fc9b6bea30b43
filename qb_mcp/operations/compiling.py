"""Checks and compiles a project, and says what was found in a shape that both faces show."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from qb_compiler import CheckResult, CompileResult, check_project, compile_project
from qb_compiler.diagnostics.diagnostic import Diagnostic, Level

from qb_mcp.operations.text import neutralised

Progress: TypeAlias = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """One diagnostic for a client. `doc` is an address that `get_doc` and `resources/read` take."""

    code: str
    slug: str
    level: str
    message: str
    file: str
    line: int
    column: int
    fix: str
    doc: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """`changes` are the paths that were (or would be) written, by what happens to them."""

    root: Path
    ok: bool
    written: bool
    findings: tuple[Finding, ...]
    changes: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def count(self, level: str) -> int:
        return sum(finding.level == level for finding in self.findings)


def check(root: Path, progress: Progress | None = None) -> Outcome:
    """What is wrong in the definitions; nothing is generated."""
    return _outcome(check_project(root, progress=progress))


def compile_files(root: Path, *, write: bool, force: bool = False, progress: Progress | None = None) -> Outcome:
    """What a compile writes, or would write."""
    return _outcome(compile_project(root, write=write, force=force, progress=progress))


def _outcome(result: CheckResult) -> Outcome:
    findings = tuple(_finding(diagnostic) for diagnostic in result.diagnostics)
    if not isinstance(result, CompileResult):
        return Outcome(result.root, result.ok, False, findings)
    plan = result.plan
    kinds = (
        ("created", plan.created),
        ("updated", plan.updated),
        ("removed", plan.removed),
        ("kept", plan.kept),
        ("unchanged", plan.unchanged),
    )
    return Outcome(result.root, result.ok, result.written, findings, kinds)


def _finding(diagnostic: Diagnostic) -> Finding:
    span = diagnostic.primary.span if diagnostic.primary else None
    label = diagnostic.primary.text if diagnostic.primary else ""
    message = f"{diagnostic.message} ({label})" if label else diagnostic.message
    return Finding(
        diagnostic.code,
        diagnostic.slug,
        str(diagnostic.level),
        neutralised(message),
        span.file.path if span else "",
        span.line if span else 0,
        span.column if span else 0,
        neutralised(diagnostic.hint or ""),
        f"quickback://docs/{diagnostic.docs}" if diagnostic.docs else "",
    )


ERROR = str(Level.ERROR)
WARNING = str(Level.WARNING)
