"""`quickback compile --out`: the project's own folder stays as it is."""

import subprocess
import sys
from pathlib import Path


def quickback(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "qb_mcp", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_everything_is_written_to_the_other_folder_and_nothing_beside_the_definitions(tmp_path: Path) -> None:
    assert quickback(tmp_path, "create", "cloudflare", "app").returncode == 0
    before = files(tmp_path / "app")
    done = quickback(tmp_path / "app", "compile", "--out", "../built")
    assert done.returncode == 0, done.stderr
    assert files(tmp_path / "app") == before
    assert {"src/index.ts", "package.json", "wrangler.toml", ".quickback/manifest.json"} <= files(tmp_path / "built")
