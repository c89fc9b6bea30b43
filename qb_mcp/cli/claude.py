"""`quickback claude`: the skill and the agent for Claude Code."""

from pathlib import Path
from typing import Annotated

import typer

from qb_mcp.cli import plans
from qb_mcp.cli.options import AsJson, DryRun, Force, Root, Yes, project_here, project_root
from qb_mcp.clients import block, payload
from qb_mcp.clients.kit import ClaudeScope
from qb_mcp.clients.kit import block as agents_block
from qb_mcp.clients.kit import claude as claude_kit
from qb_mcp.clients.ledger import Ledger, open_ledger
from qb_mcp.clients.plan import Plan
from qb_mcp.clients.status import Found, Status
from qb_mcp.errors import QbError

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Teach Claude Code about Quickback: a skill and a specialist agent.",
)

Global = Annotated[bool, typer.Option("--global", help="~/.claude, for all your projects (the default).")]
Local = Annotated[bool, typer.Option("--local", help="./quickback/.claude, for this project.")]
Project = Annotated[bool, typer.Option("--project", help="./.claude, for this project; Claude loads it at once.")]
AgentsMd = Annotated[bool, typer.Option("--agents-md", help="Also keep a short block in the project's AGENTS.md.")]

_LATE = (
    "Claude Code loads quickback/.claude only once it reads a file under quickback/, and never the agent from the"
    " project's root. `quickback claude install --project` is seen at once."
)


@app.command()
def install(
    globally: Global = False,
    local: Local = False,
    project: Project = False,
    agents_md: AgentsMd = False,
    root: Root = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    yes: Yes = False,
    force: Force = False,
) -> None:
    """Install the skill and the agent; running it again changes nothing.

    \b
    Examples:
      quickback claude install
      quickback claude install --project --agents-md
    """
    scope = _scope(globally, local, project) or ClaudeScope.GLOBAL
    if agents_md and scope is ClaudeScope.GLOBAL:
        raise QbError("AGENTS.md belongs to a project", "add `--project`")
    ledger = open_ledger(_root(scope, root))
    plan = payload.plan_install(claude_kit(scope), ledger, force=force)
    changes = (*plan.changes, block.plan_install(agents_block("AGENTS.md"), ledger, force=force)) if agents_md else ()
    raise typer.Exit(
        plans.carry_out(
            [Plan(ledger, changes or plan.changes, _notes(scope))], dry_run=dry_run, as_json=as_json, yes=yes
        )
    )


@app.command()
def status(globally: Global = False, local: Local = False, project: Project = False, as_json: AsJson = False) -> None:
    """Say for each place whether the skill is missing, current, outdated, modified, shadowed or foreign."""
    scopes = _given(_scope(globally, local, project))
    found = tuple(_summary(scope) for scope in scopes)
    asked = len(scopes) == 1
    in_place = [one for one in found if one.status is not Status.MISSING]
    code = plans.show_found(found, as_json=as_json)
    if not asked and in_place:
        code = 0 if all(one.status in (Status.CURRENT, Status.SHADOWED) for one in in_place) else 1
    raise typer.Exit(code)


@app.command()
def update(
    globally: Global = False,
    local: Local = False,
    project: Project = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    yes: Yes = False,
    force: Force = False,
) -> None:
    """Bring the skill up to date wherever it is installed."""
    scope = _scope(globally, local, project)
    installed = [one for one in _given(scope) if _is_installed(one)]
    if not installed:
        raise QbError("the skill is not installed", "run `quickback claude install`")
    made = [_update(one, force) for one in installed]
    raise typer.Exit(plans.carry_out(made, dry_run=dry_run, as_json=as_json, yes=yes))


@app.command()
def remove(
    globally: Global = False,
    local: Local = False,
    project: Project = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    yes: Yes = False,
    force: Force = False,
) -> None:
    """Remove what was installed; files that a person edited stay unless forced."""
    installed = [one for one in _given(_scope(globally, local, project)) if _is_begun(one)]
    made = [_remove(one, force) for one in installed]
    raise typer.Exit(plans.carry_out(made, dry_run=dry_run, as_json=as_json, yes=yes, paste=False))


def _update(scope: ClaudeScope, force: bool) -> Plan:
    ledger = open_ledger(_root(scope))
    plan = payload.plan_install(claude_kit(scope), ledger, force=force)
    blocks = [block.plan_install(one, ledger, force=force) for one in _blocks(scope, ledger)]
    return Plan(ledger, (*plan.changes, *blocks))


def _remove(scope: ClaudeScope, force: bool) -> Plan:
    ledger = open_ledger(_root(scope))
    plan = payload.plan_remove(claude_kit(scope), ledger, force=force)
    others = [other for other in ClaudeScope if other not in (scope, ClaudeScope.GLOBAL)]
    stays = scope is not ClaudeScope.GLOBAL and any(_is_installed(other) for other in others)
    blocks = [] if stays else [block.plan_remove(one, ledger, force=force) for one in _blocks(scope, ledger)]
    return Plan(ledger, (*plan.changes, *blocks))


def _blocks(scope: ClaudeScope, ledger: Ledger) -> list[block.Block]:
    """The block in AGENTS.md, where we have put it."""
    kept = scope is not ClaudeScope.GLOBAL and ledger.record(ledger.root / "AGENTS.md")
    return [agents_block("AGENTS.md")] if kept else []


def _scope(globally: bool, local: bool, project: bool) -> ClaudeScope | None:
    given = [
        scope
        for scope, wanted in (
            (ClaudeScope.GLOBAL, globally),
            (ClaudeScope.LOCAL, local),
            (ClaudeScope.PROJECT, project),
        )
        if wanted
    ]
    if len(given) > 1:
        raise typer.BadParameter("choose one of --global, --local and --project")
    return given[0] if given else None


def _given(scope: ClaudeScope | None) -> tuple[ClaudeScope, ...]:
    """The scope that was asked for, else every scope that exists from here."""
    if scope:
        return (scope,)
    return tuple(ClaudeScope) if project_here() else (ClaudeScope.GLOBAL,)


def _root(scope: ClaudeScope, root: str | None = None) -> Path:
    return Path.home() if scope is ClaudeScope.GLOBAL else project_root(root)


def _is_begun(scope: ClaudeScope) -> bool:
    """Whether anything of ours is there, or was about to be when a run was killed."""
    ledger = open_ledger(_root(scope))
    recorded = any(ledger.record(ledger.root / path) for path in claude_kit(scope).files)
    return recorded or _is_installed(scope)


def _is_installed(scope: ClaudeScope) -> bool:
    return payload.overall(_stand(scope, open_ledger(_root(scope)))) is not Status.MISSING


def _stand(scope: ClaudeScope, ledger: Ledger) -> tuple[Found, ...]:
    return payload.stand(claude_kit(scope), ledger)


def _summary(scope: ClaudeScope) -> Found:
    ledger = open_ledger(_root(scope))
    found = _stand(scope, ledger)
    status, folder = payload.overall(found), ledger.root / scope.folder
    odd = [one for one in found if one.status not in (Status.CURRENT, Status.MISSING)]
    note = ", ".join(f"{one.label} is {one.status}" for one in odd)
    if status is Status.CURRENT and scope is not ClaudeScope.GLOBAL and _is_installed(ClaudeScope.GLOBAL):
        return Found(f"--{scope}  {folder}", folder, Status.SHADOWED, "Claude Code prefers the copy in ~/.claude")
    return Found(f"--{scope}  {folder}", folder, status, note)


def _notes(scope: ClaudeScope) -> tuple[str, ...]:
    notes = ["Restart Claude Code; `/quickback` loads the skill by hand."]
    if scope is ClaudeScope.LOCAL:
        notes.append(_LATE)
    if scope is not ClaudeScope.GLOBAL and _is_installed(ClaudeScope.GLOBAL):
        notes.append("The copy in ~/.claude is preferred over this one; keep both up to date.")
    return tuple(notes)
