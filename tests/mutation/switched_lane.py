"""The lanes of a run with one weakening switched on: prebuilt scripts, one process for each project."""

import json
import os
import signal
import urllib.request
from pathlib import Path
from typing import Self

from http_suite.apps import Apps
from lanes.lane import NodeLane
from lanes.worker import read_worker

SWITCH = "MUTANT"
"""The variable of Node's environment that says which weakening is on."""


class SwitchedLane(NodeLane):
    """A lane over the script with all weakenings. `Lanes.started` knows every one of this process."""

    @classmethod
    def of(cls, project: Path, *, vars: dict[str, str] | None = None, persist: Path | None = None) -> Self:
        worker = read_worker(project, project / ".lanes/worker.js")
        worker.vars.update(vars or {})
        return cls(worker, persist=persist)

    def __enter__(self) -> Self:
        lane = super().__enter__()
        STARTED.append(lane)
        return lane

    def stop(self) -> None:
        if self in STARTED:
            STARTED.remove(self)
            REACHED.update(self.reached())
        super().stop()

    def reached(self) -> set[int]:
        """The numbers of the weakenings whose place was reached since the last call."""
        with urllib.request.urlopen(f"{self.url}/__reached") as answer:
            return set(json.load(answer))

    def kill(self) -> None:
        """Ends it without a farewell."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)


STARTED: list[SwitchedLane] = []
REACHED: set[int] = set()
"""By lanes that were stopped."""


def reached() -> set[int]:
    """What any lane reached since the last call."""
    found = REACHED.union(*(lane.reached() for lane in STARTED))
    REACHED.clear()
    return found


def kill_all() -> None:
    for lane in STARTED:
        lane.kill()


def switched_apps(folder: Path) -> Apps:
    return Apps(folder, {"node": SwitchedLane})
