"""The result of generation: path -> text, in memory."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class FileSet:
    """Paths are relative to the project root, with forward slashes. One path is written once."""

    files: dict[str, str] = field(default_factory=dict)

    def add(self, path: str, text: str) -> None:
        if path in self.files:
            raise ValueError(f"two outputs claim {path}")
        self.files[path] = text

    def items(self) -> list[tuple[str, str]]:
        """All files by path, in a stable order."""
        return sorted(self.files.items())
