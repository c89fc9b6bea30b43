"""The lanes of a run with one weakening switched on: prebuilt scripts, one process for each project."""

import json
import os
import re
import signal
import tempfile
import urllib.request
from functools import cache
from pathlib import Path
from typing import Self

from http_suite.apps import Apps
from lanes.lane import NodeLane
from lanes.worker import read_worker

SWITCH = "MUTANT"
"""The variable of Node's environment that says which weakening a new process has on."""
NOTHING = -1
PATIENCE = 10
"""Seconds for one test, or one answer: a weakening may make it wait for ever."""
IN_MEMORY = Path("/dev/shm")


@cache
def folder() -> "tempfile.TemporaryDirectory[str]":
    """Where databases lie, as long as this process."""
    return tempfile.TemporaryDirectory(prefix="mutation-", dir=IN_MEMORY if IN_MEMORY.is_dir() else None)


class SwitchedLane(NodeLane):
    """A lane over the script with all weakenings. `STARTED` knows every one of this process."""

    numbers: frozenset[int] = frozenset()

    @classmethod
    def of(cls, project: Path, *, vars: dict[str, str] | None = None, persist: Path | None = None) -> Self:
        worker = read_worker(project, project / ".lanes/entry.mjs")
        worker.vars.update(vars or {})
        lane = cls(worker, persist=persist or Path(tempfile.mkdtemp(dir=folder().name)))
        script = (project / ".lanes/index.js").read_text(encoding="utf-8")
        lane.numbers = frozenset(map(int, re.findall(r"\$m\((\d+)\)", script)))
        return lane

    def __enter__(self) -> Self:
        lane = super().__enter__()
        lane.ask("keep")
        STARTED.append(lane)
        return lane

    def stop(self) -> None:
        if self in STARTED:
            STARTED.remove(self)
            REACHED.update(self.ask("reached"))
        super().stop()

    def ask(self, what: str) -> set[int]:
        """The numbers of the weakenings whose place was reached since the last question."""
        with urllib.request.urlopen(f"{self.url}/__{what}", timeout=PATIENCE) as answer:
            return set(json.load(answer))


STARTED: list[SwitchedLane] = []
REACHED: set[int] = set()
"""By lanes that were stopped."""


def reached() -> set[int]:
    """What any lane reached since the last question."""
    found = REACHED.union(*(lane.ask("reached") for lane in STARTED))
    REACHED.clear()
    return found


def keep() -> None:
    """Remembers the databases as they are."""
    for lane in STARTED:
        lane.ask("keep")


def switch(number: int) -> None:
    """Goes back to what was kept, with one weakening on."""
    os.environ[SWITCH] = str(number)
    for lane in STARTED:
        lane.ask(f"switch?to={number if number in lane.numbers else NOTHING}")


def started_anew() -> set[int]:
    """What the start of the scripts reaches."""
    for lane in STARTED:
        lane.ask(f"switch?to={NOTHING - 1}")
    return set().union(*(lane.ask(f"switch?to={NOTHING}") for lane in STARTED))


def kill_all() -> None:
    """Ends the lanes without a farewell: one may be busy for ever."""
    for lane in STARTED:
        os.killpg(lane.pid, signal.SIGKILL)
    folder().cleanup()


def switched_apps(folder: Path) -> Apps:
    return Apps(folder, {"node": SwitchedLane})
