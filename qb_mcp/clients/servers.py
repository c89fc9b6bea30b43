"""Our server's entries across clients: which clients are meant, plans for all of them, how they stand."""

from collections.abc import Iterable
from pathlib import Path

from qb_mcp.clients import entries
from qb_mcp.clients.catalogue import CLIENTS, client, installed
from qb_mcp.clients.client import Client, Machine, Scope
from qb_mcp.clients.entries import Entry
from qb_mcp.clients.launch import is_passing, launch
from qb_mcp.clients.ledger import Ledger, open_ledger
from qb_mcp.clients.plan import Change, Plan
from qb_mcp.clients.status import Found, Status, Verb
from qb_mcp.errors import QbError


def chosen(names: Iterable[str], machine: Machine) -> tuple[Client, ...]:
    """The clients that are named; `all` stands for every client found on the machine."""
    wanted: list[Client] = []
    for name in names:
        wanted += installed(machine) if name == "all" else [client(name)]
    return tuple(dict.fromkeys(wanted))


def scope_for(one: Client, asked: Scope | None, project: Path | None) -> Scope:
    """The scope that was asked for, else the project's file inside a project, else the person's."""
    if asked is not None:
        return asked
    return Scope.PROJECT if project and Scope.PROJECT in one.scopes else one.scopes[0]


def place(scope: Scope, machine: Machine, project: Path | None) -> Path:
    """The root of a scope: home, or the project."""
    if scope is Scope.USER:
        return machine.home
    if project is None:
        raise QbError("no Quickback project here, so there is no project file", "add `--user`, or `--root FOLDER`")
    return project


def plan(
    clients: Iterable[Client], asked: Scope | None, machine: Machine, project: Path | None, *, remove: bool, force: bool
) -> list[Plan]:
    """One plan per place (home, project) for entries of several clients."""
    ledgers: dict[Path, Ledger] = {}
    changes: dict[Path, list[Change]] = {}
    notes: list[str] = []
    for one in clients:
        scope = scope_for(one, asked, project)
        root = place(scope, machine, project)
        ledger = ledgers.setdefault(root, open_ledger(root))
        made = _change(one, scope, machine, ledger, remove=remove, force=force)
        if made.writes and any(made.path == other.path for other in changes.get(root, ())):
            continue  # two clients that share one file share one entry
        changes.setdefault(root, []).append(made)
        notes += _notes(one, scope, made, remove=remove)
    return [Plan(ledgers[root], tuple(made), tuple(notes)) for root, made in changes.items()]


def _change(one: Client, scope: Scope, machine: Machine, ledger: Ledger, *, remove: bool, force: bool) -> Change:
    entry = entries.entry(one, scope, launch(scope), machine, ledger)
    if remove:
        return entries.plan_remove(entry, force=force)
    return _hides_github(entry, ledger, force) or entries.plan_install(entry, force=force)


def _hides_github(entry: Entry, ledger: Ledger, force: bool) -> Change | None:
    """A new `.mcp.json` would make Copilot CLI ignore the servers of `.github/mcp.json`."""
    github = ledger.root / ".github" / "mcp.json"
    if force or entry.path != ledger.root / ".mcp.json" or entry.path.exists() or not github.exists():
        return None
    reason = "a new `.mcp.json` would make Copilot CLI ignore the servers of `.github/mcp.json`"
    return Change(entry.label, entry.path, Verb.REFUSE, Status.MISSING, reason=reason, snippet=entry.snippet)


def _notes(one: Client, scope: Scope, change: Change, *, remove: bool) -> list[str]:
    if remove:
        shared = change.writes and change.path.name == ".mcp.json" and scope is Scope.PROJECT
        return ["Claude Code and Copilot CLI share .mcp.json: the server is gone for both."] if shared else []
    notes = [f"{one.title}: {one.after}"] if one.after and change.writes else []
    program = launch(scope).command
    if scope is Scope.USER and change.writes and is_passing(program):
        notes.append(f"`{program}` lies in a cache that may be emptied: install quickback with pip or pipx.")
    return notes


def stand(machine: Machine, project: Path | None, clients: Iterable[Client] = CLIENTS) -> tuple[Found, ...]:
    """How the entry stands in every client's files; a person's entry is shadowed by the project's."""
    return tuple(found for one in clients for found in _stand(one, machine, project))


def _stand(one: Client, machine: Machine, project: Path | None) -> list[Found]:
    found = {scope: _found(one, scope, machine, project) for scope in one.scopes if scope is Scope.USER or project}
    ours, theirs = found.get(Scope.USER), found.get(Scope.PROJECT)
    if ours and theirs and {ours.status, theirs.status} == {Status.CURRENT}:
        found[Scope.USER] = Found(ours.label, ours.path, Status.SHADOWED, "the project's entry wins here")
    return list(found.values())


def _found(one: Client, scope: Scope, machine: Machine, project: Path | None) -> Found:
    try:
        entry = entries.entry(one, scope, launch(scope), machine, open_ledger(place(scope, machine, project)))
    except QbError as error:
        return Found(f"{one.title} ({scope})", machine.home, Status.UNREADABLE, error.message)
    standing = entries.stand(entry)
    return Found(f"{entry.label}  {entry.path}", entry.path, standing.status, standing.problem)
