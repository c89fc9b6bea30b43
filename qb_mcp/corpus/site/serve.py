"""Serves the site on this machine, for reading; nothing is written and nothing leaves it."""

from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from qb_mcp import corpus
from qb_mcp.corpus.site.llms import llms_txt
from qb_mcp.corpus.site.pages import START, icon, missing_page, search_page, style, topic_page

HTML, CSS, ICON, MARKDOWN, PLAIN = "text/html", "text/css", "image/svg+xml", "text/markdown", "text/plain"
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
Answer = tuple[HTTPStatus, str, str]


def answer(target: str) -> Answer:
    """(status, type, text) for the path and query of a request."""
    address = urlsplit(target)
    path = unquote(address.path).strip("/")
    if path == "style.css":
        return HTTPStatus.OK, CSS, style()
    if path == "icon.svg":
        return HTTPStatus.OK, ICON, icon()
    if path == "llms.txt":
        return HTTPStatus.OK, PLAIN, llms_txt()
    if path == "search":
        return HTTPStatus.OK, HTML, search_page(" ".join(parse_qs(address.query).get("q", [])))
    if path.endswith(".md") and (page := corpus.page(path.removesuffix(".md"))):
        return HTTPStatus.OK, MARKDOWN, page.markdown
    found = topic_page(path or START)
    return (HTTPStatus.OK, HTML, found) if found else (HTTPStatus.NOT_FOUND, HTML, missing_page(path))


class Handler(BaseHTTPRequestHandler):
    """GET and HEAD; everything else is refused by the base class."""

    server_version = "quickback"
    sys_version = ""

    def do_GET(self) -> None:
        status, kind, text = answer(self.path)
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Requests of one reader are not worth a line."""


def open_server(port: int) -> ThreadingHTTPServer:
    """A server on the loopback address; port 0 takes a free one."""
    return ThreadingHTTPServer(("127.0.0.1", port), Handler)
