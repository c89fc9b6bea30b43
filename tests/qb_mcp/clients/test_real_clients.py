"""The clients that npm serves, themselves: each reads the entry from a person's messy file, and starts the server."""

import json
import os
import platform
import re
import subprocess
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from lanes.packages import NODE, install, node_environment
from qb_mcp.cli.app import main
from qb_mcp.clients.client import Scope
from qb_mcp.clients.launch import launch

PROCESSOR = "arm64" if platform.machine() in ("aarch64", "arm64") else "x64"
SYSTEM = f"{platform.system().lower()}-{PROCESSOR}"
SCRIPTS = sysconfig.get_path("scripts")
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Real:
    """`program` in `node_modules` is run by Node where it is a script; `listing` is what shows the servers."""

    slug: str
    program: str
    listing: tuple[str, ...]
    file: str
    messy: str


REAL = (
    Real(
        "claude-code",
        f"@anthropic-ai/claude-code-{SYSTEM}/claude",
        ("mcp", "get", "quickback"),
        ".claude.json",
        '{"numStartups":3,\r\n\t"mcpServers":{ "other":{"command":"no-such-program","args":[]} },"z":[1,\r\n2]}',
    ),
    Real(
        "codex",
        "@openai/codex/bin/codex.js",
        ("mcp", "list", "--json"),
        ".codex/config.toml",
        '# mine\nmodel = "x" # why\n\n[mcp_servers.other]\ncommand = "no-such-program"\n[profiles.a]\nmodel = "y"\n',
    ),
    Real(
        "gemini",
        "@google/gemini-cli/bundle/gemini.js",
        ("mcp", "list"),
        ".gemini/settings.json",
        '// mine\n{\n  "mcpServers": {\n    /* one */ "other": {"command": "no-such-program"} // last\n  }\n}\n',
    ),
    Real(
        "opencode",
        "opencode-linux-x64/bin/opencode",
        ("mcp", "list"),
        ".config/opencode/opencode.jsonc",
        '{\n  // mine\n  "mcp": {\n    "other": {"type": "local", "command": ["no-such-program"], "enabled": false},\n'
        "  },\n}\n",
    ),
)
BUILT_FOR_ALL = ("claude-code", "codex", "gemini")
"""opencode comes as a program of one system only: the others are not served under the same version."""
HERE = [real for real in REAL if real.slug in BUILT_FOR_ALL or SYSTEM == "linux-x64"]
EACH = pytest.mark.parametrize("real", HERE, ids=lambda real: real.slug)


@pytest.fixture(scope="module")
def modules() -> Path:
    return install(Path(__file__).parent / "npm")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    (tmp_path / "work").mkdir()
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in [name for name in os.environ if name.startswith(("XDG_", "CODEX_", "CLAUDE", "GEMINI", "OPENCODE"))]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path / "work")
    return home


def ask(modules: Path, real: Real, *words: str) -> str:
    """What the client prints; nothing of it is sent anywhere."""
    program = modules / real.program
    command = [str(NODE), str(program)] if program.suffix == ".js" else [str(program)]
    quiet: Mapping[str, str] = {
        "PATH": os.pathsep.join([SCRIPTS, os.environ["PATH"]]),
        "DISABLE_AUTOUPDATER": "1",
        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
        "GEMINI_CLI_TRUST_WORKSPACE": "true",
        "OPENCODE_DISABLE_AUTOUPDATE": "1",
    }
    done = subprocess.run(
        [*command, *words], env=node_environment(quiet), capture_output=True, text=True, encoding="utf-8", check=False
    )
    return ANSI.sub("", done.stdout + ("" if real.slug == "codex" else done.stderr))


def verdict(real: Real, said: str) -> str:
    """The client's own word on our server: `connected`, `listed` where it starts none, `absent`."""
    if real.slug == "codex":
        servers = {server["name"]: server["transport"] for server in json.loads(said)}
        assert "other" in servers
        program = launch(Scope.USER)
        ours = servers.get("quickback")
        return "listed" if ours and [ours["command"], *ours["args"]] == [program.command, *program.args] else "absent"
    about = said[said.find("quickback") :].split("other", 1)[0] if "quickback" in said else ""
    return "connected" if re.search(r"\bconnected\b", about, re.IGNORECASE) else "absent"


@EACH
def test_a_client_finds_the_server_in_a_persons_file_and_loses_it_with_remove(
    modules: Path, home: Path, real: Real
) -> None:
    path = home / real.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(real.messy.encode())
    assert main(["mcp", "install", "-c", real.slug, "--user", "--yes"]) == 0
    ours = path.read_bytes()
    said = ask(modules, real, *real.listing)
    assert verdict(real, said) == ("listed" if real.slug == "codex" else "connected"), said
    rewritten = path.read_bytes() != ours
    assert main(["mcp", "remove", "-c", real.slug, "--user", "--yes"]) == 0
    assert verdict(real, ask(modules, real, *real.listing)) == "absent"
    left = path.read_bytes().decode()
    assert "no-such-program" in left and "quickback" not in left
    assert rewritten or left == real.messy


def test_claude_code_accepts_the_skill_the_agent_and_the_plugin(modules: Path, home: Path) -> None:
    claude = REAL[0]
    assert main(["claude", "install", "--yes"]) == 0
    assert main(["claude", "plugin", "install", str(home / "plugin")]) == 0
    for folder in (home / ".claude", home / "plugin"):
        said = ask(modules, claude, "plugin", "validate", "--strict", str(folder))
        assert "Validation passed" in said, said
