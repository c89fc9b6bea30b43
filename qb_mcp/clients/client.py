"""What an AI client is, to us: where it keeps MCP servers, in which format and shape."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from qb_mcp.clients.formats import Format
from qb_mcp.clients.json_value import Json
from qb_mcp.errors import QbError

SERVER = "quickback"
"""The name of our server everywhere; without an underscore, which one client cannot take."""


class Scope(StrEnum):
    """`user` is this person's machine; `project` is a file that is committed."""

    USER = "user"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Machine:
    """Whose computer it is. Everything that decides a path, so that each system's paths can be told on any."""

    home: Path = field(default_factory=Path.home)
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    platform: str = sys.platform

    @property
    def mac(self) -> bool:
        return self.platform == "darwin"

    @property
    def windows(self) -> bool:
        return self.platform == "win32"

    @property
    def config(self) -> Path:
        """XDG's configuration folder."""
        return self.folder("XDG_CONFIG_HOME", ".config")

    @property
    def roaming(self) -> Path:
        """Windows' per-user application data."""
        return self.folder("APPDATA", "AppData/Roaming")

    @property
    def applications(self) -> Path:
        """Where desktop applications keep their settings on this system."""
        if self.mac:
            return self.home / "Library" / "Application Support"
        return self.roaming if self.windows else self.config

    def folder(self, variable: str, default: str) -> Path:
        """The folder that a variable names, else one below home."""
        named = self.environment.get(variable)
        return Path(named) if named else self.home / default


@dataclass(frozen=True, slots=True)
class Launch:
    """The command that starts our server."""

    command: str
    args: tuple[str, ...]


Place: TypeAlias = Callable[[Machine], Path]
Shape: TypeAlias = Callable[[Launch], Json]


def plain(launch: Launch) -> Json:
    """The shape that most clients share."""
    return {"command": launch.command, "args": list(launch.args)}


def typed(launch: Launch) -> Json:
    """The common shape with its transport named."""
    return {"type": "stdio", "command": launch.command, "args": list(launch.args)}


@dataclass(frozen=True, slots=True)
class Client:
    """`user` gives the file below home, `project` the path below the project's root; None where there is no such file.

    `signs` are folders whose presence means that the client is on this machine. `after` is what the person does next.
    `project_choices` are other spellings of the project's file, taken where they exist.
    """

    slug: str
    title: str
    format: Format
    keys: tuple[str, ...]
    user: Place | None
    project: str | None
    signs: Callable[[Machine], tuple[Path, ...]]
    shape: Shape = plain
    after: str = ""
    project_shape: Shape | None = None
    project_choices: tuple[str, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        """The keys that lead to our entry."""
        return (*self.keys, SERVER)

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """The scopes this client has a file for."""
        places = ((Scope.USER, self.user), (Scope.PROJECT, self.project))
        return tuple(scope for scope, place in places if place is not None)

    def file(self, scope: Scope, machine: Machine, root: Path) -> Path:
        """The file that holds the servers of one scope."""
        if scope is Scope.USER and self.user:
            return self.user(machine)
        if scope is Scope.PROJECT and self.project:
            return first_existing(*(root / choice for choice in self.project_choices), root / self.project)
        raise QbError(f"{self.title} has no {scope} file for MCP servers", self.after or f"try `--{self.scopes[0]}`")

    def entry(self, scope: Scope, launch: Launch) -> Json:
        """What stands under our name in that file."""
        shape = self.project_shape if scope is Scope.PROJECT and self.project_shape else self.shape
        return shape(launch)

    def is_here(self, machine: Machine) -> bool:
        """Whether this client has left a trace on the machine."""
        return any(sign.exists() for sign in self.signs(machine))


def below_home(*parts: str) -> Callable[[Machine], tuple[Path, ...]]:
    """Signs that are folders of the home directory."""
    return lambda machine: tuple(machine.home / part for part in parts)


def first_existing(*candidates: Path) -> Path:
    """The first of several spellings that is there, else the last."""
    return next((path for path in candidates if path.exists()), candidates[-1])
