"""Renders the files of a release that repeat what the code says; run as a program, it writes them."""

import json
from collections.abc import Mapping
from pathlib import Path

from qb_mcp import __version__
from qb_mcp.clients.json_value import Json
from qb_mcp.server.tools import offered_tools

ROOT = Path(__file__).parents[1]
NAME = "io.github.quickback-python/quickback"
WHEEL = f"quickback-{__version__}-py3-none-any.whl"
SCHEMA = "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json"
ABOUT = "Docs, project insight and compiler for Quickback: multi-tenant APIs from TypeScript definitions."


def render() -> Mapping[str, str]:
    """Every rendered file, by its path in the checkout."""
    return {
        "server.json": _pretty(registry_entry()),
        "release/mcpb/manifest.json": _pretty(manifest()),
        "release/mcpb/pyproject.toml": environment(),
    }


def registry_entry() -> Json:
    """The server as the MCP registry lists it."""
    package: Json = {
        "registryType": "pypi",
        "identifier": "quickback",
        "version": __version__,
        "runtimeHint": "uvx",
        "packageArguments": [{"type": "positional", "value": "mcp"}],
        "environmentVariables": [
            {"name": "QUICKBACK_PROJECT", "description": "The project's folder", "format": "filepath"}
        ],
        "transport": {"type": "stdio"},
    }
    return {
        "$schema": SCHEMA,
        "name": NAME,
        "title": "Quickback",
        "description": ABOUT,
        "version": __version__,
        "packages": [package],
    }


def manifest() -> Json:
    """The bundle as a desktop client shows and starts it. Its working directory is never the project, so it asks."""
    started: Json = {
        "command": "uv",
        "args": ["run", "--directory", "${__dirname}", "server.py"],
        "env": {"QUICKBACK_PROJECT": "${user_config.project}"},
    }
    asked: Json = {
        "type": "directory",
        "title": "Project",
        "description": "The folder that holds quickback/",
        "required": True,
    }
    return {
        "manifest_version": "0.4",
        "name": "quickback",
        "display_name": "Quickback",
        "version": __version__,
        "description": ABOUT,
        "author": {"name": "Quickback"},
        "license": "MIT",
        "server": {"type": "uv", "entry_point": "server.py", "mcp_config": started},
        "tools": [{"name": tool.name} for tool in offered_tools()],
        "user_config": {"project": asked},
        "compatibility": {"platforms": ["darwin", "win32", "linux"], "runtimes": {"python": ">=3.11,<3.15"}},
    }


def environment() -> str:
    """The bundle's own environment: the wheel that lies beside it."""
    return f"""[project]
name = "quickback-bundle"
version = "{__version__}"
requires-python = ">=3.11,<3.15"
dependencies = ["quickback"]

[tool.uv]
package = false

[tool.uv.sources]
quickback = {{ path = "{WHEEL}" }}
"""


def _pretty(value: Json) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for path, text in render().items():
        (ROOT / path).write_text(text, encoding="utf-8", newline="\n")
