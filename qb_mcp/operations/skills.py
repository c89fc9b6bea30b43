"""The skills that ship with this version: folders of markdown that teach an assistant to write definitions."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from qb_mcp import assets
from qb_mcp.operations.json_value import JsonObject

MAIN_FILE = "SKILL.md"


@dataclass(frozen=True, slots=True)
class SkillFile:
    """`path` is relative to the folder of skills and begins with the skill's name."""

    path: str
    content: bytes

    @property
    def digest(self) -> str:
        return f"sha256:{hashlib.sha256(self.content).hexdigest()}"

    @property
    def text(self) -> str:
        return self.content.decode("utf-8")


@dataclass(frozen=True, slots=True)
class Skill:
    """`frontmatter` is what the author wrote at the head of the main file, which is the first of `files`."""

    name: str
    frontmatter: JsonObject
    files: tuple[SkillFile, ...]

    @property
    def description(self) -> str:
        return str(self.frontmatter["description"])


@cache
def bundled_skills() -> tuple[Skill, ...]:
    """Every skill by name, with all its files."""
    folder = assets.skills()
    return tuple(_skill(folder, main.parent) for main in sorted(folder.glob(f"*/{MAIN_FILE}")))


def _skill(folder: Path, home: Path) -> Skill:
    files = tuple(_files(folder, home))
    head = files[0].text.split("\n---\n", 1)[0].removeprefix("---\n")
    return Skill(home.name, YAML(typ="safe", pure=True).load(head), files)


def _files(folder: Path, home: Path) -> Iterator[SkillFile]:
    """The main file, then the others by name."""
    others = sorted(path for path in home.rglob("*.md") if path != home / MAIN_FILE)
    for path in (home / MAIN_FILE, *others):
        yield SkillFile(path.relative_to(folder).as_posix(), path.read_bytes())
