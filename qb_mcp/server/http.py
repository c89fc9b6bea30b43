"""Serves streamable HTTP for hosts that want it: on this machine, for its own Host names and Origins, with a token."""

import hmac
import os
import secrets
import socket
import sys

import uvicorn
from mcp.server.transport_security import TransportSecuritySettings
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from qb_mcp.errors import QbError
from qb_mcp.server.app import App
from qb_mcp.server.options import ServeOptions

TOKEN_VARIABLE = "QUICKBACK_MCP_TOKEN"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def serve_http(options: ServeOptions, address: str) -> None:
    """Serve until interrupted. The token is QUICKBACK_MCP_TOKEN, or a fresh one that is shown once."""
    host, port = read_address(address)
    if host not in LOOPBACK:
        raise QbError(f"`{host}` is not this machine", "serve on 127.0.0.1; to reach it from elsewhere use a tunnel")
    with listen(host, port) as listener:
        port = listener.getsockname()[1]
        token = os.environ.get(TOKEN_VARIABLE)
        if not token:
            token = secrets.token_urlsafe(24)
            sys.stderr.write(f"http://{host}:{port}/mcp\nAuthorization: Bearer {token}\n")
        application = TokenRequired(http_app(App(options), port), token)
        config = uvicorn.Config(application, log_config=None, access_log=False, timeout_graceful_shutdown=1)
        uvicorn.Server(config).run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host.strip("[]"), port), family=family)
    except OSError as error:
        raise QbError(f"{host}:{port} cannot be listened on: {error.strerror}", "choose another port") from None


def http_app(app: App, port: int) -> ASGIApp:
    """The application, answering only to its own names."""
    names = [f"{name}:{port}" for name in LOOPBACK]
    security = TransportSecuritySettings(
        enable_dns_rebinding_protection=True,
        allowed_hosts=names,
        allowed_origins=[f"http://{name}" for name in names],
    )
    return app.server.streamable_http_app(transport_security=security)


def read_address(address: str) -> tuple[str, int]:
    """`HOST:PORT` as its two parts."""
    host, separator, port = address.rpartition(":")
    if not separator or not host or not port.isascii() or not port.isdigit() or int(port) > 65_535:
        raise QbError(f"`{address}` is not HOST:PORT", "for example `quickback mcp --http 127.0.0.1:8787`")
    return host, int(port)


class TokenRequired:
    """Refuses every request that does not carry the token."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app, self._expected = app, token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close"})
            return
        if scope["type"] == "http" and not self._knows(Headers(scope=scope)):
            refusal = PlainTextResponse("missing or wrong token", 401, {"WWW-Authenticate": "Bearer"})
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _knows(self, headers: Headers) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and hmac.compare_digest(given.encode("utf-8", "replace"), self._expected)
