"""Every burst of edits is one compile; what is wrong is said, and nothing is written while it is."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from qb_mcp.dev.session import Round, rounds
from qb_mcp.operations.compiling import Outcome, check
from qb_mcp.scaffold.create import create
from qb_mcp.scaffold.template import TEMPLATES


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return create(TEMPLATES[0], str(tmp_path / "my-app")).root


class Editor:
    """Somebody who edits once the watcher looks, and stops the session after a while."""

    def __init__(self, root: Path) -> None:
        self.stop = threading.Event()
        self.rounds: Iterator[Round] = rounds(root, self.stop, check)
        self.root = root

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.root / "quickback" / "features" / "hiring" / path
        file.write_text(file.read_text().replace(old, new))

    def after(self, *edits: tuple[str, str, str]) -> Round:
        """The round that follows some edits, made together once the watcher has started."""
        timer = threading.Timer(0.5, lambda: [self.edit(*one) for one in edits])
        timer.start()
        try:
            return next(self.rounds)
        finally:
            timer.join()


def test_an_error_appears_with_the_edit_and_goes_with_the_next(root: Path) -> None:
    editor = Editor(root)
    assert next(editor.rounds).outcome.ok
    broken = editor.after(("jobs.ts", "firewall:", "firewal:"), ("candidates.ts", "masking:", "maskin:"))
    assert broken.edited == ("quickback/features/hiring/candidates.ts", "quickback/features/hiring/jobs.ts")
    assert not broken.outcome.ok
    mended = editor.after(("jobs.ts", "firewal:", "firewall:"), ("candidates.ts", "maskin:", "masking:"))
    assert mended.outcome.ok
    editor.stop.set()


def test_what_a_compile_writes_sets_off_no_compile(root: Path) -> None:
    editor = Editor(root)
    next(editor.rounds)
    migration = root / "quickback" / "drizzle" / "features" / "0000_a.sql"

    def write_then_edit() -> None:
        migration.parent.mkdir(parents=True)
        migration.write_text("select 1;")
        threading.Timer(0.6, lambda: editor.edit("jobs.ts", "maxLength: 120", "maxLength: 121")).start()

    threading.Timer(0.5, write_then_edit).start()
    assert next(editor.rounds).edited == ("quickback/features/hiring/jobs.ts",)
    editor.stop.set()


def test_a_round_tells_whether_a_migration_was_written(root: Path) -> None:
    outcome = Outcome(
        root, True, True, (), (), (("created", ("quickback/drizzle/features/0001_x.sql",)), ("kept", ("a",)))
    )
    assert Round((), outcome, 1).migrates
    assert Round((), outcome, 1).written == ("quickback/drizzle/features/0001_x.sql",)


def test_an_edit_made_while_a_compile_runs_is_not_missed(root: Path) -> None:
    editor = Editor(root)
    next(editor.rounds)
    threading.Event().wait(0.3)
    editor.edit("jobs.ts", "maxLength: 120", "maxLength: 121")
    threading.Event().wait(0.6)
    assert next(editor.rounds).edited == ("quickback/features/hiring/jobs.ts",)
    editor.stop.set()
