"""What lies on the disk that generation depends on. Everything else about the output follows from the input alone."""

from collections.abc import Mapping
from dataclasses import field

from qb_compiler.model.memory import Memory, NoMemory
from qb_compiler.model.record import record

MIGRATIONS = "quickback/drizzle/"


@record
class Prior:
    """`texts` are project-relative paths: `package.json`, `.gitignore`, the registry, the report, and everything under
    `quickback/drizzle/`. `now` is an ISO time in UTC, used where a time is stated and something changed. `memory` only
    saves time: the output does not depend on it."""

    now: str
    texts: Mapping[str, str] = field(default_factory=dict)
    memory: Memory = field(default_factory=NoMemory)

    def text(self, path: str) -> str | None:
        return self.texts.get(path)

    def migrations(self, database: str) -> dict[str, str]:
        """The state of one database's migrations: path inside its folder -> text."""
        folder = f"{MIGRATIONS}{database}/"
        return {path.removeprefix(folder): text for path, text in self.texts.items() if path.startswith(folder)}
