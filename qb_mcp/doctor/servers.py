"""Every configured client: starts the server just as that client would, and asks it for its tools."""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import anyio

from qb_mcp.clients import entries
from qb_mcp.clients.catalogue import CLIENTS
from qb_mcp.clients.client import Client, Machine, Scope
from qb_mcp.clients.json_value import Json
from qb_mcp.clients.launch import launch
from qb_mcp.clients.ledger import open_ledger
from qb_mcp.clients.status import Status
from qb_mcp.doctor.finding import Finding, fault, note, ok
from qb_mcp.errors import QbError

_PATIENCE = 20.0
_BARE_PATH = "/usr/bin:/bin:/usr/sbin:/sbin"


@dataclass(frozen=True, slots=True)
class Started:
    """How a start went: the number of tools and the seconds, or what went wrong."""

    tools: int = 0
    seconds: float = 0.0
    problem: str = ""


def examine(machine: Machine, project: Path | None) -> Iterator[Finding]:
    """One finding for every entry of ours, in every client's files."""
    tried: dict[tuple[str, ...], Started] = {}
    found = list(_entries(machine, project))
    for client, scope, standing in found:
        yield _entry(client, scope, standing, project or machine.home, tried)
    if not found:
        yield note("clients", "no AI client starts the server", "`quickback mcp install --client all`")


def _entries(machine: Machine, project: Path | None) -> Iterator[tuple[Client, Scope, entries.Standing]]:
    for client in CLIENTS:
        for scope in client.scopes:
            root = machine.home if scope is Scope.USER else project
            if root is None:
                continue
            standing = _stand(client, scope, machine, root)
            if standing and standing.status is not Status.MISSING:
                yield client, scope, standing


def _stand(client: Client, scope: Scope, machine: Machine, root: Path) -> entries.Standing | None:
    try:
        return entries.stand(entries.entry(client, scope, launch(scope), machine, open_ledger(root)), force=True)
    except QbError:
        return None


def _entry(
    client: Client, scope: Scope, standing: entries.Standing, cwd: Path, tried: dict[tuple[str, ...], Started]
) -> Finding:
    about = f"{client.title} ({scope})"
    if standing.status is Status.UNREADABLE:
        return fault(about, standing.problem, "mend the file; nothing of ours was written to it")
    if standing.status is Status.FOREIGN:
        return note(about, "the name `quickback` starts something else", f"see {standing.path}")
    words = _command(standing.present)
    if not words:
        return fault(about, f"the entry in {standing.path} names no command", "`quickback mcp install --force`")
    bare = scope is Scope.USER
    key = (str(bare), *words)
    started = tried[key] = tried.get(key) or _start(words, cwd, bare)
    if started.problem:
        return fault(about, f"`{' '.join(words)}`: {started.problem}", _mend(client, scope, standing))
    told = f"{started.tools} tools in {started.seconds:.1f} s"
    if standing.status in (Status.OUTDATED, Status.MODIFIED):
        return note(about, f"{told}; the entry is {standing.status}", f"see {standing.path}")
    return ok(about, told)


def _mend(client: Client, scope: Scope, standing: entries.Standing) -> str:
    """What makes an entry work: an entry that is as we write it lacks the program, any other is written anew."""
    if standing.status is not Status.CURRENT:
        return f"`quickback mcp install --client {client.slug} --{scope} --force` writes a command that works"
    hint = "put `quickback` on the PATH that the client is started with"
    if scope is Scope.PROJECT and Scope.USER in client.scopes:
        hint += f"; or `quickback mcp install --client {client.slug} --user` writes an entry with the whole path"
    return hint


def _command(entry: Json) -> tuple[str, ...]:
    """The words that an entry starts, whatever its client calls them."""
    if not isinstance(entry, Mapping):
        return ()
    program = entry.get("command") or entry.get("cmd")
    rest = entry.get("args")
    parts = [program] if isinstance(program, str) else program if isinstance(program, Sequence) else []
    args = rest if isinstance(rest, Sequence) and not isinstance(rest, str) else []
    return tuple(str(word) for word in (*parts, *args))


def _start(words: tuple[str, ...], cwd: Path, bare: bool) -> Started:
    """Start the server. `bare`: with the PATH of a desktop application, which has not read the shell's."""
    environment = dict(os.environ)
    if bare and os.name == "posix":
        environment["PATH"] = _BARE_PATH
    started = time.monotonic()
    try:
        tools = anyio.run(_count_tools, words, cwd, environment)
    except FileNotFoundError:
        return Started(problem="there is no such program" + (" on a desktop application's PATH" if bare else ""))
    except TimeoutError:
        return Started(problem=f"no answer within {_PATIENCE:.0f} s")
    except Exception as error:
        return Started(problem=_innermost(error))
    return Started(tools, time.monotonic() - started)


def _innermost(error: BaseException) -> str:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return str(error) or type(error).__name__


async def _count_tools(words: tuple[str, ...], cwd: Path, environment: Mapping[str, str]) -> int:
    from mcp import Client as McpClient  # noqa: PLC0415 - half a second, and only when there is something to start
    from mcp.client.stdio import StdioServerParameters  # noqa: PLC0415 - the same

    server = StdioServerParameters(command=words[0], args=list(words[1:]), cwd=cwd, env=dict(environment))
    with anyio.fail_after(_PATIENCE):
        async with McpClient(server) as client:
            return len((await client.list_tools()).tools)
