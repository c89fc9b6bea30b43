"""Every weakening of the generated code of the HTTP suite's projects: who notices it?

    python tests/bench/mutation.py [--log FILE] [--a-round 60] [--only src/lib/]

Contracts are asked first, then the runtime's own tests, then the HTTP tests that reach the weakened file, then the
types, and what is left is shown to the whole HTTP suite. Every answer adds a line to the log, so that a run that was
interrupted goes on where it stopped; a weakening of a file that has changed since is asked about again.
"""

import argparse
import hashlib
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mutation.builds import Build, build, bundled, bundled_runtime
from mutation.equivalent import reasons
from mutation.judges import Contracts, http_notices, runtime_notices, types_notice

Answer = tuple[int, str | None]


class Run:
    """The stages of a run; each asks only about what nobody has noticed yet."""

    def __init__(self, made: Build, folder: Path, log: Path, a_round: int, only: str) -> None:
        self.made, self.folder, self.log, self.a_round, self.only = made, folder, log, a_round, only
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
        equivalent, mutants = reasons(), enumerate(self.made.mutants)
        asked = ((number, mutant.key) for number, mutant in mutants if mutant.path.startswith(self.only))
        return [number for number, key in asked if number not in self.noticed and key not in equivalent]

    def stage(self, name: str, answers: Iterable[Answer]) -> None:
        with self.log.open("a", encoding="utf-8") as log:
            for number, by in answers:
                if by is None:
                    continue
                self.noticed[number] = by
                key, file = self.identity(number)
                log.write(json.dumps({"key": key, "file": file, "by": by}, ensure_ascii=False) + "\n")
                log.flush()
        print(f"{name}: {len(self.noticed)} of {len(self.made.mutants)} noticed, {len(self.left())} left", flush=True)

    def http(self, build: Path, *, everything: bool) -> None:
        for numbers in rounds(self.left(), self.a_round):
            self.stage("http", http_notices(build, numbers, everything=everything))

    def all(self) -> None:
        contracts, mutants = Contracts(self.made), self.made.mutants
        self.stage("contracts", ((n, contracts.notice(mutants[n])) for n in self.left()))
        scripts = bundled_runtime(self.made, self.folder / "runtime")
        library = [n for n in self.left() if mutants[n].path.startswith("src/lib/")]
        self.stage("runtime", ((n, runtime_notices(scripts, n)) for n in library))
        switched = bundled(self.made, self.folder / "switched")
        self.http(switched, everything=False)
        self.stage("types", ((n, types_notice(self.made, self.folder / "plain", mutants[n])) for n in self.left()))
        self.http(switched, everything=True)


def rounds(numbers: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--log", type=Path, default=Path("mutation.jsonl"))
    parser.add_argument("--a-round", type=int, default=60)
    parser.add_argument("--only", default="src/", help="the beginning of the paths to weaken")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        run = Run(build(Path(folder) / "plain"), Path(folder), options.log.resolve(), options.a_round, options.only)
        run.all()
    print(Counter(by.partition(":")[0] for by in run.noticed.values()))
    for number in run.left():
        print("unnoticed:", run.made.mutants[number].key)
    sys.exit(1 if run.left() else 0)


if __name__ == "__main__":
    main()
