"""Decides how to serve. It imports next to nothing, since a client waits for the first answer."""

import logging
import sys
import warnings

from qb_mcp.server.options import ServeOptions


def serve(options: ServeOptions) -> None:
    """Serve over stdio, or over HTTP where an address is given. Nothing is printed in normal use."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    _set_up_log(options.debug_log)
    if options.http:
        from qb_mcp.server.http import serve_http  # noqa: PLC0415 - only one way of serving is loaded

        serve_http(options, options.http)
        return
    from qb_mcp.server.stdio import serve_stdio  # noqa: PLC0415 - only one way of serving is loaded

    serve_stdio(options)


def _set_up_log(path: str | None) -> None:
    """Clients show what a server writes to stderr as errors, so the log goes to a file or nowhere."""
    if path is None:
        logging.getLogger().addHandler(logging.NullHandler())
        return
    form = "%(asctime)s %(levelname)s %(name)s %(message)s"
    logging.basicConfig(filename=path, encoding="utf-8", level=logging.DEBUG, format=form)
