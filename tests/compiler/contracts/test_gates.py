"""Gates that only some tables and actions have, weakened by hand: the team of a write, the steps of a transition."""

import re
import shutil
from collections.abc import Callable
from functools import cache

import pytest

from http_suite.apps import PROJECTS
from qb_compiler import compile_project
from qb_compiler.contracts.examine import examine
from qb_compiler.model.project import Project

BOARDS = "src/features/boards/boards.routes.ts"
SCOPE = '  requireScope(ctx, "activeTeamId");\n'
REVIEWS = "src/features/reviews/reviews.routes.ts"
STEPS = "src/features/reviews/reviews.actions.ts"
TRANSITION = "  requireTransition(actionTransitions.move, record, input);\n"
Compiled = Callable[[str], tuple[Project, dict[str, str]]]


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    @cache
    def project_and_files(name: str) -> tuple[Project, dict[str, str]]:
        root = shutil.copytree(PROJECTS / name, tmp_path_factory.mktemp(name) / name)
        result = compile_project(root, write=False)
        assert result.ok and result.project, result.diagnostics
        return result.project, dict(result.files)

    return project_and_files


def noticed(compiled: tuple[Project, dict[str, str]], path: str, pattern: str, replacement: str) -> bool:
    """Whether the contracts see the one edit, and nothing without it."""
    project, files = compiled
    assert examine(project, files).violations == []
    text, times = re.subn(pattern, replacement, files[path])
    assert times == 1, f"{times} places match {pattern}"
    return bool(examine(project, {**files, path: text}).violations)


TEAM = {
    "left out of a create": (rf"(requireRole\(access\.create, ctx\);\n){re.escape(SCOPE)}", r"\1"),
    "left out of a batch": (rf"(requireRole\(access\.batchDelete, ctx\);\n){re.escape(SCOPE)}", r"\1"),
    "left out of an action": (rf"(requireRole\(actionAccess\.count, ctx\);\n){re.escape(SCOPE)}", r"\1"),
    "another value": (rf"(access\.update, ctx\);\n){re.escape(SCOPE)}", r'\1  requireScope(ctx, "userRole");\n'),
    "asked before the role": (rf"(  requireRole\(access\.update, ctx\);\n)({re.escape(SCOPE)})", r"\2\1"),
    "asked after the body": (
        rf"(requireRole\(access\.create, ctx\);\n){re.escape(SCOPE)}(  const values = .+\n)",
        rf"\1\2{SCOPE}",
    ),
    "asked of a reader": (r"(requireRole\(access\.list, ctx\);\n)", rf"\1{SCOPE}"),
}


@pytest.mark.parametrize("name", TEAM)
def test_a_team_is_asked_for_right_after_the_role_by_writes_and_actions_alone(compiled: Compiled, name: str) -> None:
    assert noticed(compiled("teams"), BOARDS, *TEAM[name])


TRANSITIONS = {
    "left out": (REVIEWS, re.escape(TRANSITION), ""),
    "of another name": (REVIEWS, r"actionTransitions\.move", "actionTransitions.publish"),
    "of another record": (REVIEWS, r"(actionTransitions\.move), record", r"\1, { stage: input.next }"),
    "on what was not read": (REVIEWS, r"(actionTransitions\.move, record), input", r"\1, await c.req.json()"),
    "after the action": (REVIEWS, rf"{re.escape(TRANSITION)}((?:.|\n)+?\n  \}}\);\n)", rf"\1{TRANSITION}"),
    "a step more": (STEPS, r'\["draft", \["open"\]\]', '["draft", ["open", "done"]]'),
    "a step less": (STEPS, r'\["draft", \["open"\]\],\n', ""),
    "another column": (STEPS, r'field: "stage"', 'field: "title"'),
    "another input": (STEPS, r'via: "next"', 'via: "why"'),
    "no steps at all": (STEPS, r"export const actionTransitions", "export const otherTransitions"),
}


@pytest.mark.parametrize("name", TRANSITIONS)
def test_a_transition_has_the_declared_steps_and_is_compared_before_the_action(compiled: Compiled, name: str) -> None:
    assert noticed(compiled("later"), *TRANSITIONS[name])
