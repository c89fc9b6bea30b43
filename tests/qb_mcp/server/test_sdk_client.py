"""The SDK's own client drives everything that the real process offers, over its pipe and in both eras."""

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import anyio
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp_types import CallToolResult, PromptReference, ResourceTemplateReference, TextResourceContents

from mcp_peers.client import MODES
from mcp_peers.everything import CALLS, COMPLETIONS, PROMPTS, READS, write_compiled

Result = TypeVar("Result")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_compiled(tmp_path_factory.mktemp("projects") / "project")


@pytest.fixture(params=MODES)
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def drive(root: Path, mode: str, work: Callable[[Client], Awaitable[Result]]) -> Result:
    """Run work with a client that started the server as any client does."""

    async def run() -> Result:
        server = StdioServerParameters(command=sys.executable, args=["-m", "qb_mcp", "mcp"], cwd=root)
        async with Client(server, mode=mode) as client:
            return await work(client)

    return anyio.run(run)


def test_every_tool_is_called(root: Path, mode: str) -> None:
    async def work(client: Client) -> dict[str, object]:
        results = {tool.name: await client.call_tool(tool.name, CALLS[tool.name]) for tool in await tools(client)}
        return {name: isinstance(result, CallToolResult) and result.is_error for name, result in results.items()}

    assert drive(root, mode, work) == dict.fromkeys(CALLS, False)


async def tools(client: Client):  # type: ignore[no-untyped-def]
    return (await client.list_tools()).tools


def test_every_resource_is_read_and_one_of_each_template(root: Path, mode: str) -> None:
    async def work(client: Client) -> tuple[set[str], list[str]]:
        listed = [resource.uri for resource in (await client.list_resources()).resources]
        templates = {template.uri_template for template in (await client.list_resource_templates()).resource_templates}
        contents = [(await client.read_resource(uri)).contents[0] for uri in (*listed, *READS.values())]
        return templates, [c.uri for c in contents if isinstance(c, TextResourceContents) and not c.text.strip()]

    assert drive(root, mode, work) == (set(READS), [])


def test_every_prompt_is_fetched(root: Path, mode: str) -> None:
    async def work(client: Client) -> dict[str, int]:
        names = [prompt.name for prompt in (await client.list_prompts()).prompts]
        return {name: len((await client.get_prompt(name, PROMPTS[name])).messages) for name in names}

    found = drive(root, mode, work)
    assert list(found) == list(PROMPTS)
    assert all(found.values())


def test_everything_that_completes_is_completed(root: Path, mode: str) -> None:
    async def work(client: Client) -> dict[tuple[str, str, str], str]:
        found = {}
        for name, argument, typed in COMPLETIONS:
            of = ResourceTemplateReference(uri=name) if "://" in name else PromptReference(name=name)
            values = (await client.complete(of, {"name": argument, "value": typed})).completion.values
            found[name, argument, typed] = values[0]
        return found

    assert drive(root, mode, work) == COMPLETIONS
