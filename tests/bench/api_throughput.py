"""Requests a second of the generated routes against hand-written ones: same libraries, same runtime, same run.

`python tests/bench/api_throughput.py [--seconds 3] [--rounds 3] [--lane node|workerd]`. The apps take turns, so that a
busy machine slows all of them alike; what counts is the ratio. `usual` is written as the documentation of the libraries
shows it (session, user, membership and rows are four round trips to D1), `joined` reads the first three in one query as
the generated code does.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lanes.build import bundle
from lanes.identities import Person, colleague, owner
from lanes.lane import Lane, NodeLane, WorkerdLane
from lanes.packages import NODE
from lanes.worker import read_worker
from qb_compiler import compile_project
from qb_compiler.model.literal import Json

HERE = Path(__file__).parent / "throughput"
LANES: dict[str, type[Lane]] = {"node": NodeLane, "workerd": WorkerdLane}
APPS = {"generated": None, "joined": "joined", "usual": "usual"}
ROWS = 60
CONNECTIONS = 8


@dataclass(frozen=True)
class Running:
    """One booted app with somebody whose e-mail addresses are masked."""

    lane: Lane
    member: Person
    record: str

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.member.client.cookies.items())


def boot(stack: ExitStack, folder: Path, app: str, kind: type[Lane]) -> Running:
    project = folder / app
    shutil.copytree(HERE / "project", project)
    result = compile_project(project)
    assert result.written, result.diagnostics
    mode = APPS[app]
    entry = "src/index.ts" if mode is None else "src/handwritten.ts"
    if mode:
        shutil.copy(HERE / "handwritten.ts", project / entry)
    worker = read_worker(project, bundle(project, entry))
    worker.vars.update({"MODE": mode} if mode else {})
    lane = stack.enter_context(kind(worker))
    founder = owner(lane.url)
    for number in range(ROWS):
        body = {"name": f"N{number}", "email": f"n{number}@example.com", "phone": "555 0100 9999"}
        created = founder.client.post("/api/v1/candidates", json=body)
        assert created.status_code == 201, created.text
    return Running(lane, colleague(founder, "member"), created.json()["id"])


def cpu_seconds(group: int) -> float:
    """What all processes of a lane have used so far."""
    used = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            used += int(fields[11]) + int(fields[12])
    return used / os.sysconf("SC_CLK_TCK")


def measure(app: Running, operation: str, seconds: float) -> tuple[float, float]:
    """Requests a second, and CPU milliseconds a request; an answer other than the expected one ends the run."""
    base = f"{app.lane.url}/api/v1/candidates"
    url, method, body, expected = {
        "list": (f"{base}?limit=20", "GET", None, "200"),
        "get": (f"{base}/{app.record}", "GET", None, "200"),
        "create": (base, "POST", {"name": "New", "phone": "555 0100 9999"}, "201"),
    }[operation]
    request: Json = {
        "url": url, "method": method, "body": body, "cookie": app.cookie, "connections": CONNECTIONS,
        "seconds": seconds, "unique": method == "POST",
    }  # fmt: skip
    command = [str(NODE), str(HERE / "load.mjs"), json.dumps(request)]
    before = cpu_seconds(app.lane._process.pid)
    answer = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert set(answer["statuses"]) == {expected}, (operation, answer)
    used = cpu_seconds(app.lane._process.pid) - before
    return float(answer["perSecond"]), used * 1000 / answer["statuses"][expected]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=3)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--lane", choices=list(LANES), default="workerd")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        apps = {name: boot(stack, Path(folder), name, LANES[given.lane]) for name in APPS}
        for app in apps.values():
            measure(app, "list", 1)
        print(f"{given.lane}, {CONNECTIONS} connections, median of {given.rounds} rounds of {given.seconds} s")
        print(f"{'':8}" + "".join(f"{name:>12}" for name in apps) + f"{'/joined':>10}{'/usual':>10}")
        for operation in ("list", "get", "create"):
            rounds: dict[str, list[tuple[float, float]]] = {name: [] for name in apps}
            for _ in range(given.rounds):
                for name, app in apps.items():
                    rounds[name].append(measure(app, operation, given.seconds))
            found = {name: statistics.median(speed for speed, _ in values) for name, values in rounds.items()}
            ratios = "".join(f"{found['generated'] / found[name]:>9.2f}x" for name in ("joined", "usual"))
            print(f"{operation:8}" + "".join(f"{value:>12.0f}" for value in found.values()) + ratios)
            cpu = [statistics.median(used for _, used in values) for values in rounds.values()]
            print(f"{'  CPU ms':8}" + "".join(f"{value:>12.2f}" for value in cpu))


if __name__ == "__main__":
    main()
