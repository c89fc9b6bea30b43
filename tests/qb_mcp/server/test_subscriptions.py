"""An edit on disk reaches a subscribed client of either era within half a second, and a burst of edits only once."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mcp_peers.project import write_project
from mcp_peers.wire import INITIALIZED, Process, initialize, request

CONFIG, HIRING = "quickback://project/config", "quickback://project/features/hiring"
CHANGELOG = "quickback://docs/changelog"
REPOSITORY = Path(__file__).parents[3]
LIMIT = 0.5


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_project(tmp_path)


@pytest.fixture
def older(root: Path) -> Iterator[Process]:
    """A client of the handshake era that subscribed to two resources."""
    process = Process(cwd=root)
    process.ask(initialize())
    process.send(INITIALIZED)
    for uri in (CONFIG, HIRING):
        process.ask(request(uri, "resources/subscribe", uri=uri))
    yield process
    assert process.close() == b""


@pytest.fixture
def newer(root: Path) -> Iterator[Process]:
    """A client of the later era that listens to one resource and to the list."""
    process = Process(cwd=root)
    wanted = {"resourcesListChanged": True, "resourceSubscriptions": [HIRING]}
    process.send(request("sub", "subscriptions/listen", modern=True, notifications=wanted))
    assert process.receive()["method"] == "notifications/subscriptions/acknowledged"
    yield process
    assert process.close() == b""


def edit(path: Path) -> float:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"// edited\n{path.read_text('utf-8') if path.exists() else ''}", encoding="utf-8")
    return time.monotonic()


def test_an_older_client_hears_of_the_file_that_changed(older: Process, root: Path) -> None:
    edited = edit(root / "quickback/features/hiring/candidates.ts")
    message = older.receive(LIMIT)
    assert (message["method"], message["params"]) == ("notifications/resources/updated", {"uri": HIRING})
    assert time.monotonic() - edited < LIMIT


def test_a_newer_client_hears_of_the_file_that_changed(newer: Process, root: Path) -> None:
    edited = edit(root / "quickback/features/hiring/handlers/approve.ts")
    message = newer.receive(LIMIT)
    assert message["method"] == "notifications/resources/updated"
    params = message["params"]
    assert isinstance(params, dict)
    assert params["uri"] == HIRING
    assert params["_meta"]["io.modelcontextprotocol/subscriptionId"] == "sub"
    assert time.monotonic() - edited < LIMIT


def test_a_burst_of_edits_is_told_once(older: Process, root: Path) -> None:
    for _ in range(20):
        edit(root / "quickback/quickback.config.ts")
    assert older.receive(LIMIT)["params"] == {"uri": CONFIG}
    assert older.ask(request(9, "ping"))["result"] == {}
    assert older.pending() == []


def test_what_was_not_subscribed_to_is_not_told(older: Process, root: Path) -> None:
    older.ask(request(1, "resources/unsubscribe", uri=CONFIG))
    edit(root / "quickback/quickback.config.ts")
    edit(root / "quickback/features/billing/invoices.ts")
    edit(root / "quickback/features/hiring/candidates.ts")
    assert older.receive(LIMIT)["params"] == {"uri": HIRING}


@pytest.mark.parametrize("era", ["older", "newer"])
def test_a_new_feature_changes_the_list(request: pytest.FixtureRequest, root: Path, era: str) -> None:
    process: Process = request.getfixturevalue(era)
    edit(root / "quickback/features/payroll/salaries.ts")
    assert process.receive(LIMIT)["method"] == "notifications/resources/list_changed"


def heard(process: Process, wanted: dict[str, object]) -> None:
    """Receive notifications until the wanted one comes."""
    while True:
        message = process.receive()
        params = message.get("params")
        told = {
            "method": message["method"],
            **({"uri": params["uri"]} if isinstance(params, dict) and "uri" in params else {}),
        }
        if told == wanted:
            return


LIST, UPDATED = "notifications/resources/list_changed", "notifications/resources/updated"


@pytest.mark.parametrize("era", ["older", "newer"])
def test_definitions_that_went_away_and_came_back_are_followed_again(
    request: pytest.FixtureRequest, root: Path, era: str
) -> None:
    process: Process = request.getfixturevalue(era)
    shutil.copytree(root / "quickback", root / "kept")
    shutil.rmtree(root / "quickback")
    heard(process, {"method": LIST})
    (root / "kept").rename(root / "quickback")
    heard(process, {"method": UPDATED, "uri": HIRING})
    heard(process, {"method": LIST})
    edit(root / "quickback/features/hiring/candidates.ts")
    heard(process, {"method": UPDATED, "uri": HIRING})


def test_a_newer_installation_changes_the_list_and_is_read(root: Path, tmp_path: Path) -> None:
    installed = tmp_path / "site" / "qb_mcp"
    shutil.copytree(REPOSITORY / "qb_mcp", installed)
    for name in ("docs_corpus", "skills"):
        shutil.copytree(REPOSITORY / name, installed / "_assets" / name)
    process = Process(cwd=root, env={"PYTHONPATH": str(installed.parent)})
    process.ask(initialize())
    process.send(INITIALIZED)
    process.ask(request(1, "resources/subscribe", uri=CHANGELOG))
    assert "axolotl" not in str(process.ask(request(2, "resources/read", uri=CHANGELOG)))
    shutil.copytree(installed, tmp_path / "newer")
    changelog = tmp_path / "newer" / "_assets" / "docs_corpus" / "changelog.md"
    changelog.write_text(f"{changelog.read_text('utf-8')}\naxolotl\n", encoding="utf-8")
    installed.rename(tmp_path / "older")
    (tmp_path / "newer").rename(installed)
    heard(process, {"method": LIST})
    heard(process, {"method": UPDATED, "uri": CHANGELOG})
    assert "axolotl" in str(process.ask(request(3, "resources/read", uri=CHANGELOG)))
    assert process.close() == b""


def test_a_new_registry_is_told_after_a_compile(root: Path) -> None:
    process = Process(cwd=root)
    process.ask(initialize())
    process.ask(request(1, "resources/subscribe", uri="quickback://project/registry"))
    edit(root / "schema-registry.json")
    assert process.receive(LIMIT)["params"] == {"uri": "quickback://project/registry"}
    assert process.close() == b""
