"""The result of generation: path -> text, in memory."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class FileSet:
    """Paths are relative to the project root, with forward slashes; one path is written once.

    `merged` are files that also belong to the author (`package.json`): their text was made from what is on disk.
    """

    files: dict[str, str] = field(default_factory=dict)
    merged: set[str] = field(default_factory=set)

    def add(self, path: str, text: str, *, merged: bool = False) -> None:
        if path in self.files:
            raise ValueError(f"two outputs claim {path}")
        self.files[path] = text
        if merged:
            self.merged.add(path)

    def items(self) -> list[tuple[str, str]]:
        """All files by path, in a stable order."""
        return sorted(self.files.items())
