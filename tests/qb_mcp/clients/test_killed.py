"""An installer that is killed between two steps: the next run finishes what it began, and `remove` undoes it all."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

KILLED = """
import os, signal, sys
from qb_mcp.cli.app import main

survive = int(sys.argv[1])


def counted(step):
    def call(*given, **named):
        global survive
        if survive == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        survive -= 1
        return step(*given, **named)

    return call


os.replace, os.unlink = counted(os.replace), counted(os.unlink)
sys.exit(main(sys.argv[2:]))
"""
MESSY = '{\n  // mine\n  "mcpServers": { "other": { "command": "other" } },\n}\n'
COMMANDS = {
    "mcp": ["-c", "cursor", "-c", "claude-code", "-c", "vscode"],
    "cursor": [],
    "claude": ["--global"],
}


def snapshot(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


class Machine:
    """A home and a project of the test's own, in which commands run as processes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "home/.cursor").mkdir(parents=True)
        (root / "project/quickback").mkdir(parents=True)
        (root / "project/.cursor").mkdir()
        (root / "project/.cursor/mcp.json").write_text(MESSY)
        (root / "project/quickback/quickback.config.ts").write_text("export default {}\n")
        (root / "project/CLAUDE.md").write_text("# Mine\n")

    def run(self, survive: int, words: list[str]) -> int:
        """Runs a command that is killed before its step number `survive`; a negative number lets it live."""
        home = {"HOME": str(self.root / "home"), "PATH": os.environ["PATH"]}
        command = [sys.executable, "-c", KILLED, str(survive), *words]
        return subprocess.run(command, cwd=self.root / "project", env=home, capture_output=True, check=False).returncode

    def age(self) -> None:
        """A minute passes."""
        for path in self.root.rglob("*"):
            os.utime(path, (time.time() - 120, time.time() - 120), follow_symlinks=False)


@pytest.mark.parametrize("tool", COMMANDS)
@pytest.mark.parametrize("verb", ["install", "remove"])
def test_a_killed_command_is_finished_by_the_next_and_undone_by_remove(tmp_path: Path, tool: str, verb: str) -> None:
    options = COMMANDS[tool]
    whole = Machine(tmp_path / "whole")
    before = snapshot(whole.root)
    assert whole.run(-1, [tool, "install", *options]) == 0
    installed = snapshot(whole.root)
    steps = 0
    while True:
        machine = Machine(tmp_path / f"killed-{steps}")
        if verb == "remove":
            assert machine.run(-1, [tool, "install", *options]) == 0
        ended = machine.run(steps, [tool, verb, *options])
        if ended == 0:
            break
        assert ended == -9
        machine.age()
        if verb == "install":
            assert machine.run(-1, [tool, "install", *options]) == 0
            assert snapshot(machine.root) == installed, f"install after {steps} steps"
        assert machine.run(-1, [tool, "remove", *options]) == 0
        assert snapshot(machine.root) == before, f"remove after {steps} steps"
        steps += 1
    assert steps > 1
