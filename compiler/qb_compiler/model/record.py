"""The decorator of every value that the compiler passes on: a slotted dataclass, immutable by its type.

A frozen dataclass generates six methods in source text when its module is loaded; four hundred of them took half of the
time of a cold check. Here only `__init__` is generated, the other methods are shared, and the type checker (not
`__setattr__`) sees to it that nobody assigns to a field.
"""

from dataclasses import dataclass, field
from operator import attrgetter
from typing import TypeVar, dataclass_transform

Made = TypeVar("Made")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[Made]) -> type[Made]:
    """Makes the class a dataclass whose instances are equal, and hash alike, when their fields are equal."""
    cls.__doc__ = cls.__doc__ or cls.__name__
    made = dataclass(eq=False, repr=False, slots=True)(cls)
    made.__values__ = attrgetter(*(made.__dataclass_fields__ or ["__class__"]))  # type: ignore[attr-defined]
    made.__eq__ = _equal  # type: ignore[method-assign]
    made.__hash__ = _hash  # type: ignore[method-assign]
    made.__repr__ = _shown  # type: ignore[method-assign]
    return made


def _equal(self: object, other: object) -> bool:
    values = self.__values__  # type: ignore[attr-defined]
    return self is other or values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: object) -> int:
    return hash(self.__values__(self))  # type: ignore[attr-defined]


def _shown(self: object) -> str:
    names = self.__dataclass_fields__  # type: ignore[attr-defined]
    return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"
