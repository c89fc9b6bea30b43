"""Answers calls, without the protocol: reads a tool's arguments, finds the project and runs the tool."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from qb_mcp.errors import QbError
from qb_mcp.operations.find_project import FoundProject, Surroundings, find_project
from qb_mcp.server.arguments import read_arguments
from qb_mcp.server.options import ServeOptions
from qb_mcp.server.tool import Answer, Call, Tool
from qb_mcp.server.tools import offered_tools


class Desk:
    """What one server offers, for any number of connections."""

    def __init__(self, options: ServeOptions, around: Surroundings | None = None) -> None:
        self._around = around or Surroundings(option=options.project, confined=True)
        self.tools: dict[str, Tool] = {tool.name: tool for tool in offered_tools(read_only=options.read_only)}

    @property
    def asks_client(self) -> bool:
        """Whether the client's roots could decide which project is meant."""
        return not self._around.explicit

    def answer(
        self,
        tool: Tool,
        arguments: Mapping[str, object] | None,
        roots: tuple[Path, ...],
        progress: Callable[[str, int, int], None],
    ) -> Answer:
        """Run a tool; `QbError` is for the caller to show."""
        around = replace(self._around, client_roots=roots)
        call = Call(read_arguments(tool, arguments), lambda place: find_project(place, around), progress)
        return tool.run(call)

    def open_project(self, roots: tuple[Path, ...]) -> FoundProject:
        """The project that is meant when none is named."""
        return find_project(None, replace(self._around, client_roots=roots))

    def open_project_or_none(self, roots: tuple[Path, ...]) -> FoundProject | None:
        try:
            return self.open_project(roots)
        except QbError:
            return None
