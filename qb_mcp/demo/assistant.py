"""An AI client's side of the conversation: starts `quickback mcp` and calls its tools over stdio."""

import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp_types import CallToolResult, TextContent

from qb_mcp.errors import QbError


@dataclass(frozen=True, slots=True)
class Assistant:
    """A connected client."""

    client: Client

    async def ask(self, tool: str, **arguments: str | bool) -> str:
        """Call a tool and return its text; an error of the tool is raised."""
        result = await self.client.call_tool(tool, arguments)
        if not isinstance(result, CallToolResult):
            raise QbError(f"`{tool}` wants more input", "")
        text = "\n".join(part.text for part in result.content if isinstance(part, TextContent))
        if result.is_error:
            raise QbError(f"the tool `{tool}` failed", text)
        return text

    async def tools(self) -> tuple[str, ...]:
        """The names of the tools on offer."""
        return tuple(tool.name for tool in (await self.client.list_tools()).tools)


@asynccontextmanager
async def assistant(project: Path, environment: Mapping[str, str]) -> AsyncIterator[Assistant]:
    """An assistant whose server works on a project."""
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "qb_mcp", "mcp"], cwd=project, env=dict(environment)
    )
    async with Client(server) as client:
        yield Assistant(client)
