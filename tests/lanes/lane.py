"""Boots a compiled project on 127.0.0.1: `with NodeLane.of(project) as lane: lane.url …`.

Both lanes speak one line protocol (`control.mjs`), so a test may look into the databases: `lane.sql("DB", "select …")`.
A lane runs in its own session and ends by SIGTERM to the group; it also ends by itself when this process is gone.
"""

import json
import os
import signal
import subprocess
import threading
from pathlib import Path
from queue import Empty, Queue
from types import TracebackType
from typing import ClassVar, Self

from lanes.build import bundle
from lanes.packages import LANES, NODE, node_environment, packages
from lanes.worker import Worker, read_worker
from qb_compiler.model.literal import Json

_READY_SECONDS = 60
_ANSWER_SECONDS = 60


class LaneError(AssertionError):
    """The lane did not start, or died; the text holds its log."""


class SqlError(Exception):
    """What D1 answered to a statement: the message, and that of its cause."""

    def __init__(self, message: str, cause: str) -> None:
        super().__init__(message)
        self.message = message
        self.cause = cause


class Lane:
    """A running Worker. Start it with `with`; `url` is its origin."""

    runner: ClassVar[str]

    def __init__(self, worker: Worker, *, persist: Path | None = None, port: int = 0) -> None:
        self._worker = worker
        self._persist = persist
        self._port = port
        self._messages: Queue[dict[str, Json] | None] = Queue()
        self._log: list[str] = []
        self._logged = threading.Condition()
        self._asking = threading.Lock()
        self.url = ""
        self.outbound: str | None = None
        """An origin that stands for all others: what the Worker fetches goes there, with the real URL in a header."""

    @classmethod
    def of(cls, project: Path, *, vars: dict[str, str] | None = None, persist: Path | None = None) -> Self:
        """The lane of a compiled project: bundled, bindings as in its wrangler.toml, plus `vars`."""
        worker = read_worker(project, bundle(project))
        worker.vars.update(vars or {})
        return cls(worker, persist=persist)

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [str(NODE), str(LANES / self.runner), json.dumps(self._config())],
            env=node_environment({"NODE_NO_WARNINGS": "1"}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        threading.Thread(target=self._listen, daemon=True).start()
        try:
            self.url = f"http://127.0.0.1:{self._next(_READY_SECONDS)['ready']}"
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        """The runner's process, which also leads its group."""
        return self._process.pid

    @property
    def log(self) -> str:
        """What the Worker and its runner printed so far."""
        return "".join(self._log)

    def await_log(self, text: str, since: int = 0) -> None:
        """Waits until the Worker has printed this, `since` characters from the start: it may come after the answer."""
        with self._logged:
            assert self._logged.wait_for(lambda: text in self.log[since:], _ANSWER_SECONDS), self.log

    def stop(self) -> None:
        """Ends the lane and everything it started."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def sql(self, binding: str, statement: str, *parameters: Json) -> list[dict[str, Json]]:
        """The rows of a statement."""
        answer = self.call(binding, "all", [(statement, parameters)])
        assert isinstance(answer, dict)
        rows = answer["results"]
        assert isinstance(rows, list)
        return rows

    def trace(self, binding: str) -> list[str]:
        """What ran since the last such call (Node only): how many rows each statement gave, and its SQL."""
        ran = self.call(binding, "trace", [])
        assert isinstance(ran, list)
        return [str(one) for one in ran]

    def call(
        self,
        binding: str,
        method: str,
        statements: list[tuple[str, tuple[Json, ...]]],
        argument: Json = None,
    ) -> Json:
        """Calls D1 itself: `method` is all, run, first, raw, exec, or batch for several statements."""
        request = {
            "id": 1,
            "binding": binding,
            "call": method,
            "statements": [{"sql": sql, "parameters": parameters} for sql, parameters in statements],
            "argument": argument,
        }
        with self._asking:
            assert self._process.stdin
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            answer = self._next(_ANSWER_SECONDS)
        if "error" in answer:
            raise SqlError(str(answer["error"]), str(answer["cause"]))
        return answer["value"]

    def _config(self) -> dict[str, Json]:
        worker = self._worker
        return {
            "script": str(worker.script.resolve()) if worker.script else None,
            "port": self._port,
            "modules": str(packages()),
            "persist": str(self._persist) if self._persist else None,
            "outbound": self.outbound,
            "vars": dict(worker.vars),
            "compatibilityDate": worker.compatibility_date,
            "compatibilityFlags": list(worker.compatibility_flags),
            "databases": [
                {"binding": database.binding, "migrations": str(database.migrations) if database.migrations else None}
                for database in worker.databases
            ],
            "rateLimits": [
                {"binding": limit.binding, "limit": limit.limit, "period": limit.period} for limit in worker.rate_limits
            ],
        }

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            if line.startswith("@lane "):
                self._messages.put(json.loads(line.removeprefix("@lane ")))
            else:
                with self._logged:
                    self._log.append(line)
                    self._logged.notify_all()
        self._messages.put(None)

    def _next(self, seconds: float) -> dict[str, Json]:
        try:
            message = self._messages.get(timeout=seconds)
        except Empty:
            raise LaneError(f"{self.runner} gave no answer in {seconds} s\n{self.log}") from None
        if message is None:
            raise LaneError(f"{self.runner} ended\n{self.log}")
        return message


class NodeLane(Lane):
    """The Workers bundle in Node over the D1 shim: starts in a fifth of a second."""

    runner = "node_runner.mjs"


class WorkerdLane(Lane):
    """Real workerd through miniflare: the judge."""

    runner = "workerd_runner.mjs"
