"""The real process on a pipe: what peers may send, how it ends, and that nothing but protocol is ever printed."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mcp_peers.project import write_project
from mcp_peers.wire import INITIALIZED, Process, initialize, request

LIST = request(1, "tools/list")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_project(tmp_path)


def loaded(root: Path) -> Iterator[Process]:
    """A server that has answered a first call, so that the SDK is loaded and serves."""
    process = Process(cwd=root)
    process.ask(initialize())
    process.send(INITIALIZED)
    process.ask(request("warm", "tools/call", name="list_features", arguments={}))
    yield process
    assert process.close() == b"", "nothing is written to stderr in normal use"


@pytest.fixture
def server(root: Path) -> Iterator[Process]:
    yield from loaded(root)


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """One server for all that a server survives."""
    yield from loaded(write_project(tmp_path_factory.mktemp("project")))


@pytest.fixture
def fresh(root: Path) -> Iterator[Process]:
    """A server that has heard nothing yet."""
    process = Process(cwd=root)
    yield process
    assert process.close() == b""


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{nonsense\n", -32700),
        (b'{"jsonrpc":"2.0","id":1,"method":"ping"\n', -32700),
        (b"\xff\xfe\x00\n", -32700),
        (b'{"jsonrpc":"2.0","id":NaN,"method":"ping"}\n', -32700),
        (b'[{"jsonrpc":"2.0","id":1,"method":"ping"}]\n', -32600),
        (b'"ping"\n', -32600),
        (b'{"id":1,"method":"ping"}\n', -32600),
        (b'{"jsonrpc":"2.0","id":null,"method":"ping"}\n', -32600),
        (b'{"jsonrpc":"2.0","id":1.5,"method":"ping"}\n', -32600),
        (b'{"jsonrpc":"2.0","id":true,"method":"ping"}\n', -32600),
        (b'{"jsonrpc":"2.0","id":1}\n', -32600),
        (b'{"jsonrpc":"2.0","id":1,"method":"ping","params":[1]}\n', -32600),
        (b"[" * 100_000 + b"\n", -32600),
        (b" " * (9 * 1024 * 1024) + b"\n", -32600),
    ],
    ids=lambda value: repr(value[:40]) if isinstance(value, bytes) else str(value),
)
def test_what_is_no_message_is_answered_with_its_error_and_the_server_lives(
    lasting: Process, line: bytes, code: int
) -> None:
    lasting.raw(line)
    error = lasting.receive()["error"]
    assert isinstance(error, dict)
    assert error["code"] == code
    assert lasting.ask(request(2, "ping"))["result"] == {}


@pytest.mark.parametrize(
    "line",
    [
        b"\xef\xbb\xbf" + json.dumps(LIST).encode() + b"\n",
        json.dumps(LIST).encode() + b"\r\n",
        b"\n\r\n  \n" + json.dumps(LIST).encode() + b"\n",
    ],
    ids=["byte order mark", "carriage return", "blank lines"],
)
def test_what_other_systems_add_to_a_line_is_forgiven(lasting: Process, fresh: Process, line: bytes) -> None:
    for process in (lasting, fresh):
        process.raw(line)
        assert "result" in process.receive()


def test_a_request_before_the_handshake_is_served(fresh: Process) -> None:
    result = fresh.ask(LIST)["result"]
    assert isinstance(result, dict)
    assert len(result["tools"]) >= 9
    assert "result" in fresh.ask(initialize())


def test_null_params_are_none(lasting: Process, fresh: Process) -> None:
    for process in (lasting, fresh):
        assert "result" in process.ask({"jsonrpc": "2.0", "id": "null", "method": "tools/list", "params": None})


def test_a_server_whose_folder_was_deleted_still_answers(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    process = Process(cwd=tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    process.ask(initialize())
    process.send(INITIALIZED)
    assert "# Firewall" in str(process.ask(request(1, "tools/call", name="get_doc", arguments={"topic": "firewall"})))
    project = process.ask(request(2, "tools/call", name="list_features", arguments={}))["result"]
    assert isinstance(project, dict)
    assert project["isError"]
    assert process.close() == b""


def test_a_line_of_four_megabytes_is_read(lasting: Process) -> None:
    padded = request(7, "tools/call", name="get_doc", arguments={"topic": "x" * 4_000_000})
    result = lasting.ask(padded)["result"]
    assert isinstance(result, dict)
    assert result["isError"]


def test_an_unknown_version_gets_the_newest_of_its_era(fresh: Process) -> None:
    result = fresh.ask(initialize("2099-01-01"))["result"]
    assert isinstance(result, dict)
    assert result["protocolVersion"] == "2025-11-25"


def test_the_later_era_is_served_without_a_handshake(fresh: Process) -> None:
    result = fresh.ask(request(1, "server/discover", modern=True))["result"]
    assert isinstance(result, dict)
    assert result["supportedVersions"] == ["2026-07-28"]
    called = fresh.ask(request(2, "tools/call", modern=True, name="list_features", arguments={}))["result"]
    assert isinstance(called, dict)
    assert called["resultType"] == "complete"


def test_the_lists_are_answered_while_something_waits_for_the_sdk(fresh: Process) -> None:
    wanted = {"resourcesListChanged": True}
    fresh.send(request(1, "server/discover", modern=True))
    fresh.send(
        request(2, "subscriptions/listen", modern=True, notifications=wanted), request(3, "tools/list", modern=True)
    )
    assert [fresh.receive()["id"], fresh.receive()["id"]] == [1, 3]
    assert fresh.receive()["method"] == "notifications/subscriptions/acknowledged"


def test_a_client_may_look_for_the_later_era_and_fall_back_to_the_handshake(fresh: Process) -> None:
    assert "result" in fresh.ask(request(1, "server/discover", modern=True))
    assert "result" in fresh.ask(initialize())
    fresh.send(INITIALIZED)
    result = fresh.ask(request(2, "tools/call", name="list_features", arguments={}))["result"]
    assert isinstance(result, dict)
    assert "resultType" not in result


def test_what_the_opening_promised_is_what_the_sdk_keeps(fresh: Process) -> None:
    fresh.ask(initialize("2025-06-18"))
    fresh.send(INITIALIZED)
    early = fresh.ask(request(1, "tools/list"))["result"]
    fresh.ask(request(2, "tools/call", name="list_features", arguments={}))
    assert fresh.ask(request(3, "tools/list"))["result"] == early


def test_a_version_that_is_not_served_is_refused_with_those_that_are(fresh: Process) -> None:
    message = request(1, "tools/list", modern=True)
    params = message["params"]
    assert isinstance(params, dict)
    meta = {**params["_meta"], "io.modelcontextprotocol/protocolVersion": "2031-01-01"}
    error = fresh.ask({**message, "params": {"_meta": meta}})["error"]
    assert isinstance(error, dict)
    assert (error["code"], error["data"]["supported"]) == (-32022, ["2026-07-28"])


def test_a_lone_surrogate_is_carried_without_harm(lasting: Process) -> None:
    lasting.raw(b'{"jsonrpc":"2.0","id":"\\ud800","method":"ping"}\n')
    assert lasting.receive() == {"jsonrpc": "2.0", "id": "\ud800", "result": {}}


def test_stdout_of_a_child_process_does_not_reach_the_wire(lasting: Process) -> None:
    descriptors = Path(f"/proc/{lasting.popen.pid}/fd")
    if descriptors.is_dir():
        assert (descriptors / "0").readlink() == Path("/dev/null")
        assert (descriptors / "1").readlink() == (descriptors / "2").readlink()
    assert lasting.ask(request(3, "ping"))["result"] == {}


def test_requests_that_were_piped_in_are_answered_before_it_ends(root: Path) -> None:
    call = request(1, "tools/call", name="list_features", arguments={})
    lines = "".join(json.dumps(message) + "\n" for message in (initialize(), INITIALIZED, call))
    command = [sys.executable, "-m", "qb_mcp", "mcp"]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, cwd=root, timeout=20, check=True)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [0, 1]
    assert done.stderr == ""


def test_two_requests_of_one_name_get_two_answers(lasting: Process) -> None:
    calls = [request("twin", "tools/call", name=name, arguments={}) for name in ("list_features", "list_topics")]
    lasting.send(*calls)
    assert [lasting.receive()["id"], lasting.receive()["id"]] == ["twin", "twin"]


def test_calls_side_by_side_are_each_answered_once(lasting: Process) -> None:
    topics = ("firewall", "access", "guards", "masking", "actions")
    lasting.send(*(request(n, "tools/call", name="get_doc", arguments={"topic": topics[n % 5]}) for n in range(100)))
    titles = {}
    for _ in range(100):
        message = lasting.receive()
        result = message["result"]
        assert isinstance(result, dict)
        titles[message["id"]] = result["content"][0]["text"].splitlines()[0]
    assert sorted(titles) == list(range(100))
    assert titles[0] == titles[95] == "# Firewall"


def test_the_debug_log_is_a_file_and_only_that(root: Path, tmp_path: Path) -> None:
    log = tmp_path / "mcp.log"
    process = Process("--debug-log", str(log), cwd=root)
    process.ask(initialize())
    process.send(INITIALIZED)
    process.ask(request(1, "tools/call", name="list_features", arguments={}))
    assert process.close() == b""
    assert log.read_text(encoding="utf-8")
