"""Asks one module of the HTTP suite: `python -m mutation.over_http BUILD MODULE TASK ANSWERS`, a line for each answer.

The fixtures of the module are set up once, with nothing weakened, and the databases are remembered. TASK is JSON: for
each number the tests to run, each on those databases with that weakening on. A test that fails has noticed it if it
passes right after with nothing on. Without a TASK (`{}`) the answers say what each test reaches.
"""

import json
import os
import signal
import sys
import time
from pathlib import Path

import pytest
from _pytest.fixtures import SubRequest
from _pytest.runner import runtestprotocol

from http_suite.apps import OTHER_APPS
from mutation import pytest_run, switched_lane
from mutation.pytest_run import is_in_node
from mutation.switched_lane import NOTHING, PATIENCE, SWITCH
from qb_compiler.model.literal import Json

LOST = 3
"""The exit status when the lanes can no longer be trusted: the numbers without an answer need another process."""
Task = dict[int, list[str]]


class OverHttp:
    """The plugin that replaces the loop over the tests."""

    def __init__(self, build: Path, task: Task, answers: Path) -> None:
        self.build, self.task, self.answers = build, task, answers
        self.preparing = False

    def pytest_configure(self, config: pytest.Config) -> None:
        config.stash[OTHER_APPS] = lambda: switched_lane.switched_apps(self.build)

    @pytest.hookimpl(tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object], request: SubRequest) -> bool | None:
        """While the module is prepared, nothing is made for a single test."""
        if not self.preparing or fixturedef.scope != "function" or hasattr(request, "param"):
            return None
        fixturedef.cached_result = (object(), fixturedef.cache_key(request), None)
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self) -> bool | None:
        return True if self.preparing else None

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        os.environ[SWITCH] = str(NOTHING)
        items = [item for item in session.items if is_in_node(item)]
        if not items:
            return True
        self.following = session.items[-1]
        assert not is_in_node(self.following)
        self.preparing = True
        failed = [item.nodeid for item in items if self.fails(item)]
        assert not failed, failed
        self.preparing = False
        prepared = switched_lane.reached()
        switched_lane.keep()
        if self.task:
            self.judge({item.nodeid: item for item in items})
        else:
            self.measure(items, prepared)
        return True

    def measure(self, items: list[pytest.Item], prepared: set[int]) -> None:
        """What each test reaches when nothing is weakened, beside what its module's fixtures and the start reach."""
        start = switched_lane.started_anew()
        self.say({"start": sorted(start), "prepared": sorted(prepared - start)})
        for item in items:
            # What is built at its first use is reached by each test only if each begins anew.
            switched_lane.started_anew()
            started = time.monotonic()
            failed = self.fails(item)
            seconds = round(time.monotonic() - started, 2)
            numbers = sorted(switched_lane.reached())
            self.say({"test": item.nodeid, "reached": numbers, "seconds": seconds, "failed": failed})

    def judge(self, items: dict[str, pytest.Item]) -> None:
        for number, tests in self.task.items():
            started = time.monotonic()
            by, sure = self.noticed(number, [items[test] for test in tests])
            self.say({"number": number, "by": by, "sure": sure, "seconds": round(time.monotonic() - started, 2)})
            if not sure:
                switched_lane.kill_all()
                os._exit(LOST)

    def noticed(self, number: int, items: list[pytest.Item]) -> tuple[str | None, bool]:
        """The first test that notices, and whether that is sure."""
        item = items[0]
        try:
            for item in items:
                switched_lane.switch(number)
                if self.fails(item):
                    switched_lane.switch(NOTHING)
                    return item.nodeid, not self.fails(item)
        except OSError:
            return item.nodeid, False
        return None, True

    def fails(self, item: pytest.Item) -> bool:
        """Runs it; what the module shares stays as it is."""
        signal.alarm(PATIENCE)
        try:
            return any(report.failed for report in runtestprotocol(item, log=False, nextitem=self.following))
        except TimeoutError:
            return True
        finally:
            signal.alarm(0)

    def say(self, answer: dict[str, Json]) -> None:
        with self.answers.open("a", encoding="utf-8") as file:
            file.write(json.dumps(answer) + "\n")


def main() -> None:
    build, module, task, answers = sys.argv[1:]
    asked = json.loads(Path(task).read_text(encoding="utf-8"))
    tests = {int(number): tests for number, tests in asked.items()}
    pytest_run.run(module, OverHttp(Path(build).resolve(), tests, Path(answers).resolve()))


if __name__ == "__main__":
    main()
