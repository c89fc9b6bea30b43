"""Who notices a weakening: the contracts, the runtime's own tests, the types, or the HTTP suite."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from http_suite.apps import compiled
from lanes.build import tsc
from lanes.packages import NODE, node_environment
from mutation.builds import Build
from mutation.mutants import Mutant
from mutation.over_http import PATIENCE
from mutation.switched_lane import SWITCH
from qb_compiler.contracts.examine import examine
from qb_compiler.model.memory import Memory

TESTS = Path(__file__).resolve().parents[1]


class Contracts:
    """The security contracts that every compile runs."""

    def __init__(self, made: Build) -> None:
        self.made, self.memories = made, {name: Memory() for name in made.projects}

    def notice(self, mutant: Mutant) -> str | None:
        project = mutant.projects[0]
        files = self.made.files[project]
        weak = {**files, mutant.path: mutant.applied(files[mutant.path])}
        broken = examine(self.made.projects[project], weak, self.memories[project]).violations
        return f"contract: {broken[0].contract}" if broken else None


def runtime_notices(scripts: Sequence[Path], number: int) -> str | None:
    """The tests of the runtime, with one weakening on; a script that waits for ever has noticed it, too."""
    for script in scripts:
        if f"$m({number})" not in script.read_text(encoding="utf-8"):
            continue
        command = [str(NODE), str(script)]
        environment = node_environment({SWITCH: str(number)})
        with subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as test:
            try:
                noticed = test.wait(PATIENCE) != 0
            except subprocess.TimeoutExpired:
                test.kill()
                noticed = True
        if noticed:
            return f"runtime: {script.parent.name}"
    return None


def types_notice(made: Build, plain: Path, mutant: Mutant) -> str | None:
    """`tsc --strict` over the weakened file and all that it imports."""
    project = compiled(mutant.projects[0], plain)
    file = project / mutant.path
    config = project / "tsconfig.one.json"
    config.write_text(
        f'{{"extends": "./tsconfig.json", "include": [], "files": ["{mutant.path}", "src/env.ts"]}}', encoding="utf-8"
    )
    original = made.files[mutant.projects[0]][mutant.path]
    file.write_text(mutant.applied(original), encoding="utf-8")
    try:
        tsc(project, config.name)
    except AssertionError as error:
        return f"types: {next(line for line in str(error).splitlines() if 'error TS' in line)}"
    finally:
        file.write_text(original, encoding="utf-8")
        config.unlink()
    return None


def http_notices(build: Path, numbers: Sequence[int], *, everything: bool) -> Iterator[tuple[int, str | None]]:
    """The HTTP suite; without `everything`, only those of its tests that reach the weakened file."""
    results = build / f"results-{os.getpid()}.jsonl"
    results.unlink(missing_ok=True)
    scope = ["--everything"] if everything else []
    command = [sys.executable, "-m", "mutation.over_http", *scope, str(build), str(results)]
    subprocess.run([*command, *map(str, numbers)], cwd=TESTS, check=True)
    for line in results.read_text(encoding="utf-8").splitlines():
        answer = json.loads(line)
        yield answer["number"], f"http: {answer['by']}" if answer["by"] else None
