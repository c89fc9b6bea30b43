"""Whatever lies in a project folder is answered with a diagnostic, quickly, and nothing outside of it is read."""

import os
import time
from pathlib import Path

import pytest

from compiler.source.test_project import CONFIG, write
from qb_compiler import check_project
from qb_compiler.diagnostics.diagnostic import Diagnostic
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.source.project import read_sources

TABLE = "quickback/features/jobs/jobs.ts"


def found(root: Path, overlay: dict[str, str] | None = None) -> list[Diagnostic]:
    problems = Problems()
    read_sources(root, problems, overlay)
    return list(problems.diagnostics)


def codes(root: Path, overlay: dict[str, str] | None = None) -> list[str]:
    return [diagnostic.code for diagnostic in found(root, overlay)]


def test_no_project_is_said_with_the_place_that_was_searched(tmp_path: Path) -> None:
    (diagnostic,) = check_project(tmp_path).diagnostics
    assert diagnostic.code == "QB1001"
    assert str(tmp_path) in diagnostic.message


def test_definitions_without_a_config_are_no_project(tmp_path: Path) -> None:
    assert codes(write(tmp_path, TABLE)) == ["QB1011"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0", "QB1003"),
        ("export {};".encode("utf-16"), "QB1003"),
        (b"\xff\xfee\0x\0", "QB1003"),
        (b"const caf\xe9 = 1;", "QB1004"),
        (b"const a = 1;\nconst b = '\xc3\x28';", "QB1004"),
        (b"\xed\xa0\x80", "QB1004"),
        (b"// " + b"x" * 1_000_000, "QB1005"),
    ],
)
def test_a_file_that_is_no_source_text_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    (write(tmp_path, CONFIG, TABLE) / TABLE).write_bytes(content)
    (diagnostic,) = found(tmp_path)
    assert diagnostic.code == code
    assert diagnostic.primary
    assert diagnostic.primary.span.file.path == TABLE


def test_bytes_that_are_not_utf8_are_marked_where_they_stand(tmp_path: Path) -> None:
    (write(tmp_path, CONFIG, TABLE) / TABLE).write_bytes("// é\nconst x = '".encode() + b"\xff';")
    (diagnostic,) = found(tmp_path)
    assert diagnostic.primary
    assert (diagnostic.primary.span.line, diagnostic.primary.span.column) == (2, 12)


@pytest.mark.parametrize("megabytes", [5, 10])
def test_a_huge_file_is_refused_without_being_read(tmp_path: Path, megabytes: int) -> None:
    with (write(tmp_path, CONFIG, TABLE) / TABLE).open("wb") as file:
        file.truncate(megabytes * 1_000_000)
    start = time.perf_counter()
    assert codes(tmp_path) == ["QB1005"]
    assert time.perf_counter() - start < 1


def test_a_file_without_permission_is_said(tmp_path: Path) -> None:
    path = write(tmp_path, CONFIG, TABLE) / TABLE
    path.chmod(0)
    try:
        path.read_bytes()
    except PermissionError:
        assert codes(tmp_path) == ["QB1002"]
    else:
        assert codes(tmp_path) == [], "the superuser reads everything"


def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path / "elsewhere", "secret.ts") / "secret.ts"
    root = write(tmp_path / "app", CONFIG, "quickback/features/jobs/other.ts")
    (root / TABLE).symlink_to(secret)
    (root / "quickback/features/people").symlink_to(secret.parent, target_is_directory=True)
    assert codes(root) == ["QB1006", "QB1006"]
    assert not any("secret" in file for file in read_sources(root, Problems()).all)


def test_an_import_through_a_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path / "elsewhere", "secret.ts") / "secret.ts"
    root = write(tmp_path / "app", CONFIG, **{TABLE: 'import x from "../../shared/x";'})
    (root / "quickback/shared").symlink_to(secret.parent, target_is_directory=True)
    (root / "quickback/shared/x.ts").write_text("")
    assert codes(root) == ["QB1006"]


def test_a_link_inside_the_project_is_followed(tmp_path: Path) -> None:
    root = write(tmp_path, CONFIG, "lib/jobs.ts", "quickback/features/jobs/other.ts")
    (root / TABLE).symlink_to(root / "lib/jobs.ts")
    assert codes(root) == []
    assert TABLE in read_sources(root, Problems()).all


@pytest.mark.parametrize("target", ["..", "../..", ".", "again"])
def test_a_link_in_circles_ends(tmp_path: Path, target: str) -> None:
    root = write(tmp_path, CONFIG, TABLE)
    (root / "quickback/features/jobs/again").symlink_to(target, target_is_directory=True)
    assert set(codes(root)) <= {"QB1007"}
    (root / "quickback/features/jobs/loop.ts").symlink_to("loop.ts")
    assert "QB1007" in codes(root)


def test_folders_linked_to_each_other_end(tmp_path: Path) -> None:
    root = write(tmp_path, CONFIG, "quickback/features/a/x/a.ts", "quickback/features/b/y/b.ts")
    (root / "quickback/features/a/x/b").symlink_to("../../b", target_is_directory=True)
    (root / "quickback/features/b/y/a").symlink_to("../../a", target_is_directory=True)
    assert set(codes(root)) == {"QB1007"}


def test_a_folder_or_pipe_with_the_name_of_a_file_is_refused(tmp_path: Path) -> None:
    root = write(tmp_path, CONFIG, "quickback/features/jobs/other.ts")
    os.mkfifo(root / TABLE)
    (root / "quickback/features/jobs/folder.ts").mkdir()
    assert codes(root) == ["QB1008", "QB1008"]


def test_a_config_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / CONFIG).mkdir(parents=True)
    assert codes(tmp_path) == ["QB1008", "QB1011"] or codes(tmp_path) == ["QB1011", "QB1008"]


def test_a_file_name_that_is_no_text_is_refused(tmp_path: Path) -> None:
    root = write(tmp_path, CONFIG, "quickback/features/jobs/line\nbreak.ts")
    (diagnostic,) = found(root)
    assert diagnostic.code == "QB1009"
    assert "\n" not in diagnostic.message


@pytest.mark.parametrize(
    "text",
    [
        "{", "[]", '"x"', '{"compilerOptions": []}', '{"compilerOptions": {"paths": []}}', "[" * 100_000,
        '{"compilerOptions": {"paths": {"@x": "x"}}}', '{"compilerOptions": {"paths": {"@x": [1]}}}', "",
    ],
)  # fmt: skip
def test_a_tsconfig_that_makes_no_sense_is_a_warning(tmp_path: Path, text: str) -> None:
    (diagnostic,) = found(write(tmp_path, CONFIG, **{"tsconfig.json": text}))
    assert (diagnostic.code, str(diagnostic.level)) == ("QB1010", "warning")


def test_a_tsconfig_that_extends_itself_ends(tmp_path: Path) -> None:
    text = '{"extends": "./tsconfig.json", "compilerOptions": {"baseUrl": "."}}'
    assert codes(write(tmp_path, CONFIG, **{"tsconfig.json": text})) == []


def test_a_tsconfig_inherits_paths(tmp_path: Path) -> None:
    base = '{"compilerOptions": {"baseUrl": "quickback", "paths": {"#/*": ["./shared/*"]}}}'
    extending = '{"extends": ["./config/base", "@tsconfig/strict"]}'
    files = {"config/base.json": base.replace('"quickback"', '"../quickback"'), "tsconfig.json": extending}
    aliases = read_sources(write(tmp_path, CONFIG, **files), Problems()).aliases
    assert (aliases.patterns, aliases.base) == ((("#/*", ("quickback/shared/*",)),), "quickback")


def test_unsaved_text_may_be_bad_as_well(tmp_path: Path) -> None:
    write(tmp_path, CONFIG, TABLE)
    assert codes(tmp_path, {TABLE: "\0"}) == ["QB1003"]
    assert codes(tmp_path, {TABLE: "x" * 1_000_001}) == ["QB1005"]
    assert codes(tmp_path, {TABLE: "const a = '\ud800';"}) == ["QB1004"]
    assert codes(tmp_path, {"../outside.ts": "x", "/etc/x.ts": "x"}) == []


def test_half_written_files_say_where_they_end(tmp_path: Path) -> None:
    write(tmp_path, CONFIG, **{TABLE: "export default defineTable(jobs, {\n  firewall: { organ"})
    (diagnostic,) = check_project(tmp_path).diagnostics
    assert diagnostic.code == "QB1102"


def test_an_imported_json_file_is_held_to_the_same_limits(tmp_path: Path) -> None:
    secret = write(tmp_path / "elsewhere", "secret.json") / "secret.json"
    importing = 'import secret from "./secret.json"; import large from "./large.json";'
    root = write(tmp_path / "app", CONFIG, **{TABLE: importing})
    (root / TABLE).with_name("secret.json").symlink_to(secret)
    (root / TABLE).with_name("large.json").write_text("1" * 1_000_001)
    assert codes(root) == ["QB1005", "QB1006"]


def test_a_folder_with_more_files_than_any_project_is_not_read_to_the_end(tmp_path: Path) -> None:
    texts = {f"quickback/features/vendor/lib/f{number}.txt": "" for number in range(20_000)}
    assert codes(write(tmp_path, CONFIG, TABLE), texts) == ["QB1012"]
