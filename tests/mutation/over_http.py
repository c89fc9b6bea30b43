"""Asks the HTTP suite: `python -m mutation.over_http BUILD RESULTS NUMBER…` collects it once and forks for each number.

A child switches its weakening on, runs the tests that reach it, the most particular first, then the others of its file
(or all, with --everything), and ends at the first failure. A line of RESULTS says who noticed. `BUILD/reached.json`
holds which test reaches what; it is measured when it is missing.
"""

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType

import pytest

from http_suite.apps import OTHER_APPS
from mutation import switched_lane

SUITE = Path(__file__).resolve().parents[1] / "http_suite"
PLACES = "places.json"
NOTHING = -1
PATIENCE = 25
"""Seconds for one test: a weakening may make it wait for ever."""
AT_ONCE = 2


@dataclass(slots=True)
class Reach:
    """The numbers that each test reaches."""

    tests: dict[str, list[int]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def reaching(self, items: Iterable[pytest.Item], numbers: set[int]) -> list[pytest.Item]:
        return [item for item in items if numbers.intersection(self.tests.get(item.nodeid, ()))]


def in_order(items: Sequence[pytest.Item], reach: Reach, rings: Sequence[set[int]]) -> list[pytest.Item]:
    """The tests that reach one of the first ring's numbers, then those of the next, each ring module by module."""
    ordered: list[pytest.Item] = []
    for numbers in rings:
        ordered += by_module([item for item in reach.reaching(items, numbers) if item not in ordered], reach)
    return ordered


def by_module(items: Sequence[pytest.Item], reach: Reach) -> list[pytest.Item]:
    """Modules with the most particular test first, since each module founds its own teams."""
    modules: dict[str, list[pytest.Item]] = {}
    for item in items:
        modules.setdefault(item.nodeid.partition("::")[0], []).append(item)
    size = {item.nodeid: len(reach.tests[item.nodeid]) for item in items}
    ordered = [sorted(group, key=lambda item: size[item.nodeid]) for group in modules.values()]
    return [item for group in sorted(ordered, key=lambda group: size[group[0].nodeid]) for item in group]


class OverHttp:
    """The plugin that replaces the loop over the tests."""

    def __init__(self, build: Path, results: Path, numbers: Sequence[int], everything: bool) -> None:
        self.build, self.results, self.numbers, self.everything = build, results, numbers, everything
        self.failed = self.reason = ""

    def pytest_configure(self, config: pytest.Config) -> None:
        config.stash[OTHER_APPS] = lambda: switched_lane.switched_apps(self.build)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed = report.nodeid
            self.reason = report.longreprtext

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = [item for item in session.items if is_in_node(item)]
        known = self.build / "reached.json"
        if not known.exists():
            wait_for([forked(partial(self.measure, items, known))])
        reach = Reach(**json.loads(known.read_text(encoding="utf-8")))
        if reach.failed:
            pytest.exit(f"these fail with nothing weakened: {reach.failed}", 1)
        places: list[str] = json.loads((self.build / PLACES).read_text(encoding="utf-8"))
        children: list[int] = []
        for number in self.numbers:
            while len(children) >= AT_ONCE:
                children.remove(wait_for(children))
            ordered = in_order(items, reach, self.rings(number, places))
            children.append(forked(partial(self.judge, ordered, number)))
        while children:
            children.remove(wait_for(children))
        return True

    def rings(self, number: int, places: Sequence[str]) -> list[set[int]]:
        """The number itself; its file, since what runs once is reached by one test alone; and everything."""
        same_file = {other for other, place in enumerate(places) if place == places[number]}
        return [{number}, same_file, *([set(range(len(places)))] if self.everything else [])]

    def measure(self, items: Sequence[pytest.Item], file: Path) -> None:
        """Runs everything with nothing weakened."""
        os.environ[switched_lane.SWITCH] = str(NOTHING)
        found = Reach()
        for item, following in zip(items, [*items[1:], None], strict=True):
            self.run(item, following)
            found.tests[item.nodeid] = sorted(switched_lane.reached())
        found.failed = [self.failed, self.reason] if self.failed else []
        file.write_text(json.dumps(asdict(found)), encoding="utf-8")

    def judge(self, items: Sequence[pytest.Item], number: int) -> None:
        os.environ[switched_lane.SWITCH] = str(number)
        started = time.monotonic()
        for item, following in zip(items, [*items[1:], None], strict=True):
            self.run(item, following)
            if self.failed:
                break
        line = {"number": number, "by": self.failed or None, "seconds": round(time.monotonic() - started, 1)}
        with self.results.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")

    def run(self, item: pytest.Item, following: pytest.Item | None) -> None:
        signal.alarm(PATIENCE)
        try:
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
        except TimeoutError:
            self.failed = item.nodeid
        finally:
            signal.alarm(0)


def is_in_node(item: pytest.Item) -> bool:
    call = getattr(item, "callspec", None)
    return call is not None and call.params.get("kind") == "node"


def forked(work: Callable[[], None]) -> int:
    """A child that does the work, ends its lanes and is gone."""
    child = os.fork()
    if child:
        return child
    try:
        signal.signal(signal.SIGALRM, too_long)
        work()
    finally:
        switched_lane.kill_all()
        os._exit(0)


def too_long(number: int, frame: FrameType | None) -> None:
    raise TimeoutError


def wait_for(children: Iterable[int]) -> int:
    known = set(children)
    while True:
        ended, _ = os.wait()
        if ended in known:
            return ended


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--everything", action="store_true")
    asked.add_argument("build", type=Path)
    asked.add_argument("results", type=Path)
    asked.add_argument("numbers", type=int, nargs="*")
    given = asked.parse_args()
    options = ["-o", "addopts=--import-mode=importlib", "-p", "no:cacheprovider", "-p", "no:terminal", str(SUITE)]
    plugin = OverHttp(given.build.resolve(), given.results.resolve(), given.numbers, given.everything)
    return pytest.main(options, plugins=[plugin])


if __name__ == "__main__":
    sys.exit(main())
