"""Every block: its problems, and the rules between its parts."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeAlias

from qb_compiler.blocks.access import problems as access
from qb_compiler.blocks.actions import problems as actions
from qb_compiler.blocks.columns import check as columns_check
from qb_compiler.blocks.columns import problems as columns
from qb_compiler.blocks.crud import check as crud_check
from qb_compiler.blocks.crud import problems as crud
from qb_compiler.blocks.display import problems as display
from qb_compiler.blocks.firewall import problems as firewall
from qb_compiler.blocks.guards import check as guards_check
from qb_compiler.blocks.guards import problems as guards
from qb_compiler.blocks.later import problems as later
from qb_compiler.blocks.masking import problems as masking
from qb_compiler.blocks.pages import problems as pages
from qb_compiler.blocks.reading import problems as reading
from qb_compiler.blocks.realtime import problems as realtime
from qb_compiler.blocks.relations import problems as relations
from qb_compiler.blocks.validation import problems as validation
from qb_compiler.diagnostics.problem import Problem, Problems
from qb_compiler.model.memory import Memory
from qb_compiler.model.project import Project
from qb_compiler.model.record import record
from qb_compiler.model.resource import Resource

Check: TypeAlias = Callable[[Resource], Iterator[Problem]]


@record
class Block:
    """Something an author may write in a definition. `checks` need the finished table only."""

    name: str
    problems: tuple[type[Problem], ...]
    checks: tuple[Check, ...] = ()


BLOCKS = (
    Block("columns", columns.PROBLEMS, (columns_check.check,)),
    Block("firewall", firewall.PROBLEMS),
    Block("access", access.PROBLEMS),
    Block("guards", guards.PROBLEMS, (guards_check.check,)),
    Block("masking", masking.PROBLEMS),
    Block("reading", reading.PROBLEMS),
    Block("crud", crud.PROBLEMS, (crud_check.check,)),
    Block("actions", actions.PROBLEMS),
    Block("relations", relations.PROBLEMS),
    Block("validation", validation.PROBLEMS),
    Block("display", display.PROBLEMS),
    Block("realtime", realtime.PROBLEMS),
    Block("pages", pages.PROBLEMS),
    Block("later", later.PROBLEMS),
)


def check_blocks(project: Project, problems: Problems, memory: Memory) -> None:
    """Runs every block's own rules on every table."""
    for resource in project.resources:
        problems.extend(memory.recall("block checks", resource.key, (resource,), partial(_check, resource)))


def _check(resource: Resource) -> tuple[Problem, ...]:
    checks = (check for block in BLOCKS for check in block.checks)
    return tuple(problem for check in checks for problem in check(resource))
