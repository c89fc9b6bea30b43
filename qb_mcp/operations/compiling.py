"""Checks and compiles a project, and says what was found in a shape that both faces show. The compiler is loaded by the
first call, so that a server that only answers questions about the documentation stays small."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias

from qb_mcp.errors import QbError
from qb_mcp.operations.text import neutralised

if TYPE_CHECKING:
    from qb_compiler import CheckResult, CompileResult
    from qb_compiler.diagnostics.diagnostic import Diagnostic

Progress: TypeAlias = Callable[[str, int, int], None]
ERROR, WARNING = "error", "warning"
_WRITING = Lock()


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
    """`changes` are the paths that were (or would be) written, by what happens to them. `diagnostics` are the findings
    as the compiler's renderers take them."""

    root: Path
    ok: bool
    written: bool
    findings: tuple[Finding, ...]
    diagnostics: "tuple[Diagnostic, ...]"
    changes: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def count(self, level: str) -> int:
        return sum(finding.level == level for finding in self.findings)


def check(root: Path, progress: Progress | None = None) -> Outcome:
    """What is wrong in the definitions; nothing is generated."""
    from qb_compiler import check_project  # noqa: PLC0415 - see the module docstring

    return _outcome(check_project(root, progress=progress), written=False)


@dataclass(frozen=True, slots=True)
class Mended:
    """`paths` were edited so that `count` findings are gone."""

    paths: tuple[str, ...]
    count: int


def mend(outcome: Outcome) -> Mended:
    """Apply the edits that certainly mend what was found to the author's files, each file whole or not at all."""
    from qb_compiler.diagnostics.fix import fix  # noqa: PLC0415 - see the module docstring

    found = fix(outcome.diagnostics)
    for path, text in found.texts.items():
        _replace(outcome.root / path, text)
    return Mended(tuple(found.texts), len(found.fixed))


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.mending")
    try:
        beside.write_text(text, encoding="utf-8", newline="")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise QbError(f"`{path}` cannot be written: {error.strerror}") from None


def compile_files(
    root: Path, *, write: bool, force: bool = False, out: Path | None = None, progress: Progress | None = None
) -> Outcome:
    """What a compile writes (to `out`, else to `root`), or would. Two compiles of this process never write at once."""
    from qb_compiler import compile_project  # noqa: PLC0415 - see the module docstring

    with _WRITING if write else nullcontext():
        result = compile_project(root, write=write, force=force, out=out, progress=progress)
    return _compiled(result)


def compiles() -> Callable[[Path], Outcome]:
    """A compile that writes, to be called again and again: each one makes only what edits since the last reached."""
    from qb_compiler import Memory, compile_project  # noqa: PLC0415 - see the module docstring

    memory = Memory()

    def compile_again(root: Path) -> Outcome:
        with _WRITING:
            return _compiled(compile_project(root, memory=memory))

    return compile_again


def preview(root: Path, *, force: bool = False, out: Path | None = None) -> tuple[Outcome, str]:
    """What a compile would write, and the difference to what is there as a unified diff. Writes nothing."""
    from qb_compiler import compile_project  # noqa: PLC0415 - see the module docstring
    from qb_compiler.output.difference import difference  # noqa: PLC0415 - the same
    from qb_compiler.output.file_set import FileSet  # noqa: PLC0415 - the same

    result = compile_project(root, write=False, force=force, out=out)
    return _compiled(result), difference(out or result.root, FileSet(dict(result.files)), result.plan)


def _compiled(result: "CompileResult") -> Outcome:
    kinds = ("created", "updated", "removed", "kept", "unchanged")
    changes = tuple((kind, tuple(getattr(result.plan, kind))) for kind in kinds)
    return _outcome(result, written=result.written, changes=changes)


def _outcome(result: "CheckResult", *, written: bool, changes: tuple[tuple[str, tuple[str, ...]], ...] = ()) -> Outcome:
    findings = tuple(_finding(diagnostic) for diagnostic in result.diagnostics)
    return Outcome(result.root, result.ok, written, findings, result.diagnostics, changes)


def _finding(diagnostic: "Diagnostic") -> Finding:
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
