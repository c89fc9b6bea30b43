"""`quickback cursor`: the rule that Cursor attaches when a definition file is open."""

import typer

from qb_mcp.cli import plans
from qb_mcp.cli.options import AsJson, DryRun, Force, Root, Yes, project_root
from qb_mcp.clients import payload
from qb_mcp.clients.kit import cursor as cursor_kit
from qb_mcp.clients.ledger import open_ledger
from qb_mcp.clients.plan import Plan
from qb_mcp.clients.status import Status
from qb_mcp.errors import QbError

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Teach Cursor about Quickback: a rule in .cursor/rules.",
)

_NOTE = "Commit .cursor/rules/quickback.mdc, so that your team has the rule too."


@app.command()
def install(
    root: Root = None, dry_run: DryRun = False, as_json: AsJson = False, yes: Yes = False, force: Force = False
) -> None:
    """Install the rule; running it again changes nothing."""
    ledger = open_ledger(project_root(root))
    plan = payload.plan_install(cursor_kit(), ledger, force=force)
    raise typer.Exit(plans.carry_out([Plan(ledger, plan.changes, (_NOTE,))], dry_run=dry_run, as_json=as_json, yes=yes))


@app.command()
def status(root: Root = None, as_json: AsJson = False) -> None:
    """Say whether the rule is missing, current, outdated, modified or foreign."""
    raise typer.Exit(plans.show_found(payload.stand(cursor_kit(), open_ledger(project_root(root))), as_json=as_json))


@app.command()
def update(
    root: Root = None, dry_run: DryRun = False, as_json: AsJson = False, yes: Yes = False, force: Force = False
) -> None:
    """Bring the rule up to date."""
    ledger = open_ledger(project_root(root))
    if payload.overall(payload.stand(cursor_kit(), ledger)) is Status.MISSING:
        raise QbError("the rule is not installed", "run `quickback cursor install`")
    plan = payload.plan_install(cursor_kit(), ledger, force=force)
    raise typer.Exit(plans.carry_out([plan], dry_run=dry_run, as_json=as_json, yes=yes))


@app.command()
def remove(
    root: Root = None, dry_run: DryRun = False, as_json: AsJson = False, yes: Yes = False, force: Force = False
) -> None:
    """Remove the rule, unless a person edited it."""
    plan = payload.plan_remove(cursor_kit(), open_ledger(project_root(root)), force=force)
    raise typer.Exit(plans.carry_out([plan], dry_run=dry_run, as_json=as_json, yes=yes, paste=False))
