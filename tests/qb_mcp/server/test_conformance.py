"""The official conformance suite in both revisions. What is excused names only features that are not offered."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lanes.packages import NODE, install, run
from mcp_peers.project import write_project

PEERS = Path(__file__).parents[2] / "mcp_peers"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    project = write_project(tmp_path_factory.mktemp("project"))
    process = subprocess.Popen(
        [sys.executable, "-m", "mcp_peers.http_server", str(project)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=PEERS.parent,
        text=True,
    )
    assert process.stdout
    yield f"http://127.0.0.1:{process.stdout.readline().strip()}/mcp"
    process.terminate()
    process.communicate()


@pytest.mark.parametrize("revision", ["2025-11-25", "2026-07-28"])
def test_the_conformance_suite_passes(url: str, revision: str, tmp_path: Path) -> None:
    suite = install(PEERS / "npm") / "@modelcontextprotocol" / "conformance" / "dist" / "index.js"
    excused = PEERS / "excused" / f"{revision}.yml"
    command = [str(NODE), str(suite), "server", "--url", url, "--suite", "all", "--spec-version", revision]
    said = run([*command, "--expected-failures", str(excused), "-o", str(tmp_path)], tmp_path)
    assert "Total: " in said
