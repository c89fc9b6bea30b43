"""The demo tells two tenants apart before one's eyes, and nothing that it started outlives it."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qb_mcp.demo import node as node_module
from qb_mcp.demo.node import find_node
from qb_mcp.demo.process import run, running
from qb_mcp.errors import QbError

CHILD = "import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
PARENT = CHILD + "print(p.pid, flush=True); time.sleep(60)"


def is_alive(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def is_gone(pid: int) -> bool:
    """Whether a program that was told to end does so within five seconds."""
    for _ in range(100):
        if not is_alive(pid):
            return True
        time.sleep(0.05)
    return False


def await_text(log: Path) -> str:
    for _ in range(200):
        if log.exists() and log.read_text().strip():
            return log.read_text()
        time.sleep(0.05)
    raise AssertionError("the program printed nothing")


def test_a_program_is_ended_with_what_it_started(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with running([sys.executable, "-c", PARENT], tmp_path, os.environ, log=log) as process:
        child = int(await_text(log))
        assert is_alive(child)
    assert process.poll() is not None
    assert is_gone(child)


def test_a_program_that_fails_or_hangs_is_an_error_with_its_last_words(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with pytest.raises(QbError) as raised:
        run([sys.executable, "-c", "print('no room'); exit(3)"], tmp_path, os.environ, log=log, timeout=30)
    assert "no room" in raised.value.hint
    with pytest.raises(QbError, match="did not end"):
        run([sys.executable, "-c", "import time; time.sleep(60)"], tmp_path, os.environ, log=log, timeout=0.5)


def test_node_and_npm_work_from_the_shims(tmp_path: Path) -> None:
    environment = find_node().environment(tmp_path / "bin")
    said = subprocess.run(
        ["sh", "-c", "node --version && npm --version"], env=environment, capture_output=True, text=True
    )
    assert re.fullmatch(r"v\d+\.\d+\.\d+\n\d+\.\d+\.\d+\n", said.stdout), said.stderr


def test_without_a_node_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node_module, "find_spec", lambda _: None)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(QbError) as raised:
        find_node()
    assert "quickback[local]" in raised.value.hint


def demo(scratch: Path, *options: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "TMPDIR": str(scratch), "COLUMNS": "120"}
    return subprocess.Popen(
        [sys.executable, "-m", "qb_mcp", "demo", *options],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def test_the_whole_demo_keeps_its_promises_and_leaves_nothing(tmp_path: Path) -> None:
    process = demo(tmp_path)
    said, _ = process.communicate(timeout=400)
    assert process.returncode == 0, said
    assert "compiler/definitions/firewall" in said
    assert "FIREWALL_NOT_FOUND" in said and "GUARD_FIELD_PROTECTED" in said and "a*********@m***.example" in said
    assert "✗" not in said
    assert not list(tmp_path.glob("quickback-demo-*"))


def test_an_interrupted_demo_ends_what_it_started(tmp_path: Path) -> None:
    process = demo(tmp_path)
    assert process.stdout
    for line in process.stdout:
        if "list_features" in line or "compile" in line:
            break
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert not list(tmp_path.glob("quickback-demo-*"))
