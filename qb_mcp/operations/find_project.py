"""Which project is meant: explicit words first, then the client's, then the working directory. The answer says which
rule won; where several projects fit, they are listed and none is guessed."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qb_mcp.errors import QbError
from qb_mcp.operations.text import one_line

CONFIG = Path("quickback", "quickback.config.ts")
DEEPEST = 3
MOST_FOLDERS = 2_000
_SKIPPED = frozenset({"node_modules", "dist", "build", "target", "venv", "__pycache__", "site-packages", "Library"})


@dataclass(frozen=True, slots=True)
class FoundProject:
    """`root` is the real path of the folder that holds `quickback/`; `rule` says how it was found."""

    root: Path
    rule: str


def working_directory() -> Path:
    """The working directory, or the root folder, where no project is looked for, if it was deleted under us."""
    try:
        return Path.cwd()
    except OSError:
        return Path(os.sep)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What may name a project besides an argument. `confined` keeps arguments inside these places (the server)."""

    option: str | None = None
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    client_roots: tuple[Path, ...] = ()
    cwd: Path = field(default_factory=working_directory)
    confined: bool = False

    @property
    def explicit(self) -> tuple[tuple[str, str], ...]:
        """Rules whose place must hold a project."""
        rules = (("--project", self.option), ("QUICKBACK_PROJECT", self.environment.get("QUICKBACK_PROJECT")))
        return tuple((rule, place) for rule, place in rules if place)

    @property
    def implicit(self) -> tuple[tuple[str, Path], ...]:
        """Rules that are passed over where they find nothing."""
        claude = self.environment.get("CLAUDE_PROJECT_DIR")
        told = [("CLAUDE_PROJECT_DIR", Path(claude))] if claude else []
        roots = [("a root of the client", root) for root in self.client_roots]
        return (*told, *roots, ("the working directory", self.cwd))


def find_project(argument: str | None = None, around: Surroundings | None = None) -> FoundProject:
    """The project that is meant, or an error that lists what there is."""
    around = around or Surroundings()
    if argument:
        return _told("the `project` argument", argument, around, confined=around.confined)
    for rule, place in around.explicit:
        return _told(rule, place, around, confined=False)
    for rule, folder in around.implicit:
        if found := _near(folder, rule):
            return found
    searched = ", ".join(dict.fromkeys(str(folder) for _, folder in around.implicit))
    raise QbError(
        f"no Quickback project in or around {searched}",
        "name the folder that holds `quickback/quickback.config.ts` with the `project` argument or `--project`,"
        " or start one with `quickback create cloudflare my-app`",
    )


def _told(rule: str, place: str, around: Surroundings, *, confined: bool) -> FoundProject:
    if "\0" in place:
        raise QbError(f"{rule} holds a NUL character", "pass a folder")
    folder = _existing(around.cwd, place)
    if folder is None:
        raise QbError(f"{rule} names `{one_line(place)}`, which does not exist", "pass the project's folder")
    if confined and not any(folder.resolve().is_relative_to(space) for space in _workspaces(around)):
        raise QbError(
            f"{rule} names `{one_line(place)}`, outside the folders this server was started for",
            "start the server with `--project` for that folder, or leave `project` out",
        )
    if found := _near(folder, rule):
        return found
    raise QbError(f"{rule} names `{one_line(place)}`, where no `{CONFIG.as_posix()}` is", "pass the project's folder")


def _existing(cwd: Path, place: str) -> Path | None:
    try:
        folder = cwd / Path(place).expanduser()
        return folder if folder.exists() else None
    except (OSError, RuntimeError):  # a name that is too long, the home of somebody who does not exist
        return None


def _workspaces(around: Surroundings) -> Iterator[Path]:
    """The folders (their whole repositories) that the user has opened to us."""
    places = [around.cwd / Path(place).expanduser() for _, place in around.explicit]
    for place in [*places, *(folder for _, folder in around.implicit)]:
        real = place.resolve()
        yield next((up for up in (real, *real.parents) if (up / ".git").exists()), real)


def _near(folder: Path, rule: str) -> FoundProject | None:
    """The project around a folder, else the only one below it."""
    real = folder.resolve()
    for up in (real, *real.parents):
        if (up / CONFIG).is_file():
            return FoundProject(up, rule if up == real else f"{rule}, upwards")
    below = sorted(projects_below(real))
    if len(below) > 1:
        listed = ", ".join(f"`{path}`" for path in below[:20])
        raise QbError(f"{len(below)} projects lie below {rule} ({real}): {listed}", "pass one of them as `project`")
    return FoundProject(below[0], f"{rule}, downwards") if below else None


def projects_below(folder: Path) -> Iterator[Path]:
    """Projects at most three folders down, looking into a bounded number of folders and following no links."""
    if folder == Path(folder.anchor):
        return
    level: Sequence[Path] = (folder,)
    budget = MOST_FOLDERS
    for _ in range(DEEPEST):
        level = [child for parent in level for child in _folders(parent)][:budget]
        budget -= len(level)
        yield from (child for child in level if (child / CONFIG).is_file())


def _folders(parent: Path) -> list[Path]:
    try:
        with os.scandir(parent) as entries:
            names = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []
    return [parent / name for name in sorted(names) if name not in _SKIPPED and not name.startswith(".")]
