"""Tool calls as the protocol has them: work in a thread, progress to the client, the end of waiting to the work."""

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

import anyio
import anyio.from_thread
import anyio.to_thread
from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp_types import Tool as ListedTool

from qb_mcp.errors import QbError
from qb_mcp.operations.json_value import harmless
from qb_mcp.operations.names import nearest_names
from qb_mcp.operations.text import neutralised, one_line
from qb_mcp.server.desk import Desk
from qb_mcp.server.roots import client_roots
from qb_mcp.server.stdio import LONGEST_CALL
from qb_mcp.server.tool import Answer, Tool
from qb_mcp.server.watching import Watcher

logger = logging.getLogger(__name__)
Context = ServerRequestContext[Watcher, object]
Result = TypeVar("Result")


class Abandoned(Exception):
    """Raised inside work whose caller has gone."""


class Calls:
    """Lists and runs the tools of a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def list_tools(self, _: Context, __: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=[listed(tool) for tool in self._desk.tools.values()])

    async def call_tool(self, context: Context, params: CallToolRequestParams) -> CallToolResult:
        tool = self._desk.tools.get(params.name)
        if tool is None:
            raise MCPError(code=INVALID_PARAMS, message=self._unknown(params.name))
        try:
            return _succeeded(await self._run(context, tool, params))
        except QbError as error:
            return _failed(str(error))
        except TimeoutError:
            return _failed(f"{tool.name} took longer than {LONGEST_CALL:.0f} s and was stopped\ntry a smaller request")
        except Exception:
            logger.exception("%s failed", tool.name)
            return _failed(f"{tool.name} failed inside the server\nthis is a fault of Quickback; please report it")

    def _unknown(self, name: str) -> str:
        near = nearest_names(name, self._desk.tools) or list(self._desk.tools)
        return f"Unknown tool `{one_line(name, 60)}`. Tools: {', '.join(near)}."

    async def _run(self, context: Context, tool: Tool, params: CallToolRequestParams) -> Answer:
        if tool.quick:
            return self._desk.answer(tool, params.arguments, (), ignore)
        needs_project = any(parameter.name == "project" for parameter in tool.parameters)
        roots = await client_roots(context.session) if needs_project and self._desk.asks_client else ()
        progress = Progress(context)
        return await in_thread(
            lambda: self._desk.answer(tool, params.arguments, roots, progress.report), progress.abandoned
        )


def ignore(stage: str, step: int, steps: int) -> None:
    """Progress of what takes no time."""


class Progress:
    """Carries progress from a worker thread to the client, and the news that nobody waits any more the other way."""

    def __init__(self, context: Context) -> None:
        self._session = context.session
        self.abandoned = threading.Event()

    def report(self, stage: str, step: int, steps: int) -> None:
        if self.abandoned.is_set():
            raise Abandoned
        anyio.from_thread.run(self._session.report_progress, step, steps, stage)


async def in_thread(work: Callable[[], Result], abandoned: threading.Event) -> Result:
    """Run blocking work beside the event loop; a cancelled or overdue caller leaves at once and the work is told."""
    try:
        with anyio.fail_after(LONGEST_CALL):
            return await anyio.to_thread.run_sync(work, abandon_on_cancel=True)
    finally:
        abandoned.set()


def listed(tool: Tool) -> ListedTool:
    """A tool as clients see it."""
    annotations = ToolAnnotations(title=tool.title, read_only_hint=not tool.writes, open_world_hint=False)
    if tool.writes:
        # The protocol gives these a meaning only for tools that write.
        annotations.destructive_hint, annotations.idempotent_hint = False, True
    return ListedTool(
        name=tool.name,
        description=tool.description,
        input_schema=dict(tool.input_schema),
        output_schema=dict(tool.facts) if tool.facts else None,
        annotations=annotations,
    )


def _succeeded(answer: Answer) -> CallToolResult:
    """Facts come from a project, and anyone may have written its names and texts."""
    if answer.facts is None:
        return CallToolResult(content=[TextContent(text=answer.text)])
    text = TextContent(text=neutralised(answer.text))
    return CallToolResult(content=[text], structured_content=harmless(answer.facts))


def _failed(message: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(text=message)], is_error=True)
