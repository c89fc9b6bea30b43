"""A lane leaves nothing behind: not when it stops, and not when its parent is killed."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lanes.lane import Lane, LaneError, NodeLane, WorkerdLane
from lanes.packages import LANES
from lanes.worker import D1Binding, Worker

PARENT = """
import signal, sys
sys.path.insert(0, {tests!r})
from lanes.lane import {lane}
from lanes.worker import D1Binding, Worker
with {lane}(Worker(None, (D1Binding("DB"),))) as lane:
    print(lane.pid, flush=True)
    signal.pause()
"""


def ends(pid: int, seconds: float = 20) -> bool:
    """Whether the process is gone within so many seconds."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], seconds)[0])
    finally:
        os.close(handle)


def members(group: int) -> list[int]:
    """The living processes of a group; one that has ended and waits to be collected is not living."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, process_group = stat.read_text(encoding="utf-8").rpartition(")")[2].split()[:3]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(process_group) == group and state != "Z":
            found.append(int(stat.parent.name))
    return found


def group_ends(group: int) -> bool:
    return all(ends(pid) for pid in members(group))


@pytest.mark.parametrize("kind", [NodeLane, WorkerdLane])
def test_a_stopped_lane_has_no_process_left(kind: type[Lane]) -> None:
    with kind(Worker(None, (D1Binding("DB"),))) as lane:
        group = lane.pid
        assert members(group)
        assert lane.sql("DB", "SELECT 1 AS one") == [{"one": 1}]
    assert group_ends(group)


@pytest.mark.parametrize("kind", [NodeLane, WorkerdLane])
def test_a_lane_ends_when_its_parent_is_killed(kind: type[Lane]) -> None:
    program = PARENT.format(tests=str(LANES.parent), lane=kind.__name__)
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        runner = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    assert group_ends(runner)


def test_a_worker_that_cannot_start_says_why(tmp_path: Path) -> None:
    script = tmp_path / "worker.js"
    script.write_text("throw new Error('not today')", encoding="utf-8")
    with pytest.raises(LaneError, match="not today"), NodeLane(Worker(script, ())):
        raise AssertionError("the lane started")
