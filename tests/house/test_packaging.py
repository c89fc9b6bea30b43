"""What a person installs: the wheel holds the whole product, works from anywhere and leaves nothing generic behind."""

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import anyio
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters

from house.sources import ROOT
from qb_mcp.server.tools import offered_tools
from release.bundle import bundle

UV, UVX = (str(Path(sysconfig.get_path("scripts")) / name) for name in ("uv", "uvx"))

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


def fixed(seed: str) -> dict[str, str]:
    """The environment of a build: the time is given, the order of sets and dictionaries is not."""
    return {**os.environ, "SOURCE_DATE_EPOCH": "1700000000", "PYTHONHASHSEED": seed}


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
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), env=fixed("1"))
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


def test_building_again_from_the_sdist_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    sdist = next(built.glob("*.tar.gz"))
    run(sys.executable, "-m", "tarfile", "-e", str(sdist), str(tmp_path))
    folder = next(tmp_path.iterdir())
    again = tmp_path / "dist"
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(again), cwd=folder, env=fixed("2"))
    assert {path.name: path.read_bytes() for path in again.iterdir()} == {
        path.name: path.read_bytes() for path in built.iterdir()
    }


def test_the_installed_command_works_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    run(sys.executable, "-m", "pip", "install", "--no-deps", "--quiet", "--target", str(site), str(wheel))
    env = {"PYTHONPATH": str(site), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    root = Path(tmp_path.anchor)
    where = run(sys.executable, "-c", "import qb_mcp, qb_compiler; print(qb_mcp.__file__)", cwd=root, env=env)
    assert where.startswith(str(site))
    assert "compiler/definitions/firewall" in run(sys.executable, "-m", "qb_mcp", "docs", cwd=root, env=env)


async def tools_offered(command: str, *args: str) -> list[str]:
    """The tools of a server that is started as a client starts it."""
    async with Client(StdioServerParameters(command=command, args=list(args), env=dict(os.environ))) as client:
        return [tool.name for tool in (await client.list_tools()).tools]


def test_uvx_starts_the_server_from_the_wheel(wheel: Path) -> None:
    words = ("--python", sys.executable, "--from", str(wheel), "quickback", "mcp")
    assert anyio.run(tools_offered, UVX, *words) == [tool.name for tool in offered_tools()]


def test_the_bundle_is_the_same_when_packed_twice_and_starts_the_server(wheel: Path, tmp_path: Path) -> None:
    copy = tmp_path / wheel.name
    copy.write_bytes(wheel.read_bytes())
    packed = bundle(copy)
    first = packed.read_bytes()
    assert bundle(copy).read_bytes() == first
    opened = tmp_path / "opened"
    zipfile.ZipFile(packed).extractall(opened)
    started = json.loads((opened / "manifest.json").read_text(encoding="utf-8"))["server"]["mcp_config"]
    words = [word.replace("${__dirname}", str(opened)) for word in started["args"]]
    assert started["command"] == "uv"
    words.insert(1, f"--python={sys.executable}")
    assert anyio.run(tools_offered, UV, *words) == [tool.name for tool in offered_tools()]
