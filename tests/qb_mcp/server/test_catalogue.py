"""Resources, templates, prompts and completions as the SDK's own client sees them."""

from pathlib import Path

import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp_types import Completion, PromptReference, ResourceTemplateReference, TextContent, TextResourceContents

from mcp_peers.client import MODES, with_client
from mcp_peers.project import write_project
from qb_mcp import corpus


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_project(tmp_path)


@pytest.fixture(params=MODES)
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def read(root: Path, mode: str, uri: str) -> TextResourceContents:
    async def work(client: Client) -> TextResourceContents:
        [content] = (await client.read_resource(uri)).contents
        assert isinstance(content, TextResourceContents)
        return content

    return with_client(root, mode, work)


def test_every_topic_and_the_project_are_resources(root: Path, mode: str) -> None:
    async def work(client: Client) -> list[str]:
        return [resource.uri for resource in (await client.list_resources()).resources]

    uris = with_client(root, mode, work)
    assert uris[:4] == [
        "quickback://project/config",
        "quickback://project/features/billing",
        "quickback://project/features/hiring",
        "quickback://project/registry",
    ]
    topics = [f"quickback://docs/{topic.key}" for topic in corpus.topics()]
    assert uris[4 : 4 + len(topics)] == topics
    assert {uri.partition("://")[0] for uri in uris[4 + len(topics) :]} == {"skill"}


def test_a_topic_is_read_by_its_address_and_by_a_section_of_it(root: Path, mode: str) -> None:
    whole = read(root, mode, "quickback://docs/compiler/definitions/firewall")
    assert whole.mime_type == "text/markdown"
    assert whole.text.startswith("# Firewall")
    assert read(root, mode, "quickback://docs/compiler/definitions/firewall#options").text.startswith("## Options")


def test_project_resources_hold_the_project_with_secrets_hidden(root: Path, mode: str) -> None:
    assert "[redacted]" in read(root, mode, "quickback://project/config").text
    assert "sqliteTable" in read(root, mode, "quickback://project/features/hiring").text
    assert read(root, mode, "quickback://project/registry").mime_type == "application/json"


@pytest.mark.parametrize(
    "uri",
    [
        "quickback://docs/compiler/definitions/firewal",
        "quickback://docs/../../etc/passwd",
        "quickback://project/features/../../.dev.vars",
        "quickback://project/features/nothing",
        "quickback://elsewhere",
        "quickback://docs/\u202ereversed",
        "quickback://project/config/",
        "file:///etc/passwd",
    ],
)
def test_an_address_that_is_not_listed_is_refused(root: Path, mode: str, uri: str) -> None:
    with pytest.raises(MCPError, match="no resource"):
        read(root, mode, uri)


def completed(root: Path, mode: str, name: str, argument: str, typed: str) -> list[str]:
    async def work(client: Client) -> list[str]:
        of = ResourceTemplateReference(uri=name) if "://" in name else PromptReference(name=name)
        return (await client.complete(of, {"name": argument, "value": typed})).completion.values

    return with_client(root, mode, work)


@pytest.mark.parametrize(
    ("name", "argument", "typed", "expected"),
    [
        ("quickback://docs/{+topic}", "topic", "firew", "compiler/definitions/firewall"),
        ("quickback://docs/{+topic}", "topic", "masking", "compiler/definitions/masking"),
        ("quickback://project/features/{name}", "name", "hi", "hiring"),
        ("quickback://errors/{code}", "code", "qb44", "QB4401"),
        ("secure_table", "table", "ca", "candidates"),
    ],
)
def test_what_a_person_types_is_completed(
    root: Path, mode: str, name: str, argument: str, typed: str, expected: str
) -> None:
    assert completed(root, mode, name, argument, typed)[0] == expected


def test_more_values_than_are_sent_are_told(root: Path, mode: str) -> None:
    async def work(client: Client) -> object:
        of = ResourceTemplateReference(uri="quickback://errors/{code}")
        return (await client.complete(of, {"name": "code", "value": ""})).completion

    completion = with_client(root, mode, work)
    assert isinstance(completion, Completion)
    assert len(completion.values) == 100
    assert completion.has_more
    assert (completion.total or 0) > 100


@pytest.mark.parametrize(
    ("name", "argument", "complaint"),
    [
        ("secure_tables", "table", "no prompt or template `secure_tables`"),
        ("quickback://elsewhere/{x}", "x", "no prompt or template"),
        ("secure_table", "topic", "`secure_table` has no argument `topic`"),
    ],
)
def test_what_nobody_offers_is_not_completed(root: Path, mode: str, name: str, argument: str, complaint: str) -> None:
    with pytest.raises(MCPError, match=complaint):
        completed(root, mode, name, argument, "")


def test_a_diagnostic_code_is_read_by_its_address(root: Path, mode: str) -> None:
    assert read(root, mode, "quickback://errors/QB4401").text.startswith("QB4401")


def test_a_prompt_is_its_goal_and_the_steps_that_the_docs_hold_too(root: Path, mode: str) -> None:
    async def work(client: Client) -> list[str]:
        for prompt in (await client.list_prompts()).prompts:
            [argument] = prompt.arguments or []
            found = await client.get_prompt(prompt.name, {argument.name: "the word\nof the user\u202e"})
            first = found.messages[0].content
            assert isinstance(first, TextContent)
            assert "the word of the user\\u{202e}" in first.text.splitlines()[0]
            assert len(first.text.splitlines()) > 6
        return [prompt.name for prompt in (await client.list_prompts()).prompts]

    assert with_client(root, mode, work) == [
        "new_feature",
        "secure_table",
        "debug_access",
        "review_change",
        "migrate_schema",
    ]


def test_a_prompt_without_its_argument_says_what_it_needs(root: Path, mode: str) -> None:
    async def work(client: Client) -> object:
        return await client.get_prompt("secure_table", {})

    with pytest.raises(MCPError, match="`table` is missing"):
        with_client(root, mode, work)
