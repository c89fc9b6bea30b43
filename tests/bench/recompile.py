"""Times what `quickback dev` does after an edit, beside a compile that remembers nothing, on the same 50 tables.

    python tests/bench/recompile.py [--runs 15] [--tables 50]

Each table refers to the one before it. An edit of the last one reaches no other file; one of the first is imported, in
the end, by all. Prints medians and minima in milliseconds, and how many times faster than compiling anew.
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from project import write_project

from qb_compiler import Memory, compile_project

EDITS = {
    "a comment": ("export default", "// a word more\nexport default"),
    "an access rule": (
        'list: { access: { roles: ["owner", "admin", "member"] } }',
        'list: { access: { roles: ["owner"] } }',
    ),
    "a new column": ('    details: text("details"', '    extra: text("extra"),\n    details: text("details"'),
}


def milliseconds(root: Path, memory: Memory) -> float:
    started = time.perf_counter()
    result = compile_project(root, memory=memory)
    assert result.ok, result.diagnostics
    return (time.perf_counter() - started) * 1000


def edited(root: Path, file: Path, old: str, new: str, memory: Memory, runs: int) -> list[float]:
    """The times of the edit, each time made and taken back."""
    before = file.read_text()
    assert old in before, old
    times = []
    for _ in range(runs):
        file.write_text(before.replace(old, new, 1))
        times.append(milliseconds(root, memory))
        file.write_text(before)
        milliseconds(root, memory)
    return times


def row(name: str, times: list[float], floor: float) -> None:
    median = statistics.median(times)
    print(f"{name:<44}{median:>9.0f} ms{min(times):>9.0f} ms{floor / median:>9.1f}x", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--tables", type=int, default=50)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        root = write_project(Path(scratch), options.tables)
        milliseconds(root, Memory())
        anew = [milliseconds(root, Memory()) for _ in range(max(3, options.runs // 3))]
        floor = statistics.median(anew)
        print(f"{'':<44}{'median':>12}{'min':>12}{'faster':>10}")
        row(f"anew, {options.tables} tables", anew, floor)
        memory = Memory()
        milliseconds(root, memory)
        for number, place in ((options.tables - 1, "last"), (0, "first")):
            (file,) = root.glob(f"quickback/features/*/items{number}.ts")
            for name, (old, new) in EDITS.items():
                row(f"{name} in the {place} table", edited(root, file, old, new, memory, options.runs), floor)


if __name__ == "__main__":
    main()
