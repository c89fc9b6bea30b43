"""The HTTP suite as a judge: each module in a process of its own, two at once, each number in its best module first."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from mutation.builds import Build
from mutation.judges import Answer
from mutation.mutants import Mutant
from mutation.pytest_run import SUITE
from mutation.reach import Module, Reach, Visit, founded_with, visits

AT_ONCE = 2
A_FEW = 3
A_PROCESS = 60
"""Numbers for one process: each leaves a script in its memory."""
Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Task:
    """What one process is asked: the tests of a module for each number."""

    module: str
    tests: Mapping[int, Sequence[str]]


class HttpSuite:
    """The suite over the projects in `build`, which hold every weakening."""

    def __init__(self, made: Build, build: Path) -> None:
        self.made, self.build = made, build
        self.modules = self.measured()

    def measured(self) -> list[Module]:
        """Every module that runs in Node, with what it reaches."""
        names = sorted(path.name for path in SUITE.glob("test_*.py"))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = pool.map(lambda name: self.ask(name, {}), names)
            return [read(name, lines) for name, lines in zip(names, answers, strict=True) if lines]

    def notices(self, numbers: Sequence[int]) -> Iterator[Answer]:
        """Round by round: what its best module has not noticed goes to the next best."""
        waiting = {number: visits(number, self.neighbours(number), self.modules) for number in numbers}
        while tasks := first_visits(waiting):
            print(f"http: {sum(len(task.tests) for task in tasks)} weakenings for {len(tasks)} modules", flush=True)
            with ThreadPoolExecutor(AT_ONCE) as pool:
                for lines in pool.map(self.finished, tasks):
                    for line in lines:
                        if line["by"] and line["sure"]:
                            waiting.pop(line["number"], None)
                            yield line["number"], f"http: {line['by']}"

    def notices_anew(self, numbers: Sequence[int]) -> Iterator[Answer]:
        """Modules whose fixtures show it; the same people are founded in most, so a few are enough."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            yield from zip(numbers, pool.map(self.noticed_anew, numbers), strict=True)

    def noticed_anew(self, number: int) -> str | None:
        for module in founded_with(number, self.modules)[:A_FEW]:
            command = [sys.executable, "-m", "mutation.from_the_start", str(self.build), module, str(number)]
            done = subprocess.run(command, cwd=SUITE.parent, check=True, stdout=subprocess.PIPE, text=True)
            if by := done.stdout.splitlines()[-1]:
                return f"http anew: {by}"
        return None

    def finished(self, task: Task) -> list[Line]:
        """All answers of a task. A process that lost its lanes is followed by another."""
        lines: list[Line] = []
        left = dict(task.tests)
        while left:
            found = self.ask(task.module, left) or [{"number": next(iter(left)), "by": None, "sure": False}]
            lines += found
            for line in found:
                left.pop(line["number"])
        return lines

    def neighbours(self, number: int) -> frozenset[int]:
        """The weakenings of the same file, or of the same feature."""
        home = home_of(self.made.mutants[number])
        return frozenset(n for n, mutant in enumerate(self.made.mutants) if home_of(mutant) == home)

    def ask(self, module: str, task: Mapping[int, Sequence[str]]) -> list[Line]:
        """What one process answered."""
        with tempfile.TemporaryDirectory() as folder:
            question, answers = Path(folder, "task.json"), Path(folder, "answers.jsonl")
            question.write_text(json.dumps(task), encoding="utf-8")
            answers.touch()
            arguments = map(str, (self.build, module, question, answers))
            subprocess.run([sys.executable, "-m", "mutation.over_http", *arguments], cwd=SUITE.parent, check=False)
            return [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]


def home_of(mutant: Mutant) -> str:
    return mutant.place.rpartition("/")[0] if "/features/" in mutant.place else mutant.place


def first_visits(waiting: Mapping[int, list[Visit]]) -> list[Task]:
    """Takes the next module of every number, sorted by module."""
    tasks: dict[str, dict[int, Sequence[str]]] = {}
    for number, left in waiting.items():
        if left:
            visit = left.pop(0)
            tasks.setdefault(visit.module, {})[number] = visit.tests
    return [Task(module, dict(some)) for module, all in tasks.items() for some in batched(all.items(), A_PROCESS)]


def batched(items: Iterable[tuple[int, Sequence[str]]], size: int) -> Iterator[list[tuple[int, Sequence[str]]]]:
    left = iter(items)
    while some := list(islice(left, size)):
        yield some


def read(name: str, lines: Sequence[Line]) -> Module:
    tests = {}
    for line in lines[1:]:
        if line["failed"]:
            print(f"cannot be asked alone: {line['test']}", flush=True)
        else:
            tests[line["test"]] = Reach(frozenset(line["reached"]), line["seconds"])
    return Module(name, tests, frozenset(lines[0]["prepared"]), frozenset(lines[0]["start"]))
