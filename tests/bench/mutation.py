"""Every weakening of the generated code of the HTTP suite's projects: who notices it?

    python tests/bench/mutation.py [--log FILE] [--only src/lib/]

Contracts are asked first, then the types, then the runtime's own tests, then the HTTP tests that reach the place, and
last the modules of the HTTP suite whose fixtures or whose project's start reach it, each with the weakening on from
its start. Twins are the same change of the same template in several projects: one that is noticed speaks for the
others. Every answer adds a line to the log, so that a run that was interrupted goes on where it stopped; a
weakening of a file that has changed since is asked about again.
"""

import argparse
import hashlib
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mutation.builds import Build, build, bundled, bundled_runtime
from mutation.equivalent import changes_nothing
from mutation.judges import Answer, contracts_notice, runtime_notices, types_notice
from mutation.reach import tests_at
from mutation.suite import HttpSuite


class Run:
    """The stages of a run; each asks only about what nobody has noticed yet."""

    def __init__(self, made: Build, folder: Path, log: Path, only: str) -> None:
        self.made, self.folder, self.log, self.only = made, folder, log, only
        self.noticed = dict(self.before())

    def before(self) -> Iterator[tuple[int, str]]:
        """The answers of earlier runs about files that are still the same."""
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        known = {(entry["key"], entry["file"]): entry["by"] for entry in map(json.loads, lines)}
        for number in range(len(self.made.mutants)):
            if by := known.get(self.identity(number)):
                yield number, by

    def identity(self, number: int) -> tuple[str, str]:
        mutant = self.made.mutants[number]
        text = self.made.files[mutant.projects[0]][mutant.path]
        return mutant.key, hashlib.sha256(text.encode()).hexdigest()[:12]

    def left(self) -> list[int]:
        """Not noticed yet, and not known to change nothing."""
        asked = (
            (number, mutant) for number, mutant in enumerate(self.made.mutants) if mutant.path.startswith(self.only)
        )
        return [number for number, mutant in asked if number not in self.noticed and not changes_nothing(mutant)]

    def stage(self, name: str, answers: Iterable[Answer]) -> None:
        started, before = time.monotonic(), len(self.noticed)
        with self.log.open("a", encoding="utf-8") as log:
            for number, by in answers:
                if by is None or number in self.noticed:
                    continue
                self.noticed[number] = by
                key, file = self.identity(number)
                log.write(json.dumps({"key": key, "file": file, "by": by}, ensure_ascii=False) + "\n")
                log.flush()
        seconds = time.monotonic() - started
        print(f"{name}: {len(self.noticed) - before} in {seconds:.0f} s, {len(self.left())} left", flush=True)

    def all(self) -> None:
        made = self.made
        self.stage("contracts", contracts_notice(made, self.left()))
        self.stage("types", types_notice(made, self.folder / "plain", self.left()))
        scripts = bundled_runtime(made, self.folder / "runtime")
        self.stage("runtime", runtime_notices(scripts, self.left()))
        suite = HttpSuite(made, bundled(made, self.folder / "switched"))
        first = self.one_of_each_twin(suite)
        self.stage("http", suite.notices(first))
        self.stage("http anew", suite.notices_anew([number for number in first if number not in self.noticed]))
        self.stage("twins", self.twins())
        self.stage("http", suite.notices([number for number in self.left() if number not in first]))
        self.stage("twins", self.twins())

    def one_of_each_twin(self, suite: HttpSuite) -> list[int]:
        """Of the same change in several projects the one that most tests may notice."""
        by_tests = sorted(self.left(), key=lambda number: tests_at(number, suite.modules))
        return sorted({self.made.mutants[number].twin: number for number in by_tests}.values())

    def twins(self) -> Iterator[Answer]:
        """Weakenings whose twin in another project is noticed."""
        noticed = {self.made.mutants[number].twin: by for number, by in self.noticed.items()}
        for number in self.left():
            if by := noticed.get(self.made.mutants[number].twin):
                yield number, f"twin: {by}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--log", type=Path, default=Path("mutation.jsonl"))
    parser.add_argument("--only", default="src/", help="the beginning of the paths to weaken")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        run = Run(build(Path(folder) / "plain"), Path(folder), options.log.resolve(), options.only)
        run.all()
    print(Counter(by.partition(":")[0] for by in run.noticed.values()))
    for number in run.left():
        print("unnoticed:", run.made.mutants[number].key)
    sys.exit(1 if run.left() else 0)


if __name__ == "__main__":
    main()
