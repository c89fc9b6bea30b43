"""Puts a new project on disk, whole or not at all, with the skill and the MCP configuration of the usual clients."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from qb_mcp.clients import block, payload, servers
from qb_mcp.clients.apply import apply
from qb_mcp.clients.catalogue import client
from qb_mcp.clients.client import Machine, Scope
from qb_mcp.clients.kit import ClaudeScope
from qb_mcp.clients.kit import block as agents_block
from qb_mcp.clients.kit import claude as claude_kit
from qb_mcp.clients.kit import cursor as cursor_kit
from qb_mcp.clients.ledger import open_ledger
from qb_mcp.clients.plan import Plan
from qb_mcp.errors import QbError
from qb_mcp.scaffold.names import check_name
from qb_mcp.scaffold.template import Template, render

_CLIENTS = ("claude-code", "cursor", "vscode")
_CONFIG = "quickback/quickback.config.ts"


@dataclass(frozen=True, slots=True)
class Created:
    """`files` are the paths that were written, `kept` those that were there and stay as they are."""

    root: Path
    files: tuple[str, ...]
    kept: tuple[str, ...] = ()


def create(chosen: Template, place: str) -> Created:
    """Create a project in a new folder; `place` is its name, or a path that ends with it."""
    target = Path(place).expanduser()
    check_name(target.name)
    root = target.absolute()
    _check_free(root)
    staged = _stage(root.parent, root.name)
    try:
        _write(staged, render(chosen, root.name))
        add_kit(staged)
        written = tuple(sorted(path.relative_to(staged).as_posix() for path in staged.rglob("*") if path.is_file()))
        _move(staged, root)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    return Created(root, written)


def init(chosen: Template, root: Path, name: str) -> Created:
    """Add a project to a folder that already holds something; nothing that is there is changed."""
    check_name(name)
    if (root / _CONFIG).exists():
        raise QbError(f"`{root}` already holds a Quickback project", "`quickback compile` compiles it")
    texts = render(chosen, name)
    taken = [path for path in texts if path.startswith("quickback/") and (root / path).exists()]
    if taken:
        raise QbError(f"`{root}` already has {', '.join(taken)}", "move these files away first")
    fresh = {path: text for path, text in texts.items() if not (root / path).exists()}
    _check_writable(root)
    _write(root, fresh)
    added = add_kit(root)
    return Created(root, tuple(sorted({*fresh, *added})), tuple(path for path in texts if path not in fresh))


def add_kit(root: Path) -> tuple[str, ...]:
    """Skill, agent, rule, AGENTS.md block and the server's entries; what is refused stays as it is."""
    ledger = open_ledger(root)
    blocks = [block.plan_install(agents_block("AGENTS.md"), ledger)]
    kit = [payload.plan_install(one, ledger) for one in (claude_kit(ClaudeScope.PROJECT), cursor_kit())]
    entries = servers.plan(
        [client(slug) for slug in _CLIENTS], Scope.PROJECT, Machine(), root, remove=False, force=False
    )
    changes = [change for plan in (*kit, *entries) for change in plan.changes] + blocks
    apply(Plan(ledger, tuple(changes)))
    return tuple(ledger.key(change.path) for change in changes if change.writes)


def _check_free(root: Path) -> None:
    parent = root.parent
    if not parent.is_dir():
        raise QbError(f"`{parent}` does not exist", f"`mkdir -p {parent}` makes it")
    if root.is_symlink() or (root.exists() and not root.is_dir()):
        raise QbError(f"`{root}` exists and is not a folder", "choose another name")
    if root.is_dir() and any(root.iterdir()):
        raise QbError(f"`{root}` is not empty", "choose another name, or run `quickback init` inside it")
    _check_writable(parent)


def _check_writable(folder: Path) -> None:
    if not os.access(folder, os.W_OK | os.X_OK):
        raise QbError(f"`{folder}` cannot be written to", "choose a folder of your own")


def _stage(parent: Path, name: str) -> Path:
    try:
        return Path(tempfile.mkdtemp(prefix=f".{name}-", dir=parent))
    except OSError as error:
        raise QbError(f"cannot write in `{parent}`: {error.strerror}", "choose a folder of your own") from error


def _write(root: Path, texts: Mapping[str, str]) -> None:
    for path, text in texts.items():
        target = root / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise QbError(
                f"cannot write `{target}`: {error.strerror}", "check the folder and the free space"
            ) from error


def _move(staged: Path, root: Path) -> None:
    """Put the finished folder in its place."""
    with suppress(FileNotFoundError):
        root.rmdir()
    staged.chmod(0o755)
    staged.rename(root)
