"""What was read from the disk: a frozen picture of the project. Later rooms know no other files."""

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from qb_compiler.model.record import record
from qb_compiler.source.specifiers import PathAliases
from qb_compiler.span import SourceFile


@record
class FeatureFolder:
    """One feature. `tables` are the files directly in its folder, `other` what lies in folders of the author's own."""

    name: str
    tables: tuple[SourceFile, ...] = ()
    actions: SourceFile | None = None
    handlers: tuple[SourceFile, ...] = ()
    pages: tuple[SourceFile, ...] = ()
    other: tuple[SourceFile, ...] = ()

    @property
    def modules(self) -> tuple[SourceFile, ...]:
        """Every file whose exports may define something."""
        return (*self.tables, *self.other, *self.pages, *((self.actions,) if self.actions else ()))


@record
class Sources:
    """Every file of the definitions, and every project file that they import. Paths are project-relative."""

    root: Path
    config: SourceFile | None
    features: tuple[FeatureFolder, ...]
    services: tuple[SourceFile, ...]
    all: Mapping[str, SourceFile]
    aliases: PathAliases = field(default_factory=PathAliases)
    refused: frozenset[str] = frozenset()
