"""Strange texts in great number: `PYTHONPATH=tests python -m bench.fuzz_front --cases 50000`.

Half of the cases are read by the front end, a tenth by a whole check, and the rest are expressions whose value is
compared with what Node makes of them. A failure prints the smallest text that shows it.
"""

import argparse
import json
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from bench.project import write_project
from compiler.evaluate.fuzzing import constant_expressions, examine, texts
from compiler.evaluate.reading import value_of
from lanes.packages import NODE
from qb_compiler import check_project
from qb_compiler.evaluate.coerce import SCALARS
from qb_compiler.evaluate.decode import plain
from qb_compiler.evaluate.values import ArrayValue, ObjectValue, Value
from qb_compiler.model.literal import Json

BATCH = 1_000
SETUP = 'const ADMINS = ["owner", "admin"]; const page = 20; const S = { Open: "open" }; const z = null;'
JUDGE = """
const value = (text) => JSON.stringify([(0, eval)(`SETUP (${text})`)]);
const judged = (text) => { try { return value(text); } catch (error) { return String(error); } };
console.log(JSON.stringify(TEXTS.map(judged)));
"""


def is_constant(value: Value | None) -> bool:
    if isinstance(value, ArrayValue):
        return all(is_constant(item) for item in value.items)
    if isinstance(value, ObjectValue):
        return all(is_constant(entry.value) for entry in value.entries)
    return isinstance(value, SCALARS)


def constants(expressions_drawn: list[str]) -> dict[str, str]:
    """The expressions that have a value without being run, and that value."""
    found: dict[str, str] = {}
    for text in expressions_drawn:
        reading = value_of(f"({text})", SETUP)
        value = reading.main.default
        if value is not None and is_constant(value) and not reading.diagnostics:
            found[text] = json.dumps([plain(value)])
    return found


def compare(ours: dict[str, str]) -> None:
    """Every expression that we give a value has that value in JavaScript."""
    texts_given = list(ours)
    program = JUDGE.replace("SETUP", SETUP).replace("TEXTS", json.dumps(texts_given))
    done = subprocess.run([str(NODE)], input=program, capture_output=True, text=True, check=True)
    answers = zip(texts_given, json.loads(done.stdout), strict=True)
    wrong = [(text, theirs) for text, theirs in answers if not same(theirs, ours[text])]
    assert not wrong, "\n".join(f"{text}\n  ours   {ours[text]}\n  theirs {theirs}" for text, theirs in wrong)


def same(theirs: str, ours: str) -> bool:
    """What JavaScript refuses to run has parts that nobody reads here; TypeScript reports those."""
    if not theirs.startswith("["):
        return True
    return as_numbers(theirs) == as_numbers(ours)


def as_numbers(text: str) -> Json:
    found: Json = json.loads(text, parse_int=float)
    return found


def whole(root: Path) -> Callable[[str], None]:
    def check(text: str) -> None:
        found = check_project(root, overlay={"quickback/features/group0/items0.ts": text})
        faults = [diagnostic.message for diagnostic in found.diagnostics if diagnostic.code.startswith("QB9")]
        assert not faults, faults

    return check


def drawn(name: str, strategy: st.SearchStrategy[str], check: Callable[[str], None], cases: int, start: int) -> None:
    """Runs one kind of case and prints how long that took."""
    slowest = [0.0, ""]

    @seed(start)
    @settings(max_examples=cases, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def run(text: str) -> None:
        before = time.perf_counter()
        check(text)
        slowest[:] = max(slowest, [time.perf_counter() - before, text], key=lambda pair: float(pair[0]))

    before = time.perf_counter()
    run()
    seconds = time.perf_counter() - before
    print(f"{name}: {cases} cases in {seconds:.0f} s, the slowest {float(slowest[0]):.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=0)
    given_options = parser.parse_args()
    cases, start = given_options.cases, given_options.seed
    drawn("read", texts(), lambda text: void(examine(text)), cases // 2, start)
    with tempfile.TemporaryDirectory() as folder:
        root = write_project(Path(folder), 1)
        drawn("checked whole", texts(), whole(root), cases // 10, start)
    collected: list[str] = []
    drawn("drawn for comparison", constant_expressions(), collected.append, cases * 2 // 5, start)
    ours = constants(collected)
    for number in range(0, len(ours), BATCH):
        compare(dict(list(ours.items())[number : number + BATCH]))
    print(f"compared with JavaScript: {len(ours)} expressions that have a value")


def void(_: object) -> None:
    """Takes a result that nobody needs."""


if __name__ == "__main__":
    main()
