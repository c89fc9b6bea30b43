"""The compiled app beside `quickback dev --serve`: wrangler reloads it whenever a compile writes."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from qb_mcp.demo.node import Node, find_node
from qb_mcp.demo.process import stop
from qb_mcp.errors import QbError

_WINDOWS = sys.platform == "win32"


class App:
    """Migrates and runs the project's app; its output goes where ours goes."""

    def __init__(self, root: Path, port: int) -> None:
        self._root, self._port = root, port
        self._node: Node = find_node()
        self._shims = Path(mkdtemp(prefix="quickback-dev-"))
        self._environment: Mapping[str, str] = self._node.environment(self._shims)
        self._process: subprocess.Popen[bytes] | None = None

    def follow(self, *, migrates: bool) -> None:
        """Start the app on the first call; apply new migrations on every one that has some."""
        if not (self._root / "node_modules").is_dir():
            self._run("install")
        if migrates or self._process is None:
            self._run("run", "db:migrate:local")
        if self._process is None or self._process.poll() is not None:
            self._process = self._start("run", "dev", "--", "--port", str(self._port))

    def end(self) -> None:
        """End the app with everything that it started."""
        if self._process:
            stop(self._process)
        rmtree(self._shims, ignore_errors=True)

    def _run(self, *words: str) -> None:
        done = subprocess.run(self._words(words), cwd=self._root, env=self._environment, stdin=subprocess.DEVNULL)
        if done.returncode:
            raise QbError(f"`npm {' '.join(words)}` failed", "its output is above; the next edit tries again")

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self._words(words),
            cwd=self._root,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            start_new_session=not _WINDOWS,
        )

    def _words(self, words: tuple[str, ...]) -> list[str]:
        return [str(self._node.program), str(self._node.npm), *words]
