"""Serves our server over HTTP with the conformance fixtures: `python -m mcp_peers.http_server PROJECT`."""

import socket
import sys

import uvicorn

from mcp_peers.fixtures import add_fixtures
from qb_mcp.server.app import App
from qb_mcp.server.http import http_app
from qb_mcp.server.options import ServeOptions

if __name__ == "__main__":
    app = App(ServeOptions(project=sys.argv[1]))
    add_fixtures(app)
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    print(port, flush=True)
    config = uvicorn.Config(http_app(app, port), log_config=None, access_log=False)
    uvicorn.Server(config).run(sockets=[listener])
