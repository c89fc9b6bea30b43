"""Who wants to hear of changes. Clients of the 2026 era listen on the SDK's bus; those of the handshake era are kept
here, and both are told by the same calls."""

from collections import OrderedDict
from dataclasses import dataclass, field

from mcp.server.session import ServerSession
from mcp.server.subscriptions import InMemorySubscriptionBus, ResourcesListChanged, ResourceUpdated

MOST = 1_000


@dataclass(slots=True)
class _Client:
    """A connection of the handshake era, known by the session of its latest request."""

    session: ServerSession
    uris: set[str] = field(default_factory=set)


class Subscribers:
    """All clients that asked to be told."""

    def __init__(self) -> None:
        self.bus = InMemorySubscriptionBus()
        self._clients: OrderedDict[int, _Client] = OrderedDict()

    def connected(self, session: ServerSession) -> _Client:
        """Remember a connection; the oldest is forgotten when there are too many."""
        key = id(session.client_params)
        client = self._clients.setdefault(key, _Client(session))
        self._clients.move_to_end(key)
        if session.client_params is not None:
            self._clients.pop(id(None), None)
        while len(self._clients) > MOST:
            self._clients.popitem(last=False)
        return client

    def subscribe(self, session: ServerSession, uri: str) -> None:
        uris = self.connected(session).uris
        if len(uris) < MOST:
            uris.add(uri)

    def unsubscribe(self, session: ServerSession, uri: str) -> None:
        self.connected(session).uris.discard(uri)

    async def updated(self, uri: str) -> None:
        """Tell those who subscribed to a resource that it changed."""
        await self.bus.publish(ResourceUpdated(uri=uri))
        for client in [client for client in self._clients.values() if uri in client.uris]:
            await client.session.send_resource_updated(uri)

    async def list_changed(self) -> None:
        """Tell everyone that there are other resources now."""
        await self.bus.publish(ResourcesListChanged())
        for client in list(self._clients.values()):
            await client.session.send_resource_list_changed()
