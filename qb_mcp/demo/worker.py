"""The compiled project, installed and running in workerd with a local D1."""

import http.client
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

from qb_mcp.demo.node import Node
from qb_mcp.demo.process import run, running, tail
from qb_mcp.errors import QbError

_FAILED = "Build failed"
_INSTALL, _MIGRATE, _BOOT = 300.0, 120.0, 90.0


@dataclass(frozen=True, slots=True)
class Workshop:
    """A compiled project and the Node that runs it; what the programs print goes to `log`."""

    project: Path
    node: Node
    environment: Mapping[str, str]
    log: Path

    @classmethod
    def at(cls, project: Path, node: Node, scratch: Path) -> "Workshop":
        """Prepare to run a project; `scratch` takes the shims and the log."""
        return cls(project, node, node.environment(scratch / "bin"), scratch / "demo.log")

    def install(self) -> None:
        """`npm install`."""
        self._npm("install", "--no-progress", "--prefer-offline", timeout=_INSTALL)

    def migrate(self) -> None:
        """Apply the migrations to the local databases."""
        self._npm("run", "db:migrate:local", timeout=_MIGRATE)

    @contextmanager
    def serving(self) -> Iterator[str]:
        """The URL of the running API."""
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        options = ("--ip", "127.0.0.1", "--port", str(port), "--inspector-port", "0")
        command = self._command("run", "dev", "--", *options, "--show-interactive-dev-session=false")
        with running(command, self.project, self.environment, log=self.log) as process:
            self._await_health(process, port)
            yield url

    def _npm(self, *words: str, timeout: float) -> None:
        run(self._command(*words), self.project, self.environment, log=self.log, timeout=timeout)

    def _command(self, *words: str) -> list[str]:
        return [str(self.node.program), str(self.node.npm), *words]

    def _await_health(self, process: Popen[bytes], port: int) -> None:
        deadline = time.monotonic() + _BOOT
        while time.monotonic() < deadline:
            if process.poll() is not None or _FAILED in self.log.read_text(encoding="utf-8", errors="replace"):
                raise QbError("the compiled API cannot be started", tail(self.log))
            if _is_healthy(port):
                return
            time.sleep(0.2)
        raise QbError(f"the compiled API did not answer within {_BOOT:.0f} s", tail(self.log))


def _is_healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    with suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
    connection.close()
    return False


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
