"""Wires the SDK's low-level server to our tools, resources, prompts and completions. The low-level server is used
because it sends our schemas as they are written and lets a failed call say in full what to do next."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeAlias

import anyio
from mcp.server.caching import CacheableMethod, CacheHint
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import NotificationOptions, Server
from mcp.server.models import InitializationOptions
from mcp.server.subscriptions import ListenHandler
from mcp_types import (
    EmptyResult,
    NotificationParams,
    SubscribeRequestParams,
    SubscriptionsListenRequestParams,
    SubscriptionsListenResult,
    UnsubscribeRequestParams,
)

from qb_mcp import __version__
from qb_mcp.server.calls import Calls
from qb_mcp.server.catalogue import Catalogue
from qb_mcp.server.desk import Desk
from qb_mcp.server.options import ServeOptions
from qb_mcp.server.roots import client_roots
from qb_mcp.server.skills import serve_skills
from qb_mcp.server.subscribers import Subscribers
from qb_mcp.server.watching import Watcher

DAY_MS = 86_400_000
INSTRUCTIONS = Path(__file__).with_name("instructions.md").read_text(encoding="utf-8").strip()
_FIXED: tuple[CacheableMethod, ...] = ("tools/list", "prompts/list", "resources/templates/list", "server/discover")
Context: TypeAlias = ServerRequestContext[Watcher, object]


class App:
    """One server process: what it offers, who listens, and the SDK's server over both."""

    def __init__(self, options: ServeOptions, desk: Desk | None = None) -> None:
        self.desk = desk or Desk(options)
        self.subscribers = Subscribers()
        calls, catalogue = Calls(self.desk), Catalogue(self.desk)
        self._listen = ListenHandler(self.subscribers.bus)
        self.server: Server[Watcher] = Server(
            "quickback",
            version=__version__,
            title="Quickback",
            instructions=INSTRUCTIONS,
            lifespan=self._lifespan,
            cache_hints={method: CacheHint(DAY_MS, "public") for method in _FIXED},
            on_list_tools=calls.list_tools,
            on_call_tool=calls.call_tool,
            on_list_resources=catalogue.list_resources,
            on_list_resource_templates=catalogue.list_templates,
            on_read_resource=catalogue.read_resource,
            on_subscribe_resource=self._subscribe,
            on_unsubscribe_resource=self._unsubscribe,
            on_subscriptions_listen=self._serve_listener,
            on_list_prompts=catalogue.list_prompts,
            on_get_prompt=catalogue.get_prompt,
            on_completion=catalogue.complete,
        )
        self.server.middleware.clear()
        serve_skills(self.server)
        self.server.add_notification_handler("notifications/initialized", NotificationParams, self._connected)

    @property
    def initialization(self) -> InitializationOptions:
        """What a client of the handshake era is told at the start."""
        return self.server.create_initialization_options(NotificationOptions(resources_changed=True))

    @asynccontextmanager
    async def _lifespan(self, _: Server[Watcher]) -> AsyncIterator[Watcher]:
        async with anyio.create_task_group() as tasks:
            watcher = Watcher(self.subscribers, tasks)
            yield watcher
            watcher.stop()
            tasks.cancel_scope.cancel()

    async def _connected(self, context: Context, _: NotificationParams) -> None:
        self.subscribers.connected(context.session)
        await self._watch(context)

    async def _watch(self, context: Context) -> None:
        project = self.desk.open_project_or_none(await self._roots(context))
        await context.lifespan_context.watch(project.root if project else None)

    async def _roots(self, context: Context) -> tuple[Path, ...]:
        return await client_roots(context.session) if self.desk.asks_client else ()

    async def _subscribe(self, context: Context, params: SubscribeRequestParams) -> EmptyResult:
        await self._watch(context)
        self.subscribers.subscribe(context.session, params.uri)
        return EmptyResult()

    async def _unsubscribe(self, context: Context, params: UnsubscribeRequestParams) -> EmptyResult:
        self.subscribers.unsubscribe(context.session, params.uri)
        return EmptyResult()

    async def _serve_listener(
        self, context: Context, params: SubscriptionsListenRequestParams
    ) -> SubscriptionsListenResult:
        await self._watch(context)
        return await self._listen(context, params)
