"""A write or an action of a team's table asks for the team right after the role, and nothing else does."""

import re
import shutil

import pytest

from http_suite.apps import PROJECTS
from qb_compiler import compile_project
from qb_compiler.contracts.examine import examine
from qb_compiler.model.project import Project

BOARDS = "src/features/boards/boards.routes.ts"
GATE = '  requireScope(ctx, "activeTeamId");\n'
WEAKENINGS = [
    ("left out of a create", rf"(requireRole\(access\.create, ctx\);\n){re.escape(GATE)}", r"\1"),
    ("left out of a batch", rf"(requireRole\(access\.batchDelete, ctx\);\n){re.escape(GATE)}", r"\1"),
    ("left out of an action", rf"(requireRole\(actionAccess\.count, ctx\);\n){re.escape(GATE)}", r"\1"),
    ("another value", rf"(access\.update, ctx\);\n){re.escape(GATE)}", r'\1  requireScope(ctx, "userRole");\n'),
    ("asked before the role", rf"(  requireRole\(access\.update, ctx\);\n)({re.escape(GATE)})", r"\2\1"),
    (
        "asked after the body",
        rf"(requireRole\(access\.create, ctx\);\n){re.escape(GATE)}(  const values = .+\n)",
        rf"\1\2{GATE}",
    ),
    ("asked of a reader", r"(requireRole\(access\.list, ctx\);\n)", rf"\1{GATE}"),
]


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, dict[str, str]]:
    root = shutil.copytree(PROJECTS / "teams", tmp_path_factory.mktemp("teams") / "teams")
    result = compile_project(root, write=False)
    assert result.ok and result.project, result.diagnostics
    return result.project, dict(result.files)


@pytest.mark.parametrize(("name", "pattern", "replacement"), WEAKENINGS, ids=[name for name, *_ in WEAKENINGS])
def test_a_scope_gate_that_is_not_as_declared_is_noticed(
    compiled: tuple[Project, dict[str, str]], name: str, pattern: str, replacement: str
) -> None:
    project, files = compiled
    assert examine(project, files).violations == []
    text, times = re.subn(pattern, replacement, files[BOARDS])
    assert times == 1, name
    assert examine(project, {**files, BOARDS: text}).violations
