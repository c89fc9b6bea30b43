"""What registries and desktop clients read about a release says what the code says, and is valid in their eyes."""

import json
import re
from pathlib import Path

import pytest

from house.linter import lint
from house.sources import ROOT
from lanes.packages import NODE, install, run
from qb_mcp import __version__
from release.render import NAME, render

TEXTS = (".md", ".py", ".toml", ".json", ".mdc", ".yml")
MAY_NAME_A_VERSION = {"qb_mcp/__init__.py", "CHANGELOG.md", "docs_corpus/changelog.md"}
"""Where the version is stated, and where its history is told."""


def test_the_files_on_disk_are_what_the_code_renders() -> None:
    for path, text in render().items():
        assert (ROOT / path).read_text(encoding="utf-8") == text, f"run `python -m release.render` for {path}"


def test_the_readme_names_the_server_as_the_registry_does() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"mcp-name: (\S+)", readme) == [NAME]
    assert json.loads((ROOT / "server.json").read_text(encoding="utf-8"))["name"] == NAME


def test_the_registrys_schema_and_the_skills_rules_are_met() -> None:
    lint(ROOT)


def test_the_linter_does_read_the_registry_entry(tmp_path: Path) -> None:
    entry = json.loads((ROOT / "server.json").read_text(encoding="utf-8"))
    (tmp_path / "server.json").write_text(json.dumps({**entry, "description": "x" * 101}), encoding="utf-8")
    with pytest.raises(AssertionError, match="description"):
        lint(tmp_path)


def test_the_bundles_manifest_is_valid() -> None:
    program = install(Path(__file__).parent / "npm") / "@anthropic-ai/mcpb/dist/cli/cli.js"
    run([str(NODE), str(program), "validate", str(ROOT / "release/mcpb/manifest.json")], ROOT)


def test_the_version_is_stated_once_and_rendered_elsewhere() -> None:
    tracked = run(["git", "ls-files"], ROOT).split()
    named = {
        path
        for path in tracked
        if path.endswith(TEXTS) and not path.startswith("tests/") and (ROOT / path).is_file()
        if re.search(rf"(?<![\d.=]){re.escape(__version__)}(?!\d|\.\d)", (ROOT / path).read_text(encoding="utf-8"))
    }
    rendered = {
        *render(),
        "skills/quickback/SKILL.md",
        "qb_mcp/server/opening.json",
        "docs_corpus/cms/schema-registry.md",
    }
    assert named - rendered == MAY_NAME_A_VERSION
