"""The official conformance suite in both revisions. What is excused names only features that are not offered."""

import json
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


def judge(url: str, scratch: Path, *arguments: str) -> str:
    """What the suite says of the server; it fails where a check does."""
    suite = install(PEERS / "npm") / "@modelcontextprotocol" / "conformance" / "dist" / "index.js"
    return run([str(NODE), str(suite), "server", "--url", url, *arguments, "-o", str(scratch)], scratch)


@pytest.mark.parametrize("revision", ["2025-11-25", "2026-07-28"])
def test_the_conformance_suite_passes(url: str, revision: str, tmp_path: Path) -> None:
    excused = PEERS / "excused" / f"{revision}.yml"
    said = judge(url, tmp_path, "--suite", "all", "--spec-version", revision, "--expected-failures", str(excused))
    assert "Total: " in said


@pytest.mark.parametrize("part", ["enumeration", "manifest"])
def test_the_conformance_suite_finds_the_skills_in_order(url: str, part: str, tmp_path: Path) -> None:
    said = judge(url, tmp_path, "--scenario", f"sep-2640-skills-{part}")
    assert ", 0 failed, 0 warnings" in said
    [checks] = tmp_path.rglob("checks.json")
    assert {check["status"] for check in json.loads(checks.read_text(encoding="utf-8"))} == {"SUCCESS"}
