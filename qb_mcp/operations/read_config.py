"""The project's configuration as it is written, with secrets hidden."""

from pathlib import Path

from qb_mcp.operations.find_project import CONFIG
from qb_mcp.operations.project_files import ProjectFile, read_file


def read_config(root: Path) -> ProjectFile:
    """The text of `quickback/quickback.config.ts`."""
    return read_file(root, CONFIG.as_posix())
