"""The tool that drafts definitions: text for the assistant to write, whatever way its arguments come."""

from pathlib import Path

import pytest
from mcp_types import CallToolResult, TextContent

from bench.project import write_project
from mcp_peers.client import MODES, Ask, asking


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_project(tmp_path / "project", 1)


@pytest.fixture(params=MODES)
def ask(request: pytest.FixtureRequest, root: Path) -> Ask:
    return asking(root, request.param, read_only=True)


def text(result: CallToolResult) -> str:
    [content] = result.content
    assert isinstance(content, TextContent)
    return content.text


def source(result: CallToolResult) -> str:
    return text(result).partition("```ts\n")[2].partition("```")[0]


def test_a_draft_is_text_alone_with_its_path_and_the_next_step(ask: Ask, root: Path) -> None:
    before = sorted(root.rglob("*"))
    result = ask("draft_definition", table="Job Postings", feature="hiring", columns=["title", "state:open|done"])
    assert result.structured_content is None
    assert text(result).startswith("Draft of quickback/features/hiring/job-postings.ts. Nothing was written.")
    assert text(result).endswith("Next: write the file, adapt it, then call compile.")
    assert sorted(root.rglob("*")) == before


def test_what_is_written_as_drafted_compiles(ask: Ask, root: Path) -> None:
    for path, arguments in {
        "tickets.ts": {"columns": ["subject", "state:open|closed"]},
        "actions.ts": {"columns": ["state:open|closed"], "action": "close"},
    }.items():
        target = root / "quickback" / "features" / "tickets" / path
        target.parent.mkdir(exist_ok=True)
        target.write_text(source(ask("draft_definition", table="tickets", **arguments)), encoding="utf-8")
    compiled = ask("compile").structured_content
    assert isinstance(compiled, dict)
    assert (compiled["ok"], compiled["diagnostics"]) == (True, [])


@pytest.mark.parametrize(
    "columns", [["title:text", "rank:integer?"], '["title:text", "rank:integer?"]', "title, rank:int?"]
)
def test_columns_are_understood_as_a_list_as_json_and_with_commas(ask: Ask, columns: object) -> None:
    assert 'rank: integer("rank"),' in source(ask("draft_definition", name="jobs", fields=columns))


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({}, "`table` is missing\ncall draft_definition(table, feature?, action?, columns?, scope?, operations?)"),
        ({"table": "jobs", "scope": "tenant"}, "`scope` is `tenant`\nvalid values: `organization`, `owner`"),
        ({"table": "jobs", "operations": ["list", "upsert"]}, "`operations` is `upsert`\nvalid values: `list`, `get`"),
        ({"table": "jobs", "columns": [{"name": "a"}]}, "`columns` is [{'name': 'a'}], not an array of texts"),
        ({"table": "jobs", "columns": "[1"}, "`columns` is '[1', not an array of texts"),
        ({"table": "jobs", "columns": ["x" * 20_000]}, "not an array of texts"),
        ({"table": "jobs", "columns": ["due:timestmp"]}, "did you mean `timestamp`?"),
        ({"table": "jobs", "action": "delete"}, "`delete` cannot be the name of an action"),
    ],
)
def test_a_wrong_argument_is_an_error_that_says_what_is_right(
    ask: Ask, arguments: dict[str, object], complaint: str
) -> None:
    result = ask("draft_definition", **arguments)
    assert result.is_error
    assert complaint in text(result)
