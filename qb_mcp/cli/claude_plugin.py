"""`quickback claude plugin`: skill, agent, rule and server as one folder that agents install as a plugin."""

from pathlib import Path
from typing import Annotated

import typer

from qb_mcp.cli import plans
from qb_mcp.cli.options import AsJson, DryRun, Force, Yes
from qb_mcp.clients import files, payload
from qb_mcp.clients.ledger import Ledger
from qb_mcp.clients.plan import Plan
from qb_mcp.clients.plugin import folders_made, ledger_of
from qb_mcp.clients.plugin import payload as plugin_payload
from qb_mcp.clients.status import Status
from qb_mcp.errors import QbError

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="One plugin folder for Claude Code, Cursor, Codex, VS Code and others: skill, agent, rule and server.",
)

Folder = Annotated[str, typer.Argument(metavar="FOLDER", help="The plugin's folder.")]


@app.command()
def install(
    folder: Folder, dry_run: DryRun = False, as_json: AsJson = False, yes: Yes = False, force: Force = False
) -> None:
    """Write the plugin into a folder; running it again changes nothing.

    \b
    Examples:
      quickback claude plugin install ./quickback-plugin
    """
    ledger = _ledger(folder)
    plan = payload.plan_install(plugin_payload(), ledger, force=force)
    note = f"In Claude Code: /plugin marketplace add {ledger.root}, then /plugin install quickback@quickback"
    raise typer.Exit(plans.carry_out([Plan(ledger, plan.changes, (note,))], dry_run=dry_run, as_json=as_json, yes=yes))


@app.command()
def status(folder: Folder, as_json: AsJson = False) -> None:
    """Say of each file whether it is missing, current, outdated, modified or foreign."""
    raise typer.Exit(plans.show_found(payload.stand(plugin_payload(), _ledger(folder)), as_json=as_json))


@app.command()
def update(
    folder: Folder, dry_run: DryRun = False, as_json: AsJson = False, yes: Yes = False, force: Force = False
) -> None:
    """Bring the plugin up to date; files that a person edited stay unless forced."""
    ledger = _ledger(folder)
    if payload.overall(payload.stand(plugin_payload(), ledger)) is Status.MISSING:
        raise QbError(f"no plugin in `{ledger.root}`", f"run `quickback claude plugin install {folder}`")
    plan = payload.plan_install(plugin_payload(), ledger, force=force)
    raise typer.Exit(plans.carry_out([plan], dry_run=dry_run, as_json=as_json, yes=yes))


@app.command()
def remove(
    folder: Folder, dry_run: DryRun = False, as_json: AsJson = False, yes: Yes = False, force: Force = False
) -> None:
    """Remove the plugin, with the folder if nothing else is in it; files that a person edited stay unless forced."""
    ledger = _ledger(folder)
    made = folders_made(ledger)
    plan = payload.plan_remove(plugin_payload(), ledger, force=force)
    code = plans.carry_out([plan], dry_run=dry_run, as_json=as_json, yes=yes, paste=False)
    files.prune(ledger.root, made)
    raise typer.Exit(code)


def _ledger(folder: str) -> Ledger:
    root = Path(folder).expanduser().absolute()
    if root.exists() and not root.is_dir():
        raise QbError(f"`{root}` is not a folder", "name a folder; it may be a new one")
    return ledger_of(root)
