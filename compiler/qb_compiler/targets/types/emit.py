"""Gives out the types of the definition language."""

from importlib.resources import files

PATH = ".quickback/types/compiler.d.ts"


def definition_types() -> str:
    """The text of `.quickback/types/compiler.d.ts`."""
    return files("qb_compiler").joinpath("targets/types/runtime/compiler.d.ts").read_text(encoding="utf-8")
