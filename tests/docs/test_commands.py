"""Every shell block runs: commands of ours for real in a project made for it, scripts and tools of others by name."""

import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.fences import Fence, all_fences
from qb_compiler import compile_project
from qb_compiler.diagnostics.render.concise import render
from qb_mcp.cli.app import main

BLOCKS = all_fences("bash", "yaml")
OTHERS = {"pip", "npm", "npx", "curl", "git", "cd", "echo"}
# The demo installs npm packages and boots a Worker: tests/qb_mcp/demo runs it. The server talks until its input ends.
LONG = ("demo", "mcp", "dev", "docs serve")
QUIET = {"git": ["-c", "user.name=docs", "-c", "user.email=docs@example.com", "-c", "init.defaultBranch=main"]}


def commands(fence: Fence) -> Iterator[list[str]]:
    """The commands of a block, continued lines joined, comments and `- run:` dropped."""
    text = fence.text.replace("\\\n", " ")
    for line in text.splitlines():
        words = shlex.split(line.removeprefix("- run:").strip(), comments=True)
        if words:
            yield words


def git(root: Path, *words: str) -> None:
    subprocess.run(["git", *QUIET["git"], *words], cwd=root, check=True, capture_output=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A compiled project of the template, committed."""
    root = tmp_path_factory.mktemp("made") / "sample"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(root.parent))
        assert main(["create", "cloudflare", str(root), "--json"]) == 0
    result = compile_project(root)
    assert result.ok, render(result.diagnostics)
    git(root, "init")
    git(root, "add", ".")
    git(root, "commit", "-m", "First state")
    git(root, "update-ref", "refs/remotes/origin/main", "HEAD")
    return root


@pytest.fixture
def project(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it that a reader of the documentation is in, with a home folder of its own."""
    monkeypatch.setenv("HOME", str(tmp_path))
    root = Path(shutil.copytree(made, tmp_path / "sample"))
    monkeypatch.chdir(root)
    return root


OURS = [fence for fence in BLOCKS if any(words[0] == "quickback" for words in commands(fence))]


@pytest.mark.parametrize("fence", OURS, ids=lambda fence: fence.name)
def test_the_commands_of_a_block_run(fence: Fence, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in commands(fence):
        if words[0] == "cd":
            monkeypatch.chdir(words[1])
        elif words[0] == "quickback":
            asked = ["--help"] if " ".join(words[1:]) in LONG else []
            assert main([*words[1:], *asked]) == 0, " ".join(words)


@pytest.mark.parametrize("fence", BLOCKS, ids=lambda fence: fence.name)
def test_a_block_uses_known_tools_and_scripts_that_are_written(fence: Fence, project: Path) -> None:
    scripts = (project / "package.json").read_text(encoding="utf-8")
    for words in commands(fence):
        assert words[0] in {"quickback", *OTHERS}
        if words[:2] == ["npm", "run"]:
            assert f'"{words[2]}":' in scripts, " ".join(words)
