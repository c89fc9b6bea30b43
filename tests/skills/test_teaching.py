"""Skill, references, agent, rule and block: rendered from the code, well formed, small, and true."""

import re
from functools import cache
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from qb_mcp.cli.commands import COMMANDS
from qb_mcp.clients.teaching.render import OUTPUTS, render
from qb_mcp.server.tools import offered_tools

ROOT = Path(__file__).resolve().parents[2]
SKILL = ROOT / "skills" / "quickback" / "SKILL.md"
REFERENCES = sorted((SKILL.parent / "references").glob("*.md"))
AGENT = ROOT / "skills" / "agents" / "quickback-specialist.md"
RULE = ROOT / "cursor_rules" / "quickback.mdc"
BLOCK = ROOT / "skills" / "block.md"
EVERYTHING = [SKILL, *REFERENCES, AGENT, RULE, BLOCK]
EVERY_FILE = pytest.mark.parametrize("path", EVERYTHING, ids=lambda path: path.name)
TYPES = ROOT / "compiler" / "qb_compiler" / "targets" / "types" / "runtime" / "compiler.d.ts"


def frontmatter(path: Path) -> dict[str, object]:
    found = re.match(r"---\n(.*?)\n---\n", path.read_text(), re.DOTALL)
    assert found, path
    data = YAML(typ="safe").load(found[1])
    assert isinstance(data, dict)
    return data


def tokens(path: Path) -> int:
    """Four characters a token: the offline estimate, good to about a fifth."""
    return len(path.read_text()) // 4


def code_spans(path: Path) -> list[str]:
    prose = re.sub(r"```.*?```", "", path.read_text(), flags=re.DOTALL)
    return re.findall(r"`([^`\n]+)`", prose)


@cache
def known_words() -> frozenset[str]:
    """Every identifier of the definition language, as its types name them."""
    return frozenset(re.findall(r"[A-Za-z_]\w*", TYPES.read_text()))


def test_the_files_on_disk_are_what_the_code_renders() -> None:
    for path, text in render().items():
        assert (ROOT / path).read_text() == text, f"run `python -m qb_mcp.clients.teaching.render` for {path}"
    assert {str(path.relative_to(ROOT)) for path in EVERYTHING} == {path for _, path in OUTPUTS}


def test_the_skill_uses_the_six_standard_keys_within_their_limits() -> None:
    data = frontmatter(SKILL)
    assert set(data) == {"name", "description", "license", "compatibility", "metadata", "allowed-tools"}
    assert data["name"] == SKILL.parent.name
    assert len(str(data["description"])) <= 500
    assert len(str(data["compatibility"])) <= 500
    metadata = data["metadata"]
    assert isinstance(metadata, dict)
    assert all(isinstance(value, str) for value in metadata.values())


def test_the_agent_and_the_rule_have_the_keys_their_clients_read() -> None:
    agent = frontmatter(AGENT)
    assert agent["name"] == AGENT.stem
    assert agent["skills"] == ["quickback"]
    assert frontmatter(RULE) == {
        "description": frontmatter(RULE)["description"],
        "globs": "quickback/**/*.ts",
        "alwaysApply": False,
    }
    assert "globs: quickback/**/*.ts\n" in RULE.read_text()


@pytest.mark.parametrize(
    ("path", "most"), [(SKILL, 3000), (AGENT, 2000), (RULE, 2000), (BLOCK, 300), *((path, 2000) for path in REFERENCES)]
)
def test_each_file_keeps_within_its_budget(path: Path, most: int) -> None:
    assert tokens(path) <= most
    assert path.read_text().count("\n") <= 300


def test_every_reference_is_linked_from_the_skill_and_every_link_leads_somewhere() -> None:
    linked = re.findall(r"\]\(([^)#]+)\)", SKILL.read_text())
    assert {f"references/{path.name}" for path in REFERENCES} == set(linked)


@EVERY_FILE
def test_every_command_named_exists(path: Path) -> None:
    commands = {name for name, _, _ in COMMANDS} | {"version"}
    named = re.findall(
        r"(?<![\w`-])quickback ((?:[a-z][a-z-]*)(?: (?:install|status|update|remove|config))?)", path.read_text()
    )
    spans = [span.removeprefix("quickback ") for span in code_spans(path) if span.startswith("quickback ")]
    for words in [*spans, *(word for word in named if f"`quickback {word}" in path.read_text())]:
        assert words.split()[0] in {name.split()[0] for name in commands}, words
    assert "uvx" not in path.read_text()


@EVERY_FILE
def test_every_tool_named_exists(path: Path) -> None:
    tools = {tool.name for tool in offered_tools()}
    for span in code_spans(path):
        if re.fullmatch(r"(get|list|read|search|explain|who|access|diff)_\w+", span):
            assert span in tools, span


@EVERY_FILE
def test_every_option_named_is_one_of_the_definition_language(path: Path) -> None:
    for span in code_spans(path):
        for word in re.findall(r"([a-z][A-Za-z]+): ", span):
            assert word in known_words() | SAMPLE_NAMES, f"{path.name}: `{span}` names `{word}`"


SAMPLE_NAMES = frozenset({"status", "column", "write", "createdBy", "pagination", "options", "atomic"})


@EVERY_FILE
def test_every_answer_code_named_is_documented(path: Path) -> None:
    documented = "\n".join(page.read_text() for page in (ROOT / "docs_corpus").rglob("*.md"))
    codes = r"\b(?:AUTH|ACCESS|FIREWALL|GUARD|QUERY|FK|UNIQUE|NOT_NULL|VALIDATION|BATCH)_[A-Z_]*[A-Z]\b"
    for code in re.findall(codes, path.read_text()):
        assert code in documented, code


@EVERY_FILE
def test_no_sentence_orders_in_capitals_or_hides_characters(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\b(MUST|NEVER|ALWAYS|IMPORTANT)\b", text)
    assert not [
        letter for letter in text if ord(letter) in {0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0x202A, 0x202F)}
    ]
