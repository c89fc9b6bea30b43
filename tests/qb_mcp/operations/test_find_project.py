"""Which project is meant, and what is said when that is not clear."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from qb_mcp.errors import QbError
from qb_mcp.operations.find_project import FoundProject, Surroundings, find_project


def project(folder: Path) -> Path:
    config = folder / "quickback" / "quickback.config.ts"
    config.parent.mkdir(parents=True)
    config.write_text("export default {};\n", encoding="utf-8")
    return folder


def around(
    cwd: Path,
    *,
    option: Path | None = None,
    environment: Mapping[str, str] | None = None,
    roots: tuple[Path, ...] = (),
    confined: bool = False,
) -> Surroundings:
    return Surroundings(str(option) if option else None, environment or {}, roots, cwd, confined)


def test_each_rule_beats_those_after_it(tmp_path: Path) -> None:
    names = ("argument", "option", "variable", "claude", "root", "cwd")
    argument, option, variable, claude, root, cwd = (project(tmp_path / name) for name in names)
    environment = {"QUICKBACK_PROJECT": str(variable), "CLAUDE_PROJECT_DIR": str(claude)}
    everything = around(cwd, option=option, environment=environment, roots=(root,))
    assert find_project(str(argument), everything) == FoundProject(argument, "the `project` argument")
    assert find_project(None, everything) == FoundProject(option, "--project")
    assert find_project(None, around(cwd, environment=environment, roots=(root,))).rule == "QUICKBACK_PROJECT"
    del environment["QUICKBACK_PROJECT"]
    assert find_project(None, around(cwd, environment=environment, roots=(root,))).rule == "CLAUDE_PROJECT_DIR"
    assert find_project(None, around(cwd, roots=(root,))) == FoundProject(root, "a root of the client")
    assert find_project(None, around(cwd)) == FoundProject(cwd, "the working directory")


def test_a_folder_inside_a_project_means_the_project(tmp_path: Path) -> None:
    root = project(tmp_path)
    inside = root / "quickback" / "features" / "hiring"
    inside.mkdir(parents=True)
    assert find_project(None, around(inside)) == FoundProject(root, "the working directory, upwards")


def test_the_only_project_below_is_meant(tmp_path: Path) -> None:
    root = project(tmp_path / "apps" / "api")
    assert find_project(None, around(tmp_path)) == FoundProject(root, "the working directory, downwards")


def test_several_projects_below_are_listed_and_none_is_guessed(tmp_path: Path) -> None:
    first, second = project(tmp_path / "apps" / "a"), project(tmp_path / "apps" / "b")
    with pytest.raises(QbError, match="2 projects lie below") as raised:
        find_project(None, around(tmp_path))
    assert f"`{first}`, `{second}`" in raised.value.message
    assert "`project`" in raised.value.hint


@pytest.mark.parametrize("folder", ["node_modules/kit", ".cache/kit", "a/b/c/d"])
def test_the_search_below_is_bounded(tmp_path: Path, folder: str) -> None:
    project(tmp_path / folder)
    with pytest.raises(QbError, match="no Quickback project in or around"):
        find_project(None, around(tmp_path))


def test_links_are_not_followed_on_the_way_down(tmp_path: Path) -> None:
    project(tmp_path / "elsewhere" / "real")
    work = tmp_path / "work"
    work.mkdir()
    (work / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(QbError, match="no Quickback project"):
        find_project(None, around(work))


def test_an_explicit_place_without_a_project_is_an_error_and_not_passed_over(tmp_path: Path) -> None:
    cwd, empty = project(tmp_path / "cwd"), tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(QbError, match=r"--project names .*, where no `quickback/quickback.config.ts` is"):
        find_project(None, around(cwd, option=empty))
    with pytest.raises(QbError, match="does not exist"):
        find_project(str(tmp_path / "nowhere"), around(cwd))


def test_a_server_takes_arguments_only_inside_what_it_was_started_for(tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    api, web = project(repository / "api"), project(repository / "web")
    other = project(tmp_path / "other")
    assert find_project(str(web), around(api, confined=True)).root == web
    assert find_project("../web", around(api, confined=True)).root == web
    with pytest.raises(QbError, match="outside the folders this server was started for"):
        find_project(str(other), around(api, confined=True))


def test_a_nul_character_in_a_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QbError, match="NUL"):
        find_project("a\0b", around(tmp_path))
