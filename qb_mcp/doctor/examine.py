"""Everything the doctor looks at, in order."""

from collections.abc import Iterator
from pathlib import Path

from qb_mcp.clients import payload
from qb_mcp.clients.client import Machine
from qb_mcp.clients.kit import ClaudeScope, claude, cursor
from qb_mcp.clients.ledger import open_ledger
from qb_mcp.clients.payload import Payload
from qb_mcp.clients.status import Status
from qb_mcp.doctor import installation, project, servers, tools
from qb_mcp.doctor.finding import Finding, note, ok
from qb_mcp.errors import QbError
from qb_mcp.operations.find_project import Surroundings, find_project


def examine(option: str | None, machine: Machine) -> Iterator[Finding]:
    """Look at the installation, the project, the tools, the assistants' files and their servers."""
    yield from installation.examine()
    root: Path | None = None
    try:
        root = find_project(around=Surroundings(option=option)).root
    except QbError as error:
        yield note("project", error.message, "`quickback create cloudflare my-app` starts one")
    if root:
        yield from project.examine(root)
    yield from tools.examine(root)
    yield from _kits(machine, root)
    yield from servers.examine(machine, root)


def _kits(machine: Machine, root: Path | None) -> Iterator[Finding]:
    """Skill and rule, wherever they are installed."""
    places: list[tuple[str, Payload, Path, str]] = [
        ("skill (global)", claude(ClaudeScope.GLOBAL), machine.home, "quickback claude update --global"),
    ]
    if root:
        places += [
            ("skill (project)", claude(ClaudeScope.PROJECT), root, "quickback claude update --project"),
            ("skill (local)", claude(ClaudeScope.LOCAL), root, "quickback claude update --local"),
            ("Cursor rule", cursor(), root, "quickback cursor update"),
        ]
    found = [(about, _status(kit, place), command) for about, kit, place, command in places]
    for about, status, command in found:
        if status is Status.CURRENT:
            yield ok(about, "current")
        elif status is not Status.MISSING:
            yield note(about, status, f"run `{command}`")
    if all(status is Status.MISSING for _, status, _ in found):
        yield note("skill", "not installed", "`quickback claude install`, `quickback cursor install`")


def _status(kit: Payload, place: Path) -> Status:
    try:
        return payload.overall(payload.stand(kit, open_ledger(place)))
    except QbError:
        return Status.UNREADABLE
