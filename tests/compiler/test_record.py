"""A record is what a dataclass with slots is: only its constructor is written later."""

import dataclasses
from dataclasses import dataclass, field

import pytest

from qb_compiler.model.record import record


@record
class Made:
    name: str
    size: int = 1
    parts: list[str] = field(default_factory=list)
    place: str | None = field(default=None, kw_only=True)


@record
class Child(Made):
    more: bool = False


@record
class Empty:
    pass


@dataclass(slots=True)
class Usual:
    name: str
    size: int = 1
    parts: list[str] = field(default_factory=list)
    place: str | None = field(default=None, kw_only=True)


CALLS: list[tuple[tuple[object, ...], dict[str, object]]] = [
    (("a",), {}),
    (("a", 2), {"place": "x"}),
    ((), {"name": "a", "parts": ["b"]}),
    ((), {}),
    (("a", 2, [], "x"), {}),
    (("a",), {"unknown": 1}),
]


@pytest.mark.parametrize(("given", "named"), CALLS)
def test_it_takes_what_a_dataclass_takes_and_refuses_the_rest(
    given: tuple[object, ...], named: dict[str, object]
) -> None:
    def outcome(kind: type) -> object:
        try:
            return [getattr(kind(*given, **named), name) for name in ("name", "size", "parts", "place")]
        except TypeError as error:
            return str(error).replace("Usual.", "").replace("Made.", "")

    assert outcome(Made) == outcome(Usual)


def test_each_instance_has_a_default_of_its_own() -> None:
    first, second = Made("a"), Made("a")
    first.parts.append("x")
    assert (second.parts, first == second) == ([], False)


def test_equal_fields_of_one_class_are_equal_and_shown() -> None:
    assert Empty() == Empty() and Child("a") == Child("a") and Child("a") != Made("a")
    assert hash(Empty()) == hash(Empty())
    assert repr(Child("a", more=True)) == "Child(name='a', size=1, parts=[], place=None, more=True)"


def test_it_has_slots_and_can_be_matched_and_replaced() -> None:
    match Child("a", 3, [], True):
        case Child(name, size, _, more):
            assert (name, size, more) == ("a", 3, True)
    assert dataclasses.replace(Made("a"), size=5) == Made("a", 5)
    with pytest.raises(AttributeError):
        Made("a").other = 1  # type: ignore[attr-defined]
