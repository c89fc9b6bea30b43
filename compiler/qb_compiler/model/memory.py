"""What a session of compiles remembers, so that the next one makes only what an edit reached (`quickback dev`).

A compile on its own starts with an empty memory and takes the same way.
"""

from collections.abc import Callable
from typing import TypeVar

Made = TypeVar("Made")


class Memory:
    """Each step's last value by what it is about. Steps are functions of `given` and of nothing else."""

    def __init__(self) -> None:
        self._steps: dict[tuple[str, str], tuple[tuple[object, ...], object]] = {}

    def recall(self, step: str, about: str, given: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """The value that `make` had for an equal `given`, or what it makes now."""
        last = self._steps.get((step, about))
        if last is not None and last[0] == given:
            return last[1]  # type: ignore[return-value]
        made = make()
        self._steps[step, about] = (given, made)
        return made

    def same(self, step: str, value: Made) -> Made:
        """The equal value of last time, if there is one: then what hangs on it is compared at a glance."""
        return self.recall(step, "", (value,), lambda: value)
