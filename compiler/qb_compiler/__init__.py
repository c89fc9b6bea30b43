"""The Quickback compiler: definitions in, a complete project out, nothing executed. `pipeline.py` is the map.

The public names are loaded when they are first used: a program that needs one room does not pay for all.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qb_compiler.model.memory import Memory
    from qb_compiler.output.write_plan import WritePlan
    from qb_compiler.pipeline import CheckResult, CompileResult, check_project, compile_project

__all__ = ["CheckResult", "CompileResult", "Memory", "WritePlan", "check_project", "compile_project"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module `qb_compiler` has no attribute `{name}`")
    return getattr(import_module("qb_compiler.pipeline"), name)
