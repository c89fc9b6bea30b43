"""The version of the compiler, which registry and report state."""

from functools import cache
from importlib.metadata import version


@cache
def compiler_version() -> str:
    return version("quickback")
