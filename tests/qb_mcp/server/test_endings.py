"""However a client goes, the real process goes too: within a tenth of a second, with exit code 0 and without a word."""

import fcntl
import json
import os
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.project import write_project
from mcp_peers.wire import INITIALIZED, Process, initialize, request

LIMIT = 0.1
TRIES = 5


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that takes long to compile."""
    return write_project(tmp_path_factory.mktemp("projects") / "project", 40)


def yardstick() -> float:
    """Seconds that an empty interpreter takes right now: about 0.02 on a machine at rest, more where others work."""
    started = time.monotonic()
    subprocess.run([sys.executable, "-S", "-c", "pass"], check=True)
    return time.monotonic() - started


def is_quick(attempt: Callable[[], float]) -> bool:
    """Whether one of a few tries meets the limit, or eight empty interpreters where the machine itself is slow."""
    return any(attempt() < max(LIMIT, 8 * yardstick()) for _ in range(TRIES))


def before_the_sdk(root: Path) -> Process:
    """A server whose opening is over and that has loaded nothing yet."""
    process = Process(cwd=root)
    process.ask(initialize())
    return process


def at_rest(root: Path) -> Process:
    """A server that has answered a call."""
    process = before_the_sdk(root)
    process.send(INITIALIZED)
    process.ask(request("warm", "tools/call", name="list_features", arguments={}))
    return process


def with_a_subscriber(root: Path) -> Process:
    """A server that watches the disk for somebody."""
    process = at_rest(root)
    process.ask(request("sub", "resources/subscribe", uri="quickback://project/config"))
    return process


def at_work(root: Path) -> Process:
    """A server in the middle of a call."""
    process = at_rest(root)
    process.send(request("busy", "tools/call", name="search_docs", arguments={"query": "soft delete"}))
    return process


def compiling(root: Path) -> Process:
    """A server that compiles, and has told its first stage."""
    process = at_rest(root)
    process.send(request("c", "tools/call", name="compile", arguments={}, _meta={"progressToken": "p"}))
    assert process.receive()["method"] == "notifications/progress"
    return process


def unread(root: Path) -> Process:
    """A server in the middle of writing answers that nobody reads: the pipe is full."""
    process = at_rest(root)
    assert process.popen.stdout
    wire = process.popen.stdout.fileno()
    room = fcntl.fcntl(wire, fcntl.F_SETPIPE_SZ, 4096) if hasattr(fcntl, "F_SETPIPE_SZ") else 65_536
    for number in range(room // 4096 * 2):
        process.send(request(number, "tools/call", name="get_doc", arguments={"topic": "firewall"}))
    while struct.unpack("i", fcntl.ioctl(wire, termios.FIONREAD, bytes(4)))[0] < room:
        pass
    return process


def send_signal(name: str) -> Callable[[Process], None]:
    def end(process: Process) -> None:
        os.kill(process.popen.pid, getattr(signal, name))

    end.__name__ = name
    return end


def close_its_input(process: Process) -> None:
    process.hang_up()


def close_its_output(process: Process) -> None:
    assert process.popen.stdout
    process.popen.stdout.close()
    process.popen.stdout = None


WAYS = [send_signal("SIGINT"), send_signal("SIGTERM"), send_signal("SIGHUP"), close_its_input, close_its_output]
MOMENTS = [before_the_sdk, at_rest, with_a_subscriber, at_work, compiling, unread]


@pytest.mark.parametrize("end", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("begin", MOMENTS, ids=lambda moment: moment.__name__)
def test_it_ends_at_once_and_in_peace(root: Path, begin: Callable[[Path], Process], end: Callable[..., None]) -> None:
    def attempt() -> float:
        process = begin(root)
        end(process)
        code, seconds = process.ended_within(5)
        assert (code, process.close()) == (0, b"")
        return seconds

    assert is_quick(attempt)


ORPHAN = """\
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-m", "qb_mcp", "mcp"], stdin=0, stdout=1)
print(child.pid, file=sys.stderr, flush=True)
time.sleep(60)
"""


def test_a_server_whose_parent_died_ends_though_its_pipe_is_open(root: Path) -> None:
    def attempt() -> float:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        with subprocess.Popen([sys.executable, "-c", ORPHAN], cwd=root, **pipes) as parent:
            assert parent.stdin and parent.stdout and parent.stderr
            parent.stderr.readline()
            parent.stdin.write(json.dumps(initialize()).encode() + b"\n")
            parent.stdin.flush()
            assert parent.stdout.readline()
            parent.kill()
            parent.wait()
            started = time.monotonic()
            assert parent.stdout.read() == b"", "the server holds the last writing end of this pipe"
            return time.monotonic() - started

    assert is_quick(attempt)
