"""The compile and access tools over a real project, and what happens to a long call: progress, ping, cancellation."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from mcp_types import CallToolResult, TextContent

from bench.project import write_project
from mcp_peers.client import MODES, Ask, asking
from mcp_peers.wire import INITIALIZED, Process, initialize, request

TABLE = "quickback/features/group0/items0.ts"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_project(tmp_path / "project", 2)


@pytest.fixture(params=MODES)
def ask(request: pytest.FixtureRequest, root: Path) -> Ask:
    return asking(root, request.param)


def text(result: CallToolResult) -> str:
    [content] = result.content
    assert isinstance(content, TextContent)
    return content.text


def facts(result: CallToolResult) -> dict[str, object]:
    assert isinstance(result.structured_content, dict), text(result)
    return result.structured_content


def replace(path: Path, old: str, new: str) -> None:
    source = path.read_text(encoding="utf-8")
    assert old in source
    path.write_text(source.replace(old, new, 1), encoding="utf-8")


def test_a_compile_writes_nothing_unless_told(ask: Ask, root: Path) -> None:
    before = sorted(root.rglob("*"))
    result = ask("compile")
    assert (facts(result)["ok"], facts(result)["written"]) == (True, False)
    assert sorted(root.rglob("*")) == before
    assert text(result).endswith("Next: call compile with write: true to write the files.")


def test_a_compile_that_writes_says_what_it_wrote_and_what_to_do_next(ask: Ask, root: Path) -> None:
    result = ask("compile", write=True)
    assert facts(result)["written"]
    assert (root / "src" / "index.ts").is_file()
    assert "src/index.ts" in text(result)
    assert "npm install" in text(result)
    again = facts(ask("compile", write=True))["changes"]
    assert isinstance(again, list)
    assert [change["kind"] for change in again] == ["unchanged"]


def test_a_mistake_comes_with_its_place_its_fix_and_a_page_that_exists(ask: Ask, root: Path) -> None:
    replace(root / TABLE, 'contactEmail: { type: "email"', 'contactEmial: { type: "email"')
    result = ask("compile", write=True)
    finding, *_ = facts(result)["diagnostics"]  # type: ignore[misc]
    assert finding["code"] == "QB4401"
    assert finding["file"] == TABLE
    assert finding["line"] > 1
    assert finding["column"] > 1
    assert "contactEmail" in finding["fix"]
    assert all(str(value) in text(result) for value in finding.values())
    assert not (root / "src").exists()
    assert text(result).splitlines()[-1].endswith("then call compile again.")
    assert not ask("get_doc", topic=finding["doc"]).is_error
    assert "What it means" in text(ask("explain_error", code=finding["code"]))


def test_a_hostile_name_in_a_diagnostic_is_shown_harmless(ask: Ask, root: Path) -> None:
    replace(root / TABLE, "contactEmail: { type", '"a\u202e\u001b[2Jb": { type')
    result = ask("compile")
    assert not facts(result)["ok"]
    assert not {"\u202e", "\u001b"} & set(text(result) + str(facts(result)["diagnostics"]))


def test_an_unknown_code_is_an_error_with_the_nearest(ask: Ask) -> None:
    result = ask("explain_error", code="QB44O1")
    assert result.is_error
    assert "`QB4401`" in text(result)


def test_who_can_read_a_column_is_answered_with_the_rule(ask: Ask) -> None:
    result = ask("who_can", target="items0.contactEmail", verb="read")
    who = {(row["who"], row["operation"]): row["verdict"] for row in facts(result)["can"]}  # type: ignore[attr-defined]
    assert who["owner", "get"] == "yes"
    assert who["member", "get"] == "masked unless owner"
    assert facts(result)["cannot"] == ["anonymous", "signed-in"]
    assert f"({TABLE}:" in text(result)


def test_the_matrix_of_a_table_names_every_operation_and_the_masked_columns(ask: Ask) -> None:
    rows = facts(ask("who_can", table="items0"))["can"]
    assert isinstance(rows, list)
    assert {row["operation"] for row in rows if not row["column"]} >= {"list", "get", "create", "update", "delete"}
    assert {row["column"] for row in rows} >= {"contactEmail", "contactPhone"}


def test_a_question_about_an_unknown_table_names_the_nearest(ask: Ask) -> None:
    result = ask("who_can", target="item0", verb="read")
    assert result.is_error
    assert "`items0`" in text(result)


def commit(root: Path) -> None:
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "a"]):
        subprocess.run(["git", *command], cwd=root, check=True)


def test_wider_access_since_a_revision_is_told(ask: Ask, root: Path) -> None:
    commit(root)
    assert facts(ask("diff_access"))["may_widen"] is False
    replace(
        root / TABLE, 'delete: { access: { roles: ["owner", "admin"] } }', 'delete: { access: { roles: ["member"] } }'
    )
    result = ask("diff_access", ref="HEAD")
    assert facts(result)["may_widen"] is True
    assert "wider: items0 delete for member" in text(result)


def test_access_questions_about_broken_definitions_send_to_compile(ask: Ask, root: Path) -> None:
    replace(root / TABLE, "firewall:", "firewal:")
    result = ask("who_can", target="items0")
    assert result.is_error
    assert text(result).startswith("the definitions have errors (QB")
    assert "call `compile`" in text(result)


def test_a_comparison_with_a_broken_revision_says_that_the_revision_is_broken(ask: Ask, root: Path) -> None:
    replace(root / TABLE, "firewall:", "firewal:")
    commit(root)
    replace(root / TABLE, "firewal:", "firewall:")
    result = ask("diff_access")
    assert result.is_error
    assert text(result).startswith("the definitions of the earlier state have errors (QB")


@pytest.mark.parametrize("revision", ["--output=/tmp/x", "/", "no-such-branch"])
def test_what_is_no_revision_is_refused(ask: Ask, root: Path, revision: str) -> None:
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    assert ask("diff_access", revision=revision).is_error


def test_another_project_is_no_revision(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_project(tmp_path / "other", 1)
    monkeypatch.chdir(tmp_path)
    for revision in ("other", str(tmp_path / "other")):
        assert "is a folder" in text(ask("diff_access", revision=revision))


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Process]:
    """A server of a project that takes seconds to compile, with a compile under way."""
    process = Process(cwd=write_project(tmp_path / "large", 80))
    process.ask(initialize())
    process.send(INITIALIZED)
    process.ask(request("warm", "tools/call", name="list_features", arguments={}))
    process.send(request("long", "tools/call", name="compile", arguments={"write": True}, _meta={"progressToken": "p"}))
    yield process
    assert process.close() == b""


def progress(message: dict[str, object]) -> float | None:
    params = message.get("params")
    return (
        params["progress"] if message.get("method") == "notifications/progress" and isinstance(params, dict) else None
    )


def test_a_compile_tells_its_stages_and_others_are_answered_meanwhile(busy: Process) -> None:
    assert progress(busy.receive()) == 1
    busy.send(request("ping", "ping"))
    seen, order = [1.0], []
    while "long" not in order:
        message = busy.receive()
        if (step := progress(message)) is not None:
            seen.append(step)
        elif "id" in message:
            order.append(message["id"])
    assert order == ["ping", "long"]
    assert seen == sorted(set(seen))
    assert len(seen) >= 6


def test_a_cancelled_compile_is_never_answered_and_writes_nothing(busy: Process) -> None:
    assert progress(busy.receive()) == 1
    busy.send({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": "long"}})
    busy.send(request("ping", "ping"))
    assert busy.receive()["id"] == "ping"
    again = busy.ask(request("again", "tools/call", name="compile", arguments={"write": False}))
    result = again["result"]
    assert isinstance(result, dict)
    assert [change["kind"] for change in result["structuredContent"]["changes"]] == ["created"]
