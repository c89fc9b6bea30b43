"""Names that the teaching material must get right, taken from the code that defines them."""

from dataclasses import dataclass

from qb_compiler.blocks.access.model import Operator
from qb_compiler.blocks.actions.model import ActionMethod
from qb_compiler.blocks.masking.model import MaskKind
from qb_compiler.config.model import IdMode
from qb_mcp import __version__
from qb_mcp.cli.commands import COMMANDS
from qb_mcp.server.tools import offered_tools


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the templates may refer to."""

    version: str
    masks: tuple[str, ...]
    operators: tuple[str, ...]
    methods: tuple[str, ...]
    id_modes: tuple[str, ...]
    commands: tuple[tuple[str, str], ...]
    tools: tuple[str, ...]

    def command(self, name: str) -> str:
        """`quickback NAME`, refused where there is no such command."""
        if name.split()[0] not in {known.split()[0] for known, _ in self.commands}:
            raise ValueError(f"no command `{name}`")
        return f"`quickback {name}`"

    def tool(self, name: str) -> str:
        """The tool's name, refused where the server has none of that name."""
        if name not in self.tools:
            raise ValueError(f"no MCP tool `{name}`")
        return f"`{name}`"


def read_facts() -> Facts:
    """The facts of this version."""
    return Facts(
        version=__version__,
        masks=tuple(MaskKind),
        operators=tuple(Operator),
        methods=tuple(ActionMethod),
        id_modes=tuple(mode for mode in IdMode if mode is not IdMode.CLIENT),
        commands=tuple((name, summary) for name, _, summary in COMMANDS),
        tools=tuple(tool.name for tool in offered_tools()),
    )
