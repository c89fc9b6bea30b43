"""Every diagnostic code: which class it is. Codes are append-only; one that is no longer raised moves to `RETIRED`."""

from collections.abc import Mapping

from qb_compiler.blocks.registry import BLOCKS
from qb_compiler.checks.run import PROBLEMS as CHECKS
from qb_compiler.config.problems import PROBLEMS as CONFIG
from qb_compiler.contracts.problems import PROBLEMS as CONTRACTS
from qb_compiler.diagnostics.internal import PROBLEMS as INTERNAL
from qb_compiler.diagnostics.problem import Problem
from qb_compiler.evaluate.problems import PROBLEMS as EVALUATE
from qb_compiler.output.problems import PROBLEMS as OUTPUT
from qb_compiler.source.problems import PROBLEMS as SOURCE
from qb_compiler.syntax.problems import PROBLEMS as SYNTAX
from qb_compiler.targets.deploy.problems import PROBLEMS as DEPLOY
from qb_compiler.targets.migrations.problems import PROBLEMS as MIGRATIONS

BLOCK_PROBLEMS = tuple(problem for block in BLOCKS for problem in block.problems)
ALL: tuple[type[Problem], ...] = (
    *SOURCE, *SYNTAX, *EVALUATE, *BLOCK_PROBLEMS, *CHECKS, *CONFIG, *OUTPUT, *CONTRACTS, *MIGRATIONS, *DEPLOY,
    *INTERNAL,
)  # fmt: skip

CODES: Mapping[str, type[Problem]] = {problem.code: problem for problem in sorted(ALL, key=lambda p: p.code)}
SLUGS: Mapping[str, type[Problem]] = {problem.slug: problem for problem in CODES.values()}
RETIRED: Mapping[str, str] = {}
"""Code -> the name it had."""
