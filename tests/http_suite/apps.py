"""Compiles the projects beside this module and keeps one booted lane for each of them and each runtime."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from lanes.lane import Lane, NodeLane, WorkerdLane
from qb_compiler import compile_project

PROJECTS = Path(__file__).parent / "projects"
LANES: dict[str, type[Lane]] = {"node": NodeLane, "workerd": WorkerdLane}


def compiled(name: str, folder: Path) -> Path:
    """The compiled project in a folder of its own; a diagnostic above a note fails the test."""
    target = folder / name
    if target.is_dir():
        return target
    shutil.copytree(PROJECTS / name, target)
    result = compile_project(target)
    wrong = [d for d in result.diagnostics if d.level.value == "error"]
    assert result.written, wrong
    return target


class Apps:
    """Booted projects, each started when it is first asked for."""

    def __init__(self, folder: Path, lanes: Mapping[str, type[Lane]] = LANES) -> None:
        self._folder = folder
        self._lanes = lanes
        self._running: dict[tuple[str, str], Lane] = {}

    def lane(self, project: str, kind: str) -> Lane:
        known = self._running.get((project, kind))
        if known:
            return known
        lane = self._lanes[kind].of(compiled(project, self._folder)).__enter__()
        self._running[project, kind] = lane
        return lane

    def folder(self, project: str) -> Path:
        """Where the compiled project lies."""
        return compiled(project, self._folder)

    def separate(self, project: str, kind: str, vars: dict[str, str]) -> Lane:
        """A lane of its own, with other variables; it is started by `with`."""
        return self._lanes[kind].of(compiled(project, self._folder), vars=vars)

    def stop(self) -> None:
        for lane in self._running.values():
            lane.stop()


OTHER_APPS = pytest.StashKey[Callable[[], Apps]]()
"""Where a run that judges other builds of these projects (`tests/mutation`) says which."""
