"""Holds access matrix and `diff` to the reference model on many generated projects, by brute force.

    python tests/bench/access.py [--projects 100] [--rows 25] [--seed 1]

Each cell of a matrix is asked of the model over rows that realise every condition; one rule, mask or error mode of each
project is then replaced, and what `diff` says of that is compared with what the model answers before and after.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from differential.difference_judge import changed
from differential.difference_judge import problems as contradictions
from differential.draw import draw_group
from differential.matrix_judge import compiled, problems
from differential.settings import SETTINGS
from qb_compiler.analysis.matrix import access_matrix


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--projects", type=int, default=100)
    parser.add_argument("--rows", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    started, cells, wrong = time.monotonic(), 0, 0
    for number in range(options.projects):
        seed = options.seed * 1_000_003 + number
        group, _ = draw_group(number, SETTINGS[number % len(SETTINGS)], seed)
        cells += len(access_matrix(compiled(group)))
        for complaint in (*problems(group, options.rows, seed), *contradictions(group, changed(group, seed), 8, seed)):
            wrong += 1
            print(f"project {number}: {complaint[:600]}", flush=True)
    print(f"{options.projects} projects, {cells} cells, {wrong} differ, {time.monotonic() - started:.0f} s")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
