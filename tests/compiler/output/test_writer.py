"""What happens on disk: nothing twice, no edit lost, nothing outside, never a mixture."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qb_compiler.diagnostics.problem import Problems
from qb_compiler.output import journal, writer
from qb_compiler.output.difference import difference
from qb_compiler.output.file_set import FileSet
from qb_compiler.output.lock import locked
from qb_compiler.output.manifest import NAME


def file_set(**files: str) -> FileSet:
    """`src__index="x"` is `src/index.ts` with the text `x`."""
    result = FileSet()
    for name, text in files.items():
        result.add(f"{name.replace('__', '/')}.ts", text)
    return result


def codes(problems: Problems) -> list[str]:
    return [diagnostic.code for diagnostic in problems.diagnostics]


def snapshot(root: Path) -> dict[str, bytes]:
    found = (path for path in root.rglob("*") if path.is_file() and path.name != "lock")
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def write(root: Path, files: FileSet, force: bool = False) -> list[str]:
    problems = Problems()
    writer.write(root, files, problems, force)
    return codes(problems)


def test_a_second_write_of_the_same_files_changes_no_byte(tmp_path: Path) -> None:
    assert write(tmp_path, file_set(src__index="a", src__lib__x="b")) == []
    before = snapshot(tmp_path)
    assert write(tmp_path, file_set(src__index="a", src__lib__x="b")) == []
    assert snapshot(tmp_path) == before
    assert before["src/index.ts"] == b"a"


def test_an_edited_file_is_kept_and_reported_until_forced(tmp_path: Path) -> None:
    write(tmp_path, file_set(src__index="a"))
    (tmp_path / "src/index.ts").write_text("mine")
    assert write(tmp_path, file_set(src__index="b")) == ["QB6003"]
    assert (tmp_path / "src/index.ts").read_text() == "mine"
    assert write(tmp_path, file_set(src__index="b"), force=True) == []
    assert (tmp_path / "src/index.ts").read_text() == "b"


def test_a_file_that_was_there_before_the_first_compile_is_kept(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src/index.ts").write_text("mine")
    assert write(tmp_path, file_set(src__index="a")) == ["QB6003"]
    assert write(tmp_path, FileSet()) == []
    assert (tmp_path / "src/index.ts").read_text() == "mine"


def test_an_edit_taken_back_is_ours_again(tmp_path: Path) -> None:
    write(tmp_path, file_set(src__index="a"))
    (tmp_path / "src/index.ts").write_text("mine")
    write(tmp_path, file_set(src__index="b"))
    (tmp_path / "src/index.ts").write_text("a")
    assert write(tmp_path, file_set(src__index="b")) == []
    assert (tmp_path / "src/index.ts").read_text() == "b"


def test_a_stale_file_goes_only_if_it_is_as_we_wrote_it(tmp_path: Path) -> None:
    write(tmp_path, file_set(src__old__a="a", src__old__b="b"))
    (tmp_path / "src/old/b.ts").write_text("mine")
    assert write(tmp_path, file_set(src__index="x")) == ["QB6003"]
    assert sorted(snapshot(tmp_path)) == [NAME, "src/index.ts", "src/old/b.ts"]


def test_a_merged_file_is_written_over_the_authors_text(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text("{}")
    files = FileSet()
    files.add("package.json", '{"name":"x"}', merged=True)
    assert write(tmp_path, files) == []
    assert (tmp_path / "package.json").read_text() == '{"name":"x"}'


@pytest.mark.parametrize("link", ["src", "src/lib", "src/lib/x.ts", ".quickback"])
def test_nothing_is_written_when_a_link_is_on_the_way(tmp_path: Path, link: str) -> None:
    root, outside = tmp_path / "project", tmp_path / "outside"
    outside.mkdir()
    (root / link).parent.mkdir(parents=True)
    (root / link).symlink_to(outside)
    assert write(root, file_set(src__lib__x="a", other="b")) == ["QB6002"]
    assert list(outside.iterdir()) == []
    assert not (root / "other.ts").exists()


def test_a_failing_move_puts_everything_back(tmp_path: Path) -> None:
    write(tmp_path, file_set(a="1", b="1"))
    before = snapshot(tmp_path)
    (tmp_path / "c.ts").mkdir()
    files = file_set(a="2", b="2")
    files.add("c.ts/inner/x.ts", "fine")
    files.add("b.ts/under", "cannot be: b.ts is a file")
    assert write(tmp_path, files) == ["QB6001"]
    assert snapshot(tmp_path) == before


CRASHING = """
import os, sys
from pathlib import Path
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.output import journal, writer
from qb_compiler.output.file_set import FileSet

root, survive = Path(sys.argv[1]), int(sys.argv[2])
perform = journal._perform

def counted(root, move, left=[survive]):
    if left[0] == 0:
        os._exit(9)
    left[0] -= 1
    perform(root, move)

journal._perform = counted
files = FileSet()
for name in "abcd":
    files.add(f"src/{name}.ts", "new")
writer.write(root, files, Problems())
"""


@pytest.mark.parametrize("survive", [0, 1, 2, 3])
def test_a_killed_write_is_finished_by_the_next_command(tmp_path: Path, survive: int) -> None:
    write(tmp_path, file_set(**{f"src__{name}": "old" for name in "abcx"}))
    done = subprocess.run([sys.executable, "-c", CRASHING, str(tmp_path), str(survive)], check=False)
    assert done.returncode == 9
    writer.recover(tmp_path)
    files = snapshot(tmp_path)
    manifest = json.loads(files.pop(NAME))
    assert files == {f"src/{name}.ts": b"new" for name in "abcd"}
    assert sorted(manifest["files"]) == sorted(files)


def test_a_set_that_was_not_decided_leaves_nothing_behind(tmp_path: Path) -> None:
    write(tmp_path, file_set(a="old"))
    before = snapshot(tmp_path)
    (tmp_path / journal.STAGING).mkdir()
    (tmp_path / journal.STAGING / "0.new").write_text("half")
    writer.recover(tmp_path)
    assert snapshot(tmp_path) == before


def test_a_planted_journal_cannot_reach_outside_or_into_the_definitions(tmp_path: Path) -> None:
    root = tmp_path / "project"
    (root / journal.STAGING).mkdir(parents=True)
    (root / "quickback/features").mkdir(parents=True)
    (root / "quickback/features/jobs.ts").write_text("mine")
    (root / journal.STAGING / "0.new").write_text("evil")
    (root / journal.STAGING / "1.new").write_text("evil")
    (tmp_path / "victim.ts").write_text("mine")
    moves = [
        {"path": "../victim.ts", "staged": "0.new", "before": None},
        {"path": "quickback/features/jobs.ts", "staged": "1.new", "before": None},
        {"path": "src/x.ts", "staged": "../../../victim.ts", "before": None},
    ]
    (root / journal.JOURNAL).write_text(json.dumps(moves))
    writer.recover(root)
    assert (tmp_path / "victim.ts").read_text() == "mine"
    assert snapshot(root) == {"quickback/features/jobs.ts": b"mine"}


def test_two_writers_at_once_leave_one_whole_set(tmp_path: Path) -> None:
    sets = [file_set(**{f"src__f{n}": str(number) for n in range(30)}) for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda files: write(tmp_path, files), sets))
    assert found == [[], [], [], []]
    texts = {path.read_text() for path in (tmp_path / "src").iterdir()}
    assert len(texts) == 1


def test_a_full_disk_changes_nothing(tmp_path: Path) -> None:
    """/dev/full refuses every write the way a full disk does."""
    write(tmp_path, file_set(a="old"))
    before = snapshot(tmp_path)
    (tmp_path / journal.STAGING).mkdir()
    (tmp_path / journal.STAGING / "keep").write_text("")
    problems = Problems()
    error = OSError(28, os.strerror(28), str(tmp_path / "a.ts"))
    problems.report(writer._failure(tmp_path, error))
    assert codes(problems) == ["QB6005"]
    with pytest.raises(OSError, match="No space left") as raised:
        journal.write_durably([(Path("/dev/full"), b"x" * 10_000)])
    assert raised.value.filename == "/dev/full"
    writer.recover(tmp_path)
    assert snapshot(tmp_path) == before


def test_the_difference_shows_changed_new_and_removed_files(tmp_path: Path) -> None:
    write(tmp_path, file_set(a="one\n", gone="x\n"))
    files = file_set(a="two\n", new="y\n")
    text = difference(tmp_path, files, writer.plan(tmp_path, files))
    assert text == (
        "--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-one\n+two\n"
        "--- a/gone.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n"
        "--- /dev/null\n+++ b/new.ts\n@@ -0,0 +1 @@\n+y\n"
    )


def test_a_project_that_another_command_is_writing_is_left_alone(tmp_path: Path) -> None:
    with locked(tmp_path):
        problems = Problems()
        writer.write(tmp_path, file_set(src__index="a"), problems, patience=0)
    assert codes(problems) == ["QB6004"]
    assert not (tmp_path / "src").exists()
