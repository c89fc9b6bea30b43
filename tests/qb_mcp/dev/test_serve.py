"""`quickback dev --serve` as a person starts it: the app answers, follows an edit, and ends with the command."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from qb_mcp.demo.process import stop
from qb_mcp.demo.worker import free_port
from qb_mcp.scaffold.create import create
from qb_mcp.scaffold.template import template

JOBS = "quickback/features/hiring/jobs.ts"
COLUMN = 'team: text("team").notNull(),'


class Dev:
    """A running `quickback dev --serve` and what it printed."""

    def __init__(self, folder: Path) -> None:
        self.root = create(template("cloudflare"), str(folder / "my-app")).root
        self.port, self.log = free_port(), folder / "log"
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        command = [sys.executable, "-m", "qb_mcp", "dev", "--serve", "--port", str(self.port)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.root,
                env={**os.environ, "TMPDIR": str(self.temporary)},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def get(self, path: str) -> int:
        """The status of the answer; 0 while nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        with suppress(OSError, http.client.HTTPException):
            connection.request("GET", path)
            return connection.getresponse().status
        return 0

    def await_that(self, happened: Callable[[], bool], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            if happened():
                return
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())


@pytest.fixture
def dev(tmp_path: Path) -> Iterator[Dev]:
    running = Dev(tmp_path)
    try:
        yield running
    finally:
        stop(running.process)


def test_the_app_answers_follows_an_edit_and_ends_with_the_command(dev: Dev) -> None:
    dev.await_that(lambda: dev.get("/health") == 200, 300)
    assert dev.get("/api/v1/jobs") == 401
    table = dev.root / JOBS
    table.write_text(table.read_text().replace(COLUMN, f'{COLUMN} floor: text("floor"),'))
    dev.await_that(lambda: "0001_change_jobs.sql │ ✅" in dev.log.read_text(), 60)
    dev.await_that(lambda: dev.get("/health") == 200, 60)
    dev.process.send_signal(signal.SIGINT)
    assert dev.process.wait(30) == 0, dev.log.read_text()
    assert dev.get("/health") == 0
    assert not list(dev.temporary.glob("quickback-dev-*"))
