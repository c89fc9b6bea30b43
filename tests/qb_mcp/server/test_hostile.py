"""What a project's files, or a caller, may try: nothing of it breaks the wire, hides a character or fills a context."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from mcp import Client
from mcp_types import CallToolResult, TextContent

from bench.project import write_project as write_valid_project
from mcp_peers.client import MODES, Ask, asking, with_client
from mcp_peers.project import write_project
from mcp_peers.wire import INITIALIZED, Process, initialize, request

HIDDEN = ("\u202e", "\u200b", "\u001b")
LARGEST_ANSWER = 50_000


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_project(tmp_path)


@pytest.fixture(params=MODES)
def ask(request: pytest.FixtureRequest, root: Path) -> Ask:
    return asking(root, request.param)


def everything(result: CallToolResult) -> str:
    """All that reaches a model, in whichever form its client shows."""
    texts = [content.text for content in result.content if isinstance(content, TextContent)]
    return "\n".join([*texts, json.dumps(result.structured_content, ensure_ascii=False)])


def test_characters_that_json_escapes_hid_are_spelled_out(ask: Ask, root: Path) -> None:
    hidden = "".join(f"\\u{ord(character):04x}" for character in HIDDEN)
    tables = f'{{"a{hidden}": {{"feature": "f{hidden}", "columns": ["{hidden}"]}}}}'
    (root / "schema-registry.json").write_text(f'{{"tables": {tables}}}', encoding="utf-8")
    result = ask("read_schema_registry")
    assert not result.is_error
    assert not set(HIDDEN) & set(everything(result))
    assert "\\u{202e}" in everything(result)


def test_characters_hidden_in_definitions_are_spelled_out_in_answers_about_access(tmp_path: Path) -> None:
    root = write_valid_project(tmp_path / "valid", 1)
    table = root / "quickback/features/group0/items0.ts"
    hidden = "".join(HIDDEN)
    source = table.read_text("utf-8").replace('equals: "draft"', f'equals: "dra{hidden}ft"', 1)
    table.write_text(source.replace('enum: ["draft"', f'enum: ["dra{hidden}ft"'), encoding="utf-8")

    async def work(client: Client) -> CallToolResult:
        return await client.call_tool("who_can", {"target": "items0", "verb": "update"})

    result = with_client(root, MODES[0], work)
    assert not result.is_error, everything(result)
    assert "\\u{202e}" in everything(result)
    assert not set(HIDDEN) & set(everything(result))


@pytest.mark.parametrize(
    "content",
    [
        '{"tables": {"a": {"x": NaN}}}',
        '{"tables": {"a": {"x": -Infinity}}}',
        '{"tables": {"a": ' + '{"x":' * 600 + "1" + "}" * 602,
        '{"tables": {"a": ' + '{"x":' * 50_000 + "1" + "}" * 50_002,
        '{"tables": {"a": ' + "9" * 5_000 + "}}",
        '{"tables": []}',
        "[]",
        "",
    ],
    ids=lambda content: content[:40],
)
def test_a_registry_that_no_compile_wrote_is_an_error_that_says_so(ask: Ask, root: Path, content: str) -> None:
    (root / "schema-registry.json").write_text(content, encoding="utf-8")
    result = ask("read_schema_registry")
    assert result.is_error
    assert "compile the project again" in everything(result)


def test_a_lone_surrogate_in_a_registry_does_not_break_the_wire(root: Path) -> None:
    (root / "schema-registry.json").write_text('{"tables": {"a\\ud800": {"x": "\\udfff"}}}', encoding="utf-8")
    process = Process(cwd=root)
    process.ask(initialize())
    process.send(INITIALIZED)
    result = process.ask(request(1, "tools/call", name="read_schema_registry", arguments={}))["result"]
    assert isinstance(result, dict)
    assert "a\\u{d800}" in result["content"][0]["text"]
    assert process.close() == b""


def many_tables(root: Path) -> None:
    tables = {f"table{number}": {"feature": "f"} for number in range(20_000)}
    (root / "schema-registry.json").write_text(json.dumps({"tables": tables}), encoding="utf-8")


def many_features(root: Path) -> None:
    for number in range(1_500):
        (root / "quickback" / "features" / f"feature{number}").mkdir()


def many_files(root: Path) -> None:
    for number in range(3_000):
        (root / "quickback" / "features" / "hiring" / f"table{number}.ts").write_text("", encoding="utf-8")


def long_config(root: Path) -> None:
    (root / "quickback" / "quickback.config.ts").write_text("// long\n" * 100_000, encoding="utf-8")


def long_file(root: Path) -> None:
    (root / "quickback" / "features" / "hiring" / "long.ts").write_text("x" * 900_000, encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "tool", "arguments"),
    [
        (many_tables, "read_schema_registry", {}),
        (many_tables, "read_schema_registry", {"table": "no such table"}),
        (many_features, "list_features", {}),
        (many_features, "read_feature", {"feature": "no such feature"}),
        (many_files, "list_features", {}),
        (many_files, "read_feature", {"feature": "hiring"}),
        (long_config, "read_config", {}),
        (long_file, "read_feature", {"feature": "hiring"}),
        (many_files, "compile", {}),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_no_answer_fills_a_context(
    ask: Ask, root: Path, spoil: Callable[[Path], None], tool: str, arguments: dict[str, object]
) -> None:
    spoil(root)
    result = ask(tool, **arguments)
    [content] = result.content
    assert isinstance(content, TextContent)
    assert len(content.text) < LARGEST_ANSWER
    assert len(json.dumps(result.structured_content)) < LARGEST_ANSWER


@pytest.mark.parametrize(
    ("tool", "arguments", "complaint"),
    [
        ("list_features", {"project": "x" * 5_000}, "which does not exist"),
        ("list_features", {"project": "~no-such-person/x"}, "which does not exist"),
        ("list_features", {"project": "a\0b"}, "holds a NUL character"),
        ("diff_access", {"revision": "\0"}, "is no revision"),
        ("diff_access", {"revision": "HEAD\nHEAD"}, "is no revision"),
        ("diff_access", {"revision": "y" * 6_000}, "is no revision"),
        ("explain_error", {"code": "__proto__"}, "`compiler/error-codes` lists them all"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_an_odd_argument_is_an_error_that_says_what_is_wrong(
    ask: Ask, tool: str, arguments: dict[str, object], complaint: str
) -> None:
    result = ask(tool, **arguments)
    assert result.is_error
    assert complaint in everything(result)
    assert len(everything(result)) < 1_000
