"""The decorator of every value that the compiler passes on: a slotted dataclass, immutable by its type.

A frozen dataclass generates six methods in source text when its module is loaded; hundreds of them took half of the
time of a cold check. Here the methods are shared, and `__init__` is generated when the first instance is made: most
classes are problems that no run reports. The type checker (not `__setattr__`) sees that nobody assigns to a field.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, field, fields
from operator import attrgetter
from typing import TypeVar, dataclass_transform

Made = TypeVar("Made")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[Made]) -> type[Made]:
    """Makes the class a dataclass whose instances are equal, and hash alike, when their fields are equal."""
    cls.__doc__ = cls.__doc__ or cls.__name__
    made = dataclass(init=False, eq=False, repr=False, slots=True)(cls)

    def first(self: object, *args: object, **named: object) -> None:
        made.__init__ = _constructor(made)  # type: ignore[method-assign]
        made.__init__(self, *args, **named)

    made.__init__ = first  # type: ignore[method-assign]
    made.__values__ = attrgetter(*(made.__dataclass_fields__ or ["__class__"]))  # type: ignore[attr-defined]
    made.__eq__ = _equal  # type: ignore[method-assign]
    made.__hash__ = _hash  # type: ignore[method-assign]
    made.__repr__ = _shown  # type: ignore[method-assign]
    return made


def _constructor(made: type) -> Callable[..., None]:
    """What `dataclass` would generate."""
    own = sorted(fields(made), key=lambda one: one.kw_only is True)
    names = [one.name for one in own if not one.kw_only]
    names += ["*", *(one.name for one in own if one.kw_only)] if len(names) < len(own) else []
    given = {one.name: _default(one) for one in own}
    taken = ", ".join(name if given.get(name, MISSING) is MISSING else f"{name}=_{name}" for name in names)
    lines = [f"    self.{one.name} = {_value(one)}\n" for one in own] or ["    pass\n"]
    scope: dict[str, object] = {f"_{name}": default for name, default in given.items()}
    exec(f"def __init__(self, {taken}):\n{''.join(lines)}", scope)
    return scope["__init__"]  # type: ignore[return-value]


def _default(one: Field[object]) -> object:
    return one.default if one.default_factory is MISSING else one.default_factory


def _value(one: Field[object]) -> str:
    """A factory stands for what it makes."""
    made = one.default_factory is not MISSING
    return f"_{one.name}() if {one.name} is _{one.name} else {one.name}" if made else one.name


def _equal(self: object, other: object) -> bool:
    values = self.__values__  # type: ignore[attr-defined]
    return self is other or values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: object) -> int:
    return hash(self.__values__(self))  # type: ignore[attr-defined]


def _shown(self: object) -> str:
    names = self.__dataclass_fields__  # type: ignore[attr-defined]
    return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"
