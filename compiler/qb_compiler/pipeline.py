"""The stages of a compile, in order. Each reads the value of the one before and reports into one `Problems` sink;
a stage that reported an error ends the run, so one run shows everything that stage knows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from qb_compiler.diagnostics.diagnostic import Diagnostic, Level
from qb_compiler.model.project import Project
from qb_compiler.output.write_plan import WritePlan

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with (stage, step, steps). It may raise to abandon the run: nothing is written before the last stage."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What checking found. `project` is None when an error kept the model from being built."""

    root: Path
    project: Project | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        return all(diagnostic.level is not Level.ERROR for diagnostic in self.diagnostics)


@dataclass(frozen=True, slots=True)
class CompileResult(CheckResult):
    """`files` are path -> text. `written` is False for dry runs and failed compiles."""

    files: Mapping[str, str]
    plan: WritePlan
    written: bool
