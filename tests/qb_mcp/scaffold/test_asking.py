"""On a terminal `quickback create` asks; with arguments, or without a terminal, it never does."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from qb_mcp.cli.app import main


def on_a_terminal(folder: Path, words: list[str], typed: str) -> tuple[int, str]:
    """Run the command with a terminal of its own; what was printed, and the exit code."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "qb_mcp", *words]
    process = subprocess.Popen(command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True)
    os.close(theirs)
    os.write(ours, typed.encode())
    said = b""
    try:
        while part := os.read(ours, 4096):
            said += part
    except OSError:
        pass  # the other end of a terminal that is closed
    os.close(ours)
    return process.wait(30), said.decode()


def test_on_a_terminal_it_asks_for_template_and_name(tmp_path: Path) -> None:
    code, said = on_a_terminal(tmp_path, ["create"], "2\nmy-saas\n")
    assert code == 0, said
    assert (tmp_path / "my-saas" / "quickback" / "features" / "billing").is_dir()


def test_an_empty_answer_takes_what_is_offered(tmp_path: Path) -> None:
    code, _ = on_a_terminal(tmp_path, ["create"], "\n\n")
    assert code == 0
    assert (tmp_path / "my-app" / "quickback" / "features" / "hiring").is_dir()


def test_with_arguments_it_never_asks(tmp_path: Path) -> None:
    code, said = on_a_terminal(tmp_path, ["create", "cloudflare"], "")
    assert code == 1
    assert "quickback create cloudflare my-app" in said


def test_without_a_terminal_it_never_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["create"]) == 1
