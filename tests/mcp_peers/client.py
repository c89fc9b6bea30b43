"""The SDK's own client, connected to our server in memory for the length of one piece of work."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TypeAlias, TypeVar

import anyio
from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp_types import CallToolResult

from qb_mcp.server.app import App
from qb_mcp.server.options import ServeOptions

Result = TypeVar("Result")
Ask: TypeAlias = Callable[..., CallToolResult]
MODES = ("legacy", "2026-07-28")


def with_client(
    project: Path, mode: str, work: Callable[[Client], Coroutine[object, object, Result]], *, read_only: bool = False
) -> Result:
    """Run work with a client of a server that was started for a project; protocol errors come out as they are."""

    async def run() -> Result | MCPError:
        app = App(ServeOptions(project=str(project), read_only=read_only))
        async with Client(app.server, mode=mode) as client:
            try:
                return await work(client)
            except MCPError as error:
                return error

    result = anyio.run(run)
    if isinstance(result, MCPError):
        raise result
    return result


def asking(project: Path, mode: str, *, read_only: bool = False) -> Ask:
    """Calls one tool of a server that was started for the project."""

    def call(tool: str, **arguments: object) -> CallToolResult:
        async def work(client: Client) -> CallToolResult:
            return await client.call_tool(tool, arguments)

        return with_client(project, mode, work, read_only=read_only)

    return call
