"""`python -m mutation.from_the_start BUILD MODULE NUMBER`: who notices a weakening that is on before the fixtures?"""

import os
import signal
import sys
from pathlib import Path

import pytest

from http_suite.apps import OTHER_APPS
from mutation import pytest_run, switched_lane
from mutation.pytest_run import is_in_node
from mutation.switched_lane import PATIENCE, SWITCH


class FromTheStart:
    """The plugin that runs the module as it is, and remembers what failed first."""

    def __init__(self, build: Path) -> None:
        self.build, self.by = build, ""

    def pytest_configure(self, config: pytest.Config) -> None:
        config.stash[OTHER_APPS] = lambda: switched_lane.switched_apps(self.build)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if is_in_node(item)]

    def pytest_runtest_logstart(self) -> None:
        signal.alarm(PATIENCE)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.by:
            self.by = report.nodeid


def main() -> None:
    build, module, os.environ[SWITCH] = sys.argv[1:]
    plugin = FromTheStart(Path(build).resolve())
    pytest_run.run(module, plugin, "-x")
    print(plugin.by, flush=True)
    switched_lane.kill_all()
    os._exit(0)


if __name__ == "__main__":
    main()
