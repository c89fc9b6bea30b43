"""A long differential run: many generated projects and requests, each answer compared with the reference model.

    python tests/bench/differential.py [--requests 100000] [--a-group 100] [--callers 3] [--seed 1] [--workerd]

Every boot adds a line to the log, so that a run that was interrupted goes on where it stopped. A group that does not
compile, boot or get through the model is reported and left out. The first difference of each kind is minimised and
kept in tests/differential/cases, where the suite replays it.
"""

import argparse
import json
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from differential.cases import FOLDER, Case, save
from differential.judging import Drawn, draw, judged
from differential.running import Mismatch
from differential.settings import SETTINGS
from differential.shrinking import shrink
from lanes.lane import Lane, NodeLane, WorkerdLane

GROUPS_A_BOOT = 10


@dataclass(frozen=True)
class Booted:
    """One line of the log: what one boot found."""

    boot: int
    groups: int
    requests: int
    seconds: float
    differing: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def groups_of(boot: int, options: argparse.Namespace) -> list[Drawn]:
    """The groups of one boot, which share a setting."""
    numbers = range(boot * GROUPS_A_BOOT, (boot + 1) * GROUPS_A_BOOT)
    setting, start = SETTINGS[boot % len(SETTINGS)], options.seed * 1_000_003
    return [draw(number, setting, options.a_group, start + number, options.callers) for number in numbers]


def run(boot: int, options: argparse.Namespace, kind: type[Lane]) -> Booted:
    """Judges one boot, keeps the first difference of each kind, and tells what it found."""
    started = time.monotonic()
    found = judged(groups_of(boot, options), kind)
    for mismatch in found.mismatches:
        keep(mismatch)
    for one in found.left_out:
        print(f"\n== left out: {one}", flush=True)
    return Booted(
        boot,
        found.groups,
        found.requests,
        round(time.monotonic() - started, 1),
        [f"{mismatch.signature} by {mismatch.request.identity}" for mismatch in found.mismatches],
        [first_line(one) for one in found.left_out],
    )


def keep(mismatch: Mismatch) -> None:
    """Minimises and saves a difference unless one of its kind is there already."""
    path = FOLDER / f"found-{re.sub(r'[^a-z0-9]+', '-', mismatch.signature.lower()).strip('-')}.json"
    if path.exists():
        return
    small = shrink(mismatch)
    FOLDER.mkdir(exist_ok=True)
    save(Case(small.problems[0], small.group, small.rows, small.request), path)
    print(f"\n== {path.name}\n{small}", flush=True)


def first_line(text: str) -> str:
    return text.partition("\n")[0][:300]


def booted_before(log: Path) -> Iterator[Booted]:
    """The boots of the run so far."""
    for line in log.read_text(encoding="utf-8").splitlines() if log.exists() else ():
        yield Booted(**json.loads(line))


def summary(done: list[Booted]) -> str:
    differing, left_out = sum(len(one.differing) for one in done), sum(len(one.left_out) for one in done)
    requests, seconds = sum(one.requests for one in done), sum(one.seconds for one in done)
    groups = sum(one.groups for one in done)
    return f"{requests} requests over {groups} projects, {differing} differ, {left_out} left out, {seconds:.0f} s"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--a-group", type=int, default=100)
    parser.add_argument("--callers", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workerd", action="store_true")
    parser.add_argument("--log", type=Path, default=Path("differential.jsonl"))
    options = parser.parse_args()
    done = list(booted_before(options.log))
    before = {one.boot for one in done}
    a_boot = GROUPS_A_BOOT * options.a_group * options.callers
    for boot in range(max(1, -(-options.requests // a_boot))):
        if boot in before:
            continue
        done.append(run(boot, options, WorkerdLane if options.workerd else NodeLane))
        with options.log.open("a", encoding="utf-8") as log:
            log.write(json.dumps(asdict(done[-1])) + "\n")
        print(summary(done), flush=True)
    sys.exit(1 if any(one.differing or one.left_out for one in done) else 0)


if __name__ == "__main__":
    main()
