"""Who notices a weakening: the contracts, the types, the runtime's own tests, or the HTTP suite (`suite.py`)."""

import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from http_suite.apps import compiled
from lanes.build import tsc
from lanes.packages import NODE, node_environment
from mutation.builds import Build
from mutation.switched_lane import NOTHING, PATIENCE, SWITCH
from qb_compiler.contracts.examine import examine
from qb_compiler.model.memory import Memory

REACHED = "REACHED"
SYNTAX = re.compile(r"types: TS1\d{3}:")
AT_ONCE = 2
Answer = tuple[int, str | None]


def contracts_notice(made: Build, numbers: Sequence[int]) -> Iterator[Answer]:
    """The security contracts that every compile runs."""
    memories = {name: Memory() for name in made.projects}
    for number in numbers:
        mutant = made.mutants[number]
        project = mutant.projects[0]
        weak = {**made.files[project], mutant.path: made.weak(number)}
        broken = examine(made.projects[project], weak, memories[project]).violations
        yield number, f"contract: {broken[0].contract}" if broken else None


def types_notice(made: Build, plain: Path, numbers: Sequence[int]) -> Iterator[Answer]:
    """`tsc --strict`, once for each project: every weakened file stands beside its original, as one more module."""
    for name in made.projects:
        project = compiled(name, plain)
        variants: dict[str, int] = {}
        for number in numbers:
            mutant = made.mutants[number]
            if mutant.projects[0] == name:
                variants[mutant.path.replace(".ts", f".weakened{number}.ts")] = number
        while variants:
            errors = checked(project, {path: made.weak(number) for path, number in variants.items()})
            yield from ((variants.pop(path), error) for path, error in errors.items())
            # While one text is no TypeScript at all, the compiler does not look at the types of the others.
            if not any(SYNTAX.match(error) for error in errors.values()):
                break


def checked(project: Path, variants: dict[str, str]) -> dict[str, str]:
    """The first error of each variant that has one."""
    for path, text in variants.items():
        (project / path).write_text(text, encoding="utf-8")
    config = project / "tsconfig.weakened.json"
    files = json.dumps([*variants, "src/env.ts"])
    config.write_text(f'{{"extends": "./tsconfig.json", "include": [], "files": {files}}}', encoding="utf-8")
    try:
        tsc(project, config.name)
        return {}
    except AssertionError as error:
        found = re.findall(r"^([^\s(]+)\(\d+,\d+\): error (TS\d+: .*)$", str(error), re.MULTILINE)
        return {path: f"types: {message}" for path, message in reversed(found)}
    finally:
        for path in (*variants, config.name):
            (project / path).unlink()


def runtime_notices(scripts: Sequence[Path], numbers: Sequence[int]) -> Iterator[Answer]:
    """The tests of the runtime: each script that reaches the place, the most particular first."""
    reached = {script: reached_by(script) for script in scripts}
    ordered = sorted(scripts, key=lambda script: len(reached[script]))

    def noticed(number: int) -> str | None:
        failing = (script for script in ordered if number in reached[script] and fails(script, number))
        script = next(failing, None)
        return f"runtime: {script.parent.name}" if script else None

    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from zip(numbers, pool.map(noticed, numbers), strict=True)


def reached_by(script: Path) -> frozenset[int]:
    said = script.with_name("reached.json")
    assert not fails(script, NOTHING, {REACHED: str(said)}), script
    return frozenset(json.loads(said.read_text(encoding="utf-8")))


def fails(script: Path, number: int, more: dict[str, str] | None = None) -> bool:
    """A script that waits for ever fails, too."""
    environment = node_environment({SWITCH: str(number), **(more or {})})
    command = [str(NODE), str(script)]
    with subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as test:
        try:
            return test.wait(PATIENCE) != 0
        except subprocess.TimeoutExpired:
            test.kill()
            return True
