"""Times cold `quickback check` and `quickback compile` on 10, 50 and 200 tables, beside `node -e 0` in the same run.

    python tests/bench/compile.py [--runs 7] [--tables 10 50 200]

Prints medians and minima in milliseconds, and the ratio of each median to that of an empty Node process.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from project import write_project


def milliseconds(command: list[str], cwd: Path) -> float:
    started = time.perf_counter()
    subprocess.run(command, cwd=cwd, check=True, capture_output=True)
    return (time.perf_counter() - started) * 1000


def generated(path: Path) -> bool:
    return path.name != "quickback"


def clean(root: Path) -> None:
    """Back to the author's files, so that every compile is a first one."""
    for path in filter(generated, root.iterdir()):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.rmtree(root / "quickback" / "drizzle", ignore_errors=True)


def measure(name: str, command: list[str], root: Path, runs: int, floor: float) -> None:
    times = []
    for _ in range(runs + 1):
        clean(root)
        times.append(milliseconds(command, root))
    warm = times[1:]
    median = statistics.median(warm)
    print(f"{name:<28}{median:>9.0f} ms{min(warm):>9.0f} ms{median / floor:>8.1f}x")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--tables", type=int, nargs="+", default=[10, 50, 200])
    options = parser.parse_args()
    node = shutil.which("node")
    if node is None:
        sys.exit("node is the yardstick of this bench: put it on PATH")
    with tempfile.TemporaryDirectory() as scratch:
        here = Path(scratch)
        floor = statistics.median(milliseconds([node, "-e", "0"], here) for _ in range(options.runs))
        print(f"{'':<28}{'median':>12}{'min':>12}{'to node':>9}")
        print(f"{'node -e 0':<28}{floor:>9.0f} ms")
        for tables in options.tables:
            root = write_project(here / f"p{tables}", tables)
            quickback = [sys.executable, "-m", "qb_mcp"]
            measure(f"check, {tables} tables", [*quickback, "check"], root, options.runs, floor)
            measure(f"compile, {tables} tables", [*quickback, "compile"], root, options.runs, floor)


if __name__ == "__main__":
    main()
