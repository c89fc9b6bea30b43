"""The official inspector and the description linter drive the real process, as a stranger would. What there is to drive
stands in `mcp_peers/everything.py`; `mcp_peers/README.md` says which program of the inspector drives what."""

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from lanes.packages import NODE, install
from mcp_peers.everything import CALLS, COMPLETIONS, PROMPTS, READS, write_compiled

PEERS = Path(__file__).parents[2] / "mcp_peers"
SERVER = [sys.executable, "-m", "qb_mcp", "mcp"]
ERAS = ("legacy", "modern")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_compiled(tmp_path_factory.mktemp("projects") / "project")


@pytest.fixture(params=ERAS)
def era(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def run(project: Path, program: str, *arguments: str) -> str:
    """What a program of the inspector prints; it fails on an error result or a schema that is not portable."""
    clients = install(PEERS / "npm") / "@modelcontextprotocol" / "inspector" / "clients"
    environment = {**os.environ, "HOME": str(project.parent), "MCP_INSPECTOR_SECRET_STORE": "memory"}
    command = [str(NODE), str(clients / program), *arguments]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def inspect(project: Path, era: str, method: str, *arguments: str) -> dict[str, object]:
    """The answer to one request, by the inspector's command line."""
    flags = ["--cli", "--protocol-era", era, "--method", method, *arguments]
    answer: dict[str, object] = json.loads(run(project, "launcher/build/index.js", *flags, "--", *SERVER))
    return answer


def test_the_inspector_finds_every_schema_portable(project: Path, era: str) -> None:
    tools = inspect(project, era, "tools/list", "--strict")["tools"]
    assert isinstance(tools, list)
    assert [tool["name"] for tool in tools] == list(CALLS)


@pytest.mark.parametrize("tool", CALLS)
def test_the_inspector_calls_every_tool(project: Path, era: str, tool: str) -> None:
    flags = ["--tool-name", tool, "--tool-args-json", json.dumps(CALLS[tool])]
    assert inspect(project, era, "tools/call", *flags)["content"]


def test_the_inspector_lists_what_there_is_to_read(project: Path, era: str) -> None:
    resources = inspect(project, era, "resources/list")["resources"]
    assert isinstance(resources, list)
    assert {resource["uri"].partition("://")[0] for resource in resources} == {"quickback", "skill"}
    templates = inspect(project, era, "resources/templates/list")["resourceTemplates"]
    assert isinstance(templates, list)
    assert [template["uriTemplate"] for template in templates] == list(READS)


@pytest.mark.parametrize(
    "uri",
    [
        *READS.values(),
        "quickback://docs/compiler/definitions/firewall#options",
        "quickback://project/config",
        "quickback://project/registry",
        "skill://quickback/references/security.md",
    ],
)
def test_the_inspector_reads_a_resource_of_every_kind(project: Path, uri: str) -> None:
    assert inspect(project, "modern", "resources/read", "--uri", uri)["contents"]


@pytest.mark.parametrize("prompt", PROMPTS)
def test_the_inspector_fetches_every_prompt(project: Path, prompt: str) -> None:
    given = [f"{name}={value}" for name, value in PROMPTS[prompt].items()]
    flags = ["--prompt-name", prompt, *(["--prompt-args", *given] if given else [])]
    assert inspect(project, "modern", "prompts/get", *flags)["messages"]


def test_the_inspector_verifies_every_file_of_the_skill(project: Path) -> None:
    report = inspect(project, "modern", "skills/list", "--verify", "--require-digests")
    assert (report["ok"], report["outcome"], report["conformance"]) == (True, "verified", [])


@pytest.fixture
def connection(project: Path, era: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The arguments that name a connection which the inspector's daemon keeps to our server."""
    with tempfile.TemporaryDirectory(prefix="qb-") as folder:  # a socket's path must be short
        monkeypatch.setenv("MCP_INSPECTOR_DAEMON_DIR", folder)
        monkeypatch.setenv("MCP_INSPECTOR_DAEMON_TOKEN", secrets.token_hex(20))
        connected = ["--format", "json", "--connection", "ours"]
        run(project, MCPDO, *connected, "connect", "--era", era, "--", *SERVER)
        yield connected
        run(project, MCPDO, "daemon", "stop")


MCPDO = "mcpdo/build/mcp-bin.js"


def test_the_inspector_completes_everything_that_completes(project: Path, connection: list[str]) -> None:
    for (name, argument, typed), expected in COMPLETIONS.items():
        kind = "ref/resource" if "://" in name else "ref/prompt"
        of = ["--complete-ref-type", kind, "--complete-ref", name]
        flags = [*of, "--complete-arg-name", argument, "--complete-arg-value", typed]
        assert json.loads(run(project, MCPDO, *connection, "prompts/complete", *flags))["values"][0] == expected


def test_a_thousand_calls_ten_at_a_time_all_succeed(project: Path) -> None:
    flags = ["--tool-name", "get_doc", "--tool-arg", "topic=firewall", "--load"]
    report = inspect(project, "legacy", "tools/call", *flags, "--load-requests", "1000", "--load-concurrency", "10")
    assert (report["ok"], report["errors"], report["toolErrors"]) == (1000, 0, 0)


def test_the_description_linter_finds_nothing(project: Path) -> None:
    command = [sys.executable, "-m", "tdqs", "lint", "--command", " ".join(SERVER), "--fail-on", "warning"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 errors, 0 warnings" in done.stdout
