"""A long differential run: many generated projects and requests, each answer compared with the reference model.

    python tests/bench/differential.py [--requests 100000] [--seed 1] [--workerd] [--save]

Prints how many requests differed, one minimised example of each kind; `--save` keeps them in tests/differential/cases.
"""

import argparse
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from differential.cases import FOLDER, Case, save
from differential.definitions import Setting
from differential.draw import draw_group, draw_requests
from differential.running import Mismatch, running
from differential.shrinking import shrink
from lanes.lane import Lane, NodeLane, WorkerdLane

SETTINGS = (Setting(), Setting(hierarchy=True), Setting(), Setting(client_ids=True), Setting(organizations=False))
GROUPS_A_BOOT = 10


def boot(number: int, requests: int, seed: int, kind: type[Lane]) -> list[Mismatch]:
    """Ten groups in one project, `requests` to each."""
    setting = SETTINGS[number % len(SETTINGS)]
    numbers = range(number * GROUPS_A_BOOT, (number + 1) * GROUPS_A_BOOT)
    drawn = [draw_group(one, setting, seed * 1_000_003 + one) for one in numbers]
    found = []
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), [group for group, _ in drawn], kind) as app:
        for one, (group, rows) in zip(numbers, drawn, strict=True):
            real = app.load(group, rows)
            for request in draw_requests(group, rows, requests, seed * 1_000_003 + one):
                if mismatch := app.judge(group, real, request):
                    found.append(replace(mismatch, rows=rows))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--a-group", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workerd", action="store_true")
    parser.add_argument("--save", action="store_true")
    options = parser.parse_args()
    started, sent = time.monotonic(), 0
    kinds: dict[str, Mismatch] = {}
    differing = 0
    for number in range(max(1, options.requests // (GROUPS_A_BOOT * options.a_group))):
        found = boot(number, options.a_group, options.seed, WorkerdLane if options.workerd else NodeLane)
        sent += GROUPS_A_BOOT * options.a_group
        differing += len(found)
        for mismatch in found:
            kinds.setdefault(mismatch.signature, mismatch)
        print(
            f"{sent} requests, {differing} differ in {len(kinds)} ways, {time.monotonic() - started:.0f} s", flush=True
        )
    for signature, mismatch in kinds.items():
        small = shrink(mismatch) if options.save else mismatch
        print(f"\n== {signature}\n{small}")
        if options.save:
            name = "".join(letter if letter.isalnum() else "-" for letter in signature).strip("-").lower()
            save(Case(small.problems[0], small.group, small.rows, small.request), FOLDER / f"{name}.json")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
