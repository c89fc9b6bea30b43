"""Times cold `quickback check` and `quickback compile` on 10, 50 and 200 tables, beside an empty Node process and
`drizzle-kit generate` on the same tables, in the same run.

    python tests/bench/compile.py [--runs 7] [--tables 10 50 200]

Prints medians and minima in milliseconds, the ratio of each median to that of `node -e 0`, and the most memory of any
run. `--tables 5000 --runs 1` shows what a project of that size takes.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from project import write_project

from lanes.packages import NODE, link_packages, node_environment, packages


def milliseconds(command: list[str], folder: Path) -> tuple[float, float]:
    """Time and peak memory (MB) of a command that ends well."""
    started = time.perf_counter()
    output = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output, env=node_environment())
    _, status, usage = os.wait4(process.pid, 0)
    taken = (time.perf_counter() - started) * 1000
    assert os.waitstatus_to_exitcode(status) == 0, command
    return taken, usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def clean(root: Path) -> None:
    """Back to the author's files, so that every compile is a first one."""
    for path in (path for path in root.iterdir() if path.name != "quickback"):
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    shutil.rmtree(root / "quickback" / "drizzle", ignore_errors=True)


def measure(name: str, command: list[str], root: Path, runs: int, floor: float, before: Callable[[Path], None]) -> None:
    measured = []
    for _ in range(runs + 1):
        before(root)
        measured.append(milliseconds(command, root))
    warm = [taken for taken, _ in measured[1:]]
    median, peak = statistics.median(warm), max(memory for _, memory in measured)
    print(f"{name:<32}{median:>9.0f} ms{min(warm):>9.0f} ms{median / floor:>8.1f}x{peak:>8.0f} MB", flush=True)


def without_migrations(root: Path) -> None:
    shutil.rmtree(root / "migrations", ignore_errors=True)


def measure_tables(here: Path, tables: int, runs: int, floor: float) -> None:
    root = write_project(here / f"p{tables}", tables)
    quickback = [sys.executable, "-m", "qb_mcp"]
    measure(f"check, {tables} tables", [*quickback, "check"], root, runs, floor, clean)
    measure(f"compile, {tables} tables", [*quickback, "compile"], root, runs, floor, clean)
    link_packages(root)
    kit = [str(NODE), str(packages() / "drizzle-kit/bin.cjs"), "generate", "--dialect", "sqlite"]
    schema = ["--schema", "src/features/*/schema.ts", "--out", "migrations"]
    measure(f"drizzle-kit, {tables} tables", [*kit, *schema], root, runs, floor, without_migrations)


def main() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installation has its bytecode
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--tables", type=int, nargs="+", default=[10, 50, 200])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        here = Path(scratch)
        floor = statistics.median(milliseconds([str(NODE), "-e", "0"], here)[0] for _ in range(options.runs))
        print(f"{'':<32}{'median':>12}{'min':>12}{'to node':>9}{'memory':>11}")
        print(f"{'node -e 0':<32}{floor:>9.0f} ms")
        for tables in options.tables:
            measure_tables(here, tables, options.runs, floor)


if __name__ == "__main__":
    main()
