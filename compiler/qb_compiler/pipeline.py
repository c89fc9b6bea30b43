"""The stages of a compile, in order. Each reads the value of the one before and reports into one `Problems` sink;
a stage that reported an error ends the run, so one run shows everything that stage knows."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from qb_compiler.blocks.definitions import read_definitions
from qb_compiler.blocks.registry import check_blocks
from qb_compiler.checks.run import run_checks
from qb_compiler.diagnostics.diagnostic import Diagnostic, Level
from qb_compiler.diagnostics.internal import InternalError
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.evaluate.collection import paused_collection
from qb_compiler.evaluate.evaluator import evaluate
from qb_compiler.model.memory import Memory, NoMemory
from qb_compiler.model.project import Project
from qb_compiler.model.record import record
from qb_compiler.output.write_plan import WritePlan
from qb_compiler.source.problems import ProjectNotFound
from qb_compiler.source.project import find_project, read_sources

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with (stage, step, steps). It may raise to abandon the run: nothing is written before the last stage."""

CHECKING = ("read", "evaluate", "definitions", "checks")
COMPILING = (*CHECKING, "generate", "verify", "write")
TRACEBACK = "QUICKBACK_TRACEBACK"
EPOCH = "SOURCE_DATE_EPOCH"


@record
class CheckResult:
    """What checking found. `project` is None when an error kept the model from being built."""

    root: Path
    project: Project | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        return all(diagnostic.level is not Level.ERROR for diagnostic in self.diagnostics)


@record
class CompileResult(CheckResult):
    """`files` are path -> text. `written` is False for dry runs and failed compiles."""

    files: Mapping[str, str]
    plan: WritePlan
    written: bool


class StageFailed(Exception):
    """A stage reported an error; what was found is in the sink."""


@dataclass(slots=True)
class Run:
    """One run through the stages, and what it has come to."""

    root: Path
    stages: tuple[str, ...]
    progress: Progress | None
    memory: Memory = field(default_factory=NoMemory)
    problems: Problems = field(default_factory=Problems)
    stage: str = ""
    project: Project | None = None
    files: dict[str, str] = field(default_factory=dict)
    plan: WritePlan = field(default_factory=WritePlan)
    written: bool = False
    abandoned: bool = False

    def enter(self, stage: str) -> None:
        """Begins a stage, unless the one before reported an error."""
        if self.problems.has_errors:
            raise StageFailed
        self.stage = stage
        if self.progress:
            self.abandoned = True
            self.progress(stage, self.stages.index(stage) + 1, len(self.stages))
            self.abandoned = False


def check_project(
    root: Path, *, overlay: Mapping[str, str] | None = None, progress: Progress | None = None
) -> CheckResult:
    """What is wrong in the definitions at `root` or above it; `overlay` holds unsaved texts by path. Writes nothing."""
    run = Run(root, CHECKING, progress)
    _guarded(run, lambda: _check(run, overlay))
    return CheckResult(run.root, run.project, run.problems.diagnostics)


def compile_project(
    root: Path,
    *,
    write: bool = True,
    force: bool = False,
    out: Path | None = None,
    progress: Progress | None = None,
    memory: Memory | None = None,
) -> CompileResult:
    """Compiles the project at `root` or above it into `out`, or into the folder that holds its `quickback/`.

    Whoever compiles again and again keeps a `memory` between the runs: the next one makes only what an edit reached.
    """
    run = Run(root, COMPILING, progress, memory or NoMemory())
    _guarded(run, lambda: _compile(run, out, write=write, force=force))
    return CompileResult(run.root, run.project, run.problems.diagnostics, run.files, run.plan, run.written)


def _guarded(run: Run, stages: Callable[[], None]) -> None:
    """Runs the stages. A fault of ours becomes a diagnostic; what the caller's progress raises passes."""
    try:
        with paused_collection():
            stages()
    except StageFailed:
        return
    except Exception as error:
        if run.abandoned or os.environ.get(TRACEBACK):
            raise
        run.problems.report(InternalError(None, run.stage, type(error).__name__, str(error)[:200]))


def _check(run: Run, overlay: Mapping[str, str] | None) -> None:
    run.enter("read")
    found = find_project(run.root)
    if found is None:
        run.problems.report(ProjectNotFound(None, str(run.root)))
        raise StageFailed
    run.root = found
    sources = read_sources(found, run.problems, overlay, run.memory)
    run.enter("evaluate")
    modules = evaluate(sources, run.problems, run.memory)
    run.enter("definitions")
    run.project = read_definitions(sources, modules, run.problems, run.memory)
    if isinstance(run.memory, NoMemory):
        modules.release()
    if run.project is None:
        raise StageFailed
    run.enter("checks")
    check_blocks(run.project, run.problems, run.memory)
    run_checks(run.project, run.problems, run.memory)


def _compile(run: Run, out: Path | None, *, write: bool, force: bool) -> None:
    _check(run, None)
    if run.project:
        _generate(run, run.project, out or run.root, write=write, force=force)


def _generate(run: Run, project: Project, target: Path, *, write: bool, force: bool) -> None:
    # The rooms behind checking are loaded by the first compile, because most runs only check.
    from qb_compiler.contracts.examine import examine  # noqa: PLC0415
    from qb_compiler.contracts.stage import hold, report_paths  # noqa: PLC0415
    from qb_compiler.output import writer  # noqa: PLC0415
    from qb_compiler.source.prior import read_prior  # noqa: PLC0415
    from qb_compiler.targets.outputs import emit_project  # noqa: PLC0415
    from qb_compiler.targets.prior import Prior  # noqa: PLC0415

    run.enter("generate")
    writer.recover(target)
    contracts = project.config.security_contracts
    prior = Prior(_now(), read_prior(target, report_paths(contracts), run.memory), run.memory)
    files = emit_project(project, prior, run.problems)
    run.enter("verify")
    previous = prior.text(contracts.report_path)
    examination = examine(project, files.files, run.memory)
    reports = hold(examination, contracts, project.config.auth.jwt, previous, prior.now, os.environ, run.problems)
    if run.problems.has_errors and examination.violations and write:
        writer.write_report(target, reports, run.problems)
    run.enter("write")
    for path, text in reports.items():
        files.add(path, text, merged=True)
    run.files = dict(files.items())
    if not write:
        run.plan = writer.plan(target, files, force)
        return
    run.plan = writer.write(target, files, run.problems, force, memory=run.memory)
    run.written = not run.problems.has_errors


def _now() -> str:
    """The time of this compile in UTC, or the one that the environment fixes."""
    fixed = os.environ.get(EPOCH, "")
    moment = datetime.fromtimestamp(int(fixed), UTC) if fixed.isdigit() else datetime.now(UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
