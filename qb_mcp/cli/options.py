"""Options that several installing commands share, spelled once."""

from pathlib import Path
from typing import Annotated, NoReturn, TypeAlias

import typer

from qb_mcp.errors import QbError
from qb_mcp.operations.find_project import Surroundings, find_project

DryRun: TypeAlias = Annotated[bool, typer.Option("--dry-run", help="Show what would change, with a diff.")]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Yes: TypeAlias = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
Force: TypeAlias = Annotated[bool, typer.Option("--force", help="Overwrite what a person edited or put there.")]
Root: TypeAlias = Annotated[
    str | None,
    typer.Option("--root", metavar="FOLDER", help="The folder to install into, where it is not the project."),
]


def project_root(root: str | None) -> Path:
    """The folder that `--root` names, else that of the project around the working directory."""
    if root is None:
        return project_here() or _no_project()
    folder = Path(root).expanduser().resolve()
    if not folder.is_dir():
        raise QbError(f"`--root` names `{root}`, which is not a folder", "pass an existing folder")
    return folder


def _no_project() -> NoReturn:
    hint = "`--root FOLDER` installs into any folder; `quickback create cloudflare my-app` starts a project"
    raise QbError(f"no Quickback project in or around {Path.cwd()}", hint)


def project_here() -> Path | None:
    """The project around the working directory, if there is one."""
    try:
        return find_project(around=Surroundings()).root
    except QbError:
        return None
