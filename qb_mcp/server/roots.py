"""The folders that a client of the handshake era says it has open. Later clients name the project in the call."""

from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from mcp.server.session import ServerSession
from mcp.shared.exceptions import MCPError
from mcp_types import ListRootsRequest, ListRootsResult

PATIENCE = 2.0


async def client_roots(session: ServerSession) -> tuple[Path, ...]:
    """The client's open folders; none where it has none to tell or does not answer."""
    capabilities = session.client_capabilities
    if capabilities is None or capabilities.roots is None or not session.can_send_request:
        return ()
    try:
        listed = await session.send_request(ListRootsRequest(), ListRootsResult, PATIENCE)
    except (MCPError, ValueError):
        return ()
    return tuple(folder for root in listed.roots if (folder := _folder(str(root.uri))))


def _folder(uri: str) -> Path | None:
    parts = urlsplit(uri)
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        return None
    path = Path(url2pathname(parts.path))
    return path if path.is_dir() else None
