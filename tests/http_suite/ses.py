"""Amazon SES as a local server: takes what its API takes, and judges signatures by an implementation of its own."""

import hashlib
import hmac
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from http_suite.apps import Apps
from lanes.lane import Lane
from qb_compiler.model.literal import Json

KEY_ID, KEY = "AKIAEXAMPLE", "a/secret+key"
VARIABLES = {"AWS_ACCESS_KEY_ID": KEY_ID, "AWS_SECRET_ACCESS_KEY": KEY}
PATIENCE = 20
AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<id>[^/]+)/(?P<scope>\S+), "
    r"SignedHeaders=(?P<names>\S+), Signature=(?P<signature>\w+)"
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One mail; `problem` is what SES would have refused it for."""

    to: str
    sender: str
    reply_to: Json
    subject: str
    text: str
    html: str
    problem: str

    @property
    def link(self) -> str:
        """The address that the text holds."""
        return str(re.findall(r"https?://\S+", self.text)[0])

    @property
    def code(self) -> str:
        return str(re.findall(r"^\d{6}$", self.text, re.MULTILINE)[0])


def signing_key(key: str, scope: str) -> bytes:
    derived = b"AWS4" + key.encode()
    for part in scope.split("/"):
        derived = hmac.digest(derived, part.encode(), "sha256")
    return derived


def signature_problem(url: str, headers: dict[str, str], body: bytes) -> str:
    """What is wrong with the signature; empty when nothing is."""
    match = AUTHORIZATION.fullmatch(headers.get("authorization", ""))
    if not match or match["id"] != KEY_ID:
        return "no signature of the key"
    names, parts = match["names"].split(";"), urlsplit(url)
    if not {"host", "x-amz-date"} <= set(names) or names != sorted(names):
        return "headers that are not signed"
    signed = "".join(f"{name}:{parts.netloc if name == 'host' else headers[name]}\n" for name in names)
    digest = hashlib.sha256(body).hexdigest()
    request = f"POST\n{parts.path}\n{parts.query}\n{signed}\n{match['names']}\n{digest}"
    time = headers["x-amz-date"]
    text = f"AWS4-HMAC-SHA256\n{time}\n{match['scope']}\n{hashlib.sha256(request.encode()).hexdigest()}"
    expected = hmac.digest(signing_key(KEY, match["scope"]), text.encode(), "sha256").hex()
    if match["scope"] != f"{time[:8]}/{parts.netloc.split('.')[1]}/ses/aws4_request":
        return "another scope"
    return "" if hmac.compare_digest(expected, match["signature"]) else "another signature"


class Ses:
    """The server; `status` is what it answers. `mail` waits for the next mail."""

    def __init__(self) -> None:
        self.status = 200
        self._mails: Queue[Sent] = Queue()
        ses = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                ses._take(self)

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def mail(self, to: str) -> Sent:
        """The next mail, which is to this address and signed as SES wants it."""
        sent = self._mails.get(timeout=PATIENCE)
        assert (sent.to, sent.problem) == (to, "")
        return sent

    def mails(self, to: list[str]) -> None:
        """The next mails, one to each address; they may overtake one another."""
        sent = [self._mails.get(timeout=PATIENCE) for _ in to]
        assert sorted((mail.to, mail.problem) for mail in sent) == sorted((address, "") for address in to)

    def _take(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["content-length"]))
        headers = {name.lower(): value for name, value in handler.headers.items()}
        self._mails.put(_read(headers["x-outbound-url"], headers, body))
        answer = b'{"MessageId": "1"}' if self.status == 200 else b'{"message": "Email address is not verified."}'
        handler.send_response(self.status)
        handler.send_header("Content-Length", str(len(answer)))
        handler.end_headers()
        handler.wfile.write(answer)


def _read(url: str, headers: dict[str, str], body: bytes) -> Sent:
    content = json.loads(body)
    [to] = content["Destination"]["ToAddresses"]
    simple = content["Content"]["Simple"]
    wanted = "https://email.us-east-2.amazonaws.com/v2/email/outbound-emails"
    problem = signature_problem(url, headers, body) if url == wanted else f"another address: {url}"
    return Sent(
        to,
        content["FromEmailAddress"],
        content["ReplyToAddresses"],
        simple["Subject"]["Data"],
        simple["Body"]["Text"]["Data"],
        simple["Body"]["Html"]["Data"],
        problem,
    )


@contextmanager
def mailing(apps: Apps, kind: str, project: str, ses: Ses) -> Iterator[Lane]:
    """A lane of its own whose mails go to the server."""
    lane = apps.separate(project, kind, VARIABLES)
    lane.outbound = ses.url
    with lane:
        yield lane
