"""The command that starts our server, as each kind of file needs it.

Desktop applications do not see a shell's PATH, so a person's own file names the program by its absolute path; a
committed file cannot, so it says `quickback`.
"""

import shutil
import sys
from pathlib import Path

from qb_mcp.clients.client import Launch, Scope

_ARGS = ("mcp",)


def launch(scope: Scope, project: Path | None = None) -> Launch:
    """The command for a scope; `project` pins a person's entry to one project."""
    if scope is Scope.PROJECT:
        return Launch("quickback", _ARGS)
    pinned = (*_ARGS, "--project", str(project)) if project else _ARGS
    program = _program()
    return Launch(str(program), pinned) if program else Launch(sys.executable, ("-m", "qb_mcp", *pinned))


def _program() -> Path | None:
    """`quickback` beside the running Python, else the one on PATH."""
    name = "quickback.exe" if sys.platform == "win32" else "quickback"
    beside = Path(sys.executable).with_name(name)
    if beside.is_file():
        return beside
    found = shutil.which("quickback")
    return Path(found).absolute() if found else None


def is_passing(program: str) -> bool:
    """Whether the program lies in a cache that is emptied now and then, as one run through `uvx` does."""
    parts = set(Path(program).parts)
    return "archive-v0" in parts or {"pipx", ".cache"} <= parts
