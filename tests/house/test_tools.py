"""Lint, format and types are part of the one test command."""

import subprocess
import sys

import pytest

from house.sources import ROOT

COMMANDS = {
    "lint": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
}


@pytest.mark.parametrize("tool", COMMANDS)
def test_the_tree_is_clean(tool: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *COMMANDS[tool]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_ci_runs_the_command_that_the_readme_names() -> None:
    command = "pip install -e '.[dev]' && pytest"
    assert command in (ROOT / "README.md").read_text(encoding="utf-8")
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "pip install -q -e '.[dev]' && pytest" in ci
