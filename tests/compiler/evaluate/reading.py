"""Texts in memory become modules, so that a test shows the source and the outcome and nothing else."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qb_compiler.diagnostics.diagnostic import Diagnostic
from qb_compiler.diagnostics.problem import Problem, Problems
from qb_compiler.evaluate.decode import plain
from qb_compiler.evaluate.evaluator import Modules, evaluate
from qb_compiler.evaluate.module import Module
from qb_compiler.evaluate.values import ArrayValue, CodeValue, Entry, ObjectValue, Value
from qb_compiler.source.sources import Sources
from qb_compiler.source.specifiers import PathAliases
from qb_compiler.span import SourceFile

MAIN = "quickback/main.ts"


@dataclass(frozen=True, slots=True)
class Reading:
    """`value` is what `main.ts` exports by default."""

    modules: Modules
    problems: Problems

    @property
    def main(self) -> Module:
        return self.modules.module(MAIN)

    @property
    def value(self) -> Value:
        value = self.main.default
        assert value is not None, self.diagnostics
        return value

    @property
    def items(self) -> tuple[Value, ...]:
        value = self.value
        assert isinstance(value, ArrayValue), value
        return value.items

    @property
    def entries(self) -> tuple[Entry, ...]:
        value = self.value
        assert isinstance(value, ObjectValue), value
        return value.entries

    @property
    def json(self) -> str:
        return json.dumps(plain(self.value), ensure_ascii=False)

    @property
    def problem(self) -> Problem:
        """What a reader reports that needs the value."""
        value = self.value
        assert isinstance(value, CodeValue) and value.problem, value
        return value.problem

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return self.problems.diagnostics


def read(main: str, others: Mapping[str, str] | None = None, aliases: PathAliases | None = None) -> Reading:
    """Reads `main` as `quickback/main.ts` beside other files of that folder."""
    texts = {MAIN: main, **{f"quickback/{name}": text for name, text in (others or {}).items()}}
    files = {path: SourceFile(path, text) for path, text in texts.items()}
    problems = Problems()
    sources = Sources(Path("project"), None, (), (), files, aliases or PathAliases())
    return Reading(evaluate(sources, problems), problems)


def value_of(expression: str, setup: str = "") -> Reading:
    return read(f"{setup}\nexport default {expression};\n")
