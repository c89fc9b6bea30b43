"""The official inspector and the description linter drive the real process, as a stranger would."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lanes.packages import NODE, install
from mcp_peers.project import write_project

PEERS = Path(__file__).parents[2] / "mcp_peers"
SERVER = [sys.executable, "-m", "qb_mcp", "mcp"]
ERAS = ("legacy", "modern")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_project(tmp_path_factory.mktemp("project"))


def inspect(project: Path, *arguments: str) -> dict[str, object]:
    """What one run of the inspector prints; it fails on an error result or a schema that is not portable."""
    inspector = install(PEERS / "npm") / "@modelcontextprotocol" / "inspector" / "clients" / "launcher" / "build"
    command = [str(NODE), str(inspector / "index.js"), "--cli", *arguments, "--", *SERVER]
    environment = {**os.environ, "HOME": str(project.parent)}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize("era", ERAS)
def test_the_inspector_finds_every_schema_portable(project: Path, era: str) -> None:
    tools = inspect(project, "--protocol-era", era, "--method", "tools/list", "--strict")["tools"]
    assert isinstance(tools, list)
    assert len(tools) == 11


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("search_docs", {"query": "who sees a column"}),
        ("get_doc", {"topic": "masking"}),
        ("list_topics", {}),
        ("list_features", {}),
        ("read_feature", {"feature": "hiring"}),
        ("read_config", {}),
        ("read_schema_registry", {"table": "candidates"}),
        ("compile", {}),
        ("explain_error", {"code": "QB4401"}),
    ],
)
def test_the_inspector_calls_every_tool(project: Path, era: str, tool: str, arguments: dict[str, str]) -> None:
    flags = ["--method", "tools/call", "--tool-name", tool, "--tool-args-json", json.dumps(arguments)]
    assert inspect(project, "--protocol-era", era, *flags)["content"]


@pytest.mark.parametrize("era", ERAS)
def test_the_inspector_reads_resources_and_prompts(project: Path, era: str) -> None:
    modern = ["--protocol-era", era, "--method"]
    assert inspect(project, *modern, "resources/read", "--uri", "quickback://docs/compiler/definitions/access")[
        "contents"
    ]
    assert inspect(project, *modern, "resources/read", "--uri", "quickback://project/features/hiring")["contents"]
    assert inspect(project, *modern, "resources/templates/list")["resourceTemplates"]
    prompt = inspect(project, *modern, "prompts/get", "--prompt-name", "secure_table", "--prompt-args", "table=jobs")
    assert prompt["messages"]


def test_a_thousand_calls_ten_at_a_time_all_succeed(project: Path) -> None:
    flags = ["--method", "tools/call", "--tool-name", "get_doc", "--tool-arg", "topic=firewall", "--load"]
    report = inspect(project, *flags, "--load-requests", "1000", "--load-concurrency", "10")
    assert (report["ok"], report["errors"], report["toolErrors"]) == (1000, 0, 0)


def test_the_description_linter_finds_nothing(project: Path) -> None:
    command = [sys.executable, "-m", "tdqs", "lint", "--command", " ".join(SERVER), "--fail-on", "warning"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 errors, 0 warnings" in done.stdout
