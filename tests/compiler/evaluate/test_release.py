"""No syntax tree outlives the reading of the definitions, but in a session that will read them again."""

import gc
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from compiler.samples import surrounded
from compiler.spec_runner import write_project
from qb_compiler import check_project, compile_project
from qb_compiler.blocks.definitions import read_definitions
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.evaluate.collection import paused_collection
from qb_compiler.evaluate.evaluator import evaluate
from qb_compiler.evaluate.module import Module
from qb_compiler.model.memory import Memory
from qb_compiler.source.project import read_sources

ACTION = """
  close: {
    input: z.object({ reason: z.string() }),
    access: { roles: ["admin"] },
    execute: async ({ input }) => ({ closed: input.reason }),
  },
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_project(tmp_path, surrounded([("actions", ACTION)]))
    return tmp_path


def holders(things: Iterable[object]) -> list[int]:
    return [sys.getrefcount(thing) for thing in things]


def trees_in_memory() -> list[bool]:
    """For every module in memory, whether its tree is there."""
    return [module.tree.root.child_count > 0 for module in gc.get_objects() if isinstance(module, Module)]


def test_the_model_holds_no_tree(project: Path) -> None:
    problems = Problems()
    with paused_collection():
        sources = read_sources(project, problems)
        modules = evaluate(sources, problems)
        parsed = [modules.module(path).tree.parsed for path in sources.all]
        model = read_definitions(sources, modules, problems)
        modules.release()
        assert holders(parsed) == holders([object()]) * len(parsed)
    assert model and model.resources[0].actions[0].execute


def test_a_check_ends_without_trees(project: Path) -> None:
    gc.collect()
    with paused_collection():
        assert check_project(project).ok
        assert set(trees_in_memory()) == {False}


def test_a_session_keeps_them_for_its_next_run(project: Path) -> None:
    memory = Memory()
    compile_project(project, write=False, memory=memory)
    gc.collect()
    assert trees_in_memory().count(True) == 3
