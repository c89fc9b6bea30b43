"""What we wrote last time, with a hash of each file: how an author's edit is told from our own text."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from qb_compiler.model.record import record

FOLDER = ".quickback"
NAME = f"{FOLDER}/manifest.json"
VERSION = 1


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def hash_of(data: bytes | None) -> str | None:
    """The hash of what a file holds, None when there is none."""
    return None if data is None else digest(data)


@record
class Manifest:
    """`files` is path -> SHA-256 of the bytes we wrote."""

    files: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        return json.dumps({"version": VERSION, "files": dict(sorted(self.files.items()))}, indent=2) + "\n"


def read_manifest(root: Path) -> Manifest:
    """The manifest on disk; an absent or damaged one means that nothing is known to be ours."""
    try:
        content = json.loads((root / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Manifest()
    files = content.get("files") if isinstance(content, dict) and content.get("version") == VERSION else None
    if not isinstance(files, dict):
        return Manifest()
    return Manifest({path: value for path, value in files.items() if isinstance(path, str) and isinstance(value, str)})
