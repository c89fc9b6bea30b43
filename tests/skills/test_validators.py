"""The validators of the formats' own people find nothing to say about what we install."""

import subprocess
from pathlib import Path

import pytest

from house.linter import SCRIPTS, lint
from qb_mcp.cli.app import main
from qb_mcp.scaffold.create import create
from qb_mcp.scaffold.template import TEMPLATES, Template

ROOT = Path(__file__).resolve().parents[2]


def test_the_skill_is_valid_by_the_standards_own_validator() -> None:
    command = [SCRIPTS / "agentskills", "validate", ROOT / "skills" / "quickback"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.slug)
def test_what_a_new_project_is_given_is_clean(tmp_path: Path, template: Template) -> None:
    project = create(template, str(tmp_path / "my-app"))
    assert {".claude/skills/quickback/SKILL.md", ".cursor/rules/quickback.mdc"} <= set(project.files)
    lint(project.root)


def test_the_plugin_is_clean_in_every_vendors_eyes(tmp_path: Path) -> None:
    assert main(["claude", "plugin", "install", str(tmp_path / "quickback")]) == 0
    lint(tmp_path / "quickback")
