"""On a terminal `quickback create` asks; with arguments, or without a terminal, it never does."""

import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from qb_mcp.cli.app import main

TEMPLATE, NAME, AHEAD = "Which template?", "What is it called?", "Go ahead?"
ENTER, DOWN, CLEAR = "\r", "\x1b[B", "\x15"


def on_a_terminal(folder: Path, words: list[str], *answers: tuple[str, str]) -> tuple[int, str]:
    """Run the command with a terminal of its own, typing each answer once its question is there."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "qb_mcp", *words]
    process = subprocess.Popen(command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True)
    os.close(theirs)
    said, answered, left = "", 0, list(answers)
    with suppress(OSError):  # the other end of a terminal that is closed
        while part := os.read(ours, 4096):
            said += part.decode()
            while left and left[0][0] in said[answered:]:
                answered = said.index(left[0][0], answered) + len(left[0][0])
                os.write(ours, left.pop(0)[1].encode())
    os.close(ours)
    return process.wait(30), said


def test_on_a_terminal_it_asks_for_template_and_name(tmp_path: Path) -> None:
    code, said = on_a_terminal(tmp_path, ["create"], (TEMPLATE, DOWN + ENTER), (NAME, CLEAR + "my-saas" + ENTER))
    assert code == 0, said
    assert (tmp_path / "my-saas" / "quickback" / "features" / "billing").is_dir()


def test_an_empty_answer_takes_what_is_offered(tmp_path: Path) -> None:
    code, _ = on_a_terminal(tmp_path, ["create"], (TEMPLATE, ENTER), (NAME, ENTER))
    assert code == 0
    assert (tmp_path / "my-app" / "quickback" / "features" / "hiring").is_dir()


def test_a_name_that_cannot_be_is_asked_for_again(tmp_path: Path) -> None:
    wrong, right = (NAME, CLEAR + "My App" + ENTER), ("cannot be", CLEAR + "fine" + ENTER)
    code, said = on_a_terminal(tmp_path, ["create"], (TEMPLATE, ENTER), wrong, right)
    assert code == 0, said
    assert (tmp_path / "fine" / "quickback").is_dir()


def test_interrupting_a_question_changes_nothing(tmp_path: Path) -> None:
    code, _ = on_a_terminal(tmp_path, ["create"], (TEMPLATE, "\x03"))
    assert code == 130
    assert not list(tmp_path.iterdir())


def test_a_plan_is_carried_out_only_with_a_yes(tmp_path: Path) -> None:
    words = ["cursor", "install", "--root", str(tmp_path)]
    assert on_a_terminal(tmp_path, words, (AHEAD, "n"))[0] == 1
    assert not list(tmp_path.iterdir())
    assert on_a_terminal(tmp_path, words, (AHEAD, "y"))[0] == 0
    assert (tmp_path / ".cursor" / "rules" / "quickback.mdc").is_file()


def test_with_arguments_it_never_asks(tmp_path: Path) -> None:
    code, said = on_a_terminal(tmp_path, ["create", "cloudflare"])
    assert code == 1
    assert "quickback create cloudflare my-app" in said


def test_without_a_terminal_it_never_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["create"]) == 1
