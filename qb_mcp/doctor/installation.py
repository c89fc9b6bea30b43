"""The package itself: its version, its Python, and whether committed configurations find the command."""

import platform
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from qb_mcp import __version__
from qb_mcp.clients.launch import is_passing
from qb_mcp.doctor.finding import Finding, note, ok


def examine() -> Iterator[Finding]:
    """Version and PATH."""
    yield ok("quickback", f"{__version__}, Python {platform.python_version()} in {sys.prefix}")
    found = shutil.which("quickback")
    if found is None:
        hint = "committed configurations say `quickback`: activate the environment, or install with pipx"
        yield note("command", "`quickback` is not on PATH", hint)
        return
    if is_passing(found):
        yield note("command", f"{found} lies in a cache that may be emptied", "install with pip or pipx")
        return
    own = Path(found).parent == Path(sys.executable).parent
    other = note("command", f"{found} is another installation than this one", "remove one of the two")
    yield ok("command", found) if own else other
