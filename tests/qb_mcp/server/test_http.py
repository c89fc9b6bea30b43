"""Streamable HTTP: only with the token, only for this machine's names, and the same server behind it in both eras."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from mcp_peers.project import write_project
from mcp_peers.wire import initialize, request
from qb_mcp.cli.app import main

TOKEN = "a-token-of-the-test"
HEADERS = {"Accept": "application/json, text/event-stream", "Authorization": f"Bearer {TOKEN}"}
MODERN = {"MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/list"}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def server(project: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "qb_mcp", "mcp", "--http", f"127.0.0.1:{port}"],
        cwd=project,
        env={**os.environ, "QUICKBACK_MCP_TOKEN": TOKEN},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    url = f"http://127.0.0.1:{port}/mcp"
    with httpx.Client(transport=httpx.HTTPTransport(retries=50)) as client:
        while True:
            try:
                client.get(url)
                break
            except httpx.ConnectError:
                assert process.poll() is None
    yield url, process
    process.kill()
    process.communicate()


@pytest.fixture
def url(server: tuple[str, subprocess.Popen[bytes]]) -> str:
    return server[0]


@pytest.mark.parametrize(
    "authorization",
    [None, "Bearer wrong", f"Basic {TOKEN}", f"bearer {TOKEN}x", f"Bearer  {TOKEN}", TOKEN, "Bearer"],
)
def test_without_the_token_nothing_is_served(url: str, authorization: str | None) -> None:
    headers = {"Authorization": authorization} if authorization else {}
    answer = httpx.post(url, json=initialize(), headers={"Accept": HEADERS["Accept"], **headers})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Host", "evil.example.com"),
        ("Host", "127.0.0.1.evil.example.com:{port}"),
        ("Host", "127.0.0.1:{port}.evil.example.com"),
        ("Host", "127.0.0.1:{port}@evil.example.com"),
        ("Host", "127.0.0.1:{port}, evil.example.com"),
        ("Host", "127.0.0.1"),
        ("Host", "127.0.0.1:1"),
        ("Origin", "https://evil.example.com"),
        ("Origin", "https://127.0.0.1:{port}"),
        ("Origin", "http://127.0.0.1:{port}.evil.example.com"),
        ("Origin", "http://localhost:3000"),
        ("Origin", "file://"),
        ("Origin", "null"),
    ],
)
def test_a_foreign_name_is_refused_even_with_the_token(url: str, header: str, value: str) -> None:
    named = value.format(port=httpx.URL(url).port)
    assert httpx.post(url, json=initialize(), headers={**HEADERS, header: named}).status_code in (403, 421)


@pytest.mark.parametrize(("header", "value"), [("Host", "localhost:{port}"), ("Origin", "http://127.0.0.1:{port}")])
def test_its_own_names_are_answered(url: str, header: str, value: str) -> None:
    named = value.format(port=httpx.URL(url).port)
    assert httpx.post(url, json=initialize(), headers={**HEADERS, header: named}).status_code == 200


def test_an_edit_reaches_a_listener_over_http_within_half_a_second(url: str, project: Path) -> None:
    feature = "quickback://project/features/hiring"
    wanted = request("sub", "subscriptions/listen", modern=True, notifications={"resourceSubscriptions": [feature]})
    headers = {**HEADERS, **MODERN, "Mcp-Method": "subscriptions/listen"}
    with httpx.stream("POST", url, json=wanted, headers=headers, timeout=20) as stream:
        told = (line for line in stream.iter_lines() if line.startswith("data: {"))
        assert "acknowledged" in next(told)
        started = time.monotonic()
        (project / "quickback/features/hiring/candidates.ts").write_text("// edited", encoding="utf-8")
        assert feature in next(told)
        assert time.monotonic() - started < 0.5


def test_a_port_that_is_taken_is_an_error_that_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["mcp", "--http", f"127.0.0.1:{taken.getsockname()[1]}"]) == 1
    assert "cannot be listened on" in capsys.readouterr().err


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_name_of_the_scheme_has_no_case(url: str, scheme: str) -> None:
    headers = {**HEADERS, "Authorization": f"{scheme} {TOKEN}"}
    assert httpx.post(url, json=initialize(), headers=headers).status_code == 200


def test_a_client_of_the_handshake_era_is_served(url: str) -> None:
    answer = httpx.post(url, json=initialize(), headers=HEADERS)
    assert answer.status_code == 200
    assert '"protocolVersion":"2025-11-25"' in answer.text


def test_a_client_of_the_later_era_is_served(url: str) -> None:
    answer = httpx.post(url, json=request(1, "tools/list", modern=True), headers={**HEADERS, **MODERN})
    assert answer.status_code == 200
    assert '"name":"search_docs"' in answer.text


@pytest.mark.parametrize("address", ["8080", ":8080", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:99999", "0.0.0.0:8080"])
def test_an_address_that_is_none_of_this_machine_is_refused(
    address: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["mcp", "--http", address]) == 1
    assert "error: `" in capsys.readouterr().err


def test_a_signal_ends_it_within_two_seconds_and_nothing_was_printed(
    server: tuple[str, subprocess.Popen[bytes]],
) -> None:
    process = server[1]
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=2)
    assert process.communicate() == (b"", b"")
