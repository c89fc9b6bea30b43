"""What a session of compiles remembers, so that the next one makes only what an edit reached (`quickback dev`).

A compile on its own has no memory and takes the same way.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar, cast

from qb_compiler.model.record import record

Made = TypeVar("Made")
Key = TypeVar("Key")
Answer = TypeVar("Answer")


@record
class Step:
    """What a step was given, what it asked, and what it made: of the type that the step's name stands for."""

    given: tuple[object, ...]
    asked: Mapping[Any, object]
    made: object

    def holds(self, given: tuple[object, ...], source: Mapping[Any, object]) -> bool:
        return self.given == given and all(source.get(key) == said for key, said in self.asked.items())


class Memory:
    """Each step's last value by what it is about. Steps are functions of what they are given and of nothing else."""

    def __init__(self) -> None:
        self._steps: dict[tuple[str, str], Step] = {}

    def recall(self, step: str, about: str, given: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """The value that `make` had for an equal `given`, or what it makes now; an equal value is the same object."""
        return self.recall_asking(step, about, given, {}, lambda _: make())

    def recall_asking(
        self,
        step: str,
        about: str,
        given: tuple[object, ...],
        source: Mapping[Key, Answer],
        make: Callable[[Mapping[Key, Answer]], Made],
    ) -> Made:
        """The same for a step that also asks `source`: what it never asked for may change."""
        last = self._steps.get((step, about))
        if last is not None and last.holds(given, source):
            # Equal is not yet the same: next time these very objects are met, at a glance.
            self._keep(step, about, Step(given, last.asked, last.made))
            return cast(Made, last.made)
        asked = Asked(source)
        made = make(asked)
        if last is not None and last.made == made:
            made = last.made
        self._keep(step, about, Step(given, asked.answers, made))
        return made

    def same(self, step: str, about: str, value: Made) -> Made:
        """The equal value of last time, if there is one: then what hangs on it is compared at a glance."""
        return self.recall(step, about, (value,), lambda: value)

    def renew(self, step: str, make: Callable[[Made | None], Made]) -> Made:
        """What `make` makes of its last value, which is None at first."""
        last = self._steps.get((step, ""))
        made = make(cast(Made, last.made) if last else None)
        self._keep(step, "", Step((), {}, made))
        return made

    def _keep(self, step: str, about: str, made: Step) -> None:
        self._steps[step, about] = made


class NoMemory(Memory):
    """Keeps nothing, so that everything is made: for a compile on its own, which frees what it has read."""

    def _keep(self, step: str, about: str, made: Step) -> None:
        """Nothing is kept."""


class Asked(Mapping[Key, Answer]):
    """A mapping that notes what it was asked, and what it said. Going through it asks for everything."""

    def __init__(self, source: Mapping[Key, Answer]) -> None:
        self._source = source
        self.answers: dict[Key, Answer | None] = {}

    def __getitem__(self, key: Key) -> Answer:
        self.answers[key] = self._source.get(key)
        return self._source[key]

    def __iter__(self) -> Iterator[Key]:
        self.answers.update(self._source)
        return iter(self._source)

    def __len__(self) -> int:
        return len(self._source)
