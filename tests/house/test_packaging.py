"""What a person installs: the wheel holds the whole product, works from anywhere and leaves nothing generic behind."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from house.sources import ROOT

MOVED = {
    "compiler/qb_compiler/": "qb_compiler/",
    "docs_corpus/": "qb_mcp/_assets/docs_corpus/",
    "skills/": "qb_mcp/_assets/skills/",
    "cursor_rules/": "qb_mcp/_assets/cursor_rules/",
    "qb_mcp/": "qb_mcp/",
}


def run(*command: str, cwd: Path = ROOT, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


INDEX = "qb_mcp/_assets/docs_corpus/.index/"


def all_names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def wheel_names(wheel: Path) -> set[str]:
    """What comes from the tree: everything but the search index, which the build makes."""
    return {name for name in all_names(wheel) if not name.startswith(INDEX)}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder))
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    return next(built.glob("*.whl"))


def expected_names() -> set[str]:
    tracked = run("git", "ls-files", "--cached", "--others", "--exclude-standard").splitlines()
    present = [name for name in tracked if (ROOT / name).is_file()]
    moves = [(name, old, new) for name in present for old, new in MOVED.items() if name.startswith(old)]
    return {new + name.removeprefix(old) for name, old, new in moves}


def test_the_wheel_holds_exactly_the_files_of_the_tree(wheel: Path) -> None:
    assert wheel_names(wheel) == expected_names()


def test_the_wheel_brings_the_search_index_ready_made(wheel: Path) -> None:
    assert any(name.startswith(INDEX) and name.endswith(".toc") for name in all_names(wheel))


def test_site_packages_gains_two_names_only(wheel: Path) -> None:
    assert {name.split("/")[0] for name in wheel_names(wheel)} == {"qb_mcp", "qb_compiler"}


def test_a_wheel_built_from_the_sdist_is_the_same(built: Path, wheel: Path, tmp_path: Path) -> None:
    sdist = next(built.glob("*.tar.gz"))
    run(sys.executable, "-m", "tarfile", "-e", str(sdist), str(tmp_path))
    folder = next(tmp_path.iterdir())
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path / "dist"), cwd=folder)
    again = next((tmp_path / "dist").glob("*.whl"))
    assert wheel_names(again) == wheel_names(wheel)


def test_the_installed_command_works_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    run(sys.executable, "-m", "pip", "install", "--no-deps", "--quiet", "--target", str(site), str(wheel))
    env = {"PYTHONPATH": str(site), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    root = Path(tmp_path.anchor)
    where = run(sys.executable, "-c", "import qb_mcp, qb_compiler; print(qb_mcp.__file__)", cwd=root, env=env)
    assert where.startswith(str(site))
    assert "compiler/definitions/firewall" in run(sys.executable, "-m", "qb_mcp", "docs", cwd=root, env=env)
