"""Which tests can notice a weakening: those that reach its place, the most particular first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SLOW = 0.5


@dataclass(frozen=True, slots=True)
class Reach:
    """What one test reaches, and how long it takes."""

    numbers: frozenset[int]
    seconds: float

    @property
    def cost(self) -> tuple[bool, int]:
        """A particular test is more likely to notice than one that reaches much."""
        return self.seconds > SLOW, len(self.numbers)


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the HTTP suite: its tests, and what its fixtures and the start of its projects reach."""

    name: str
    tests: Mapping[str, Reach]
    prepared: frozenset[int]
    start: frozenset[int]

    def reaching(self, numbers: frozenset[int]) -> list[str]:
        """The tests that reach one of the numbers during a request, the cheapest first."""
        found = [test for test, reach in self.tests.items() if reach.numbers & numbers]
        return sorted(found, key=lambda test: self.tests[test].cost)


@dataclass(frozen=True, slots=True)
class Visit:
    """One module to ask about one number."""

    module: str
    tests: Sequence[str]


def visits(number: int, neighbours: frozenset[int], modules: Sequence[Module]) -> list[Visit]:
    """The modules to ask, the one with the most particular test first.

    What is reached at the start shows wherever its neighbours are reached later; if none is, any test may show it.
    """
    seen_nearby = any(module.reaching(neighbours) for module in modules)
    found = []
    for module in modules:
        tests = module.reaching(frozenset({number}))
        if number in module.start:
            nearby = module.reaching(neighbours) if seen_nearby else list(module.tests)
            tests += [test for test in nearby if test not in tests]
        if tests:
            found.append(Visit(module.name, tests))
    costs = {module.name: module.tests for module in modules}
    return sorted(found, key=lambda visit: (costs[visit.module][visit.tests[0]].cost, visit.module))


def tests_at(number: int, modules: Sequence[Module]) -> int:
    """How many tests may notice it."""
    reaching = sum(number in reach.numbers for module in modules for reach in module.tests.values())
    return reaching + sum(len(module.tests) for module in modules if number in module.start)


def founded_with(number: int, modules: Sequence[Module]) -> list[str]:
    """The modules whose fixtures or whose start reach it, those with few tests first."""
    found = [module for module in modules if number in module.prepared | module.start]
    return [module.name for module in sorted(found, key=lambda module: len(module.tests))]
