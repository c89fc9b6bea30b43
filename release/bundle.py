"""Packs a built wheel into `quickback.mcpb` beside it: the same bytes for the same wheel."""

import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FOLDER = Path(__file__).parent / "mcpb"
FILES = ("manifest.json", "pyproject.toml", "server.py")


def bundle(wheel: Path) -> Path:
    """The path of the written bundle."""
    target = wheel.with_name("quickback.mcpb")
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for path in (*(FOLDER / name for name in FILES), wheel):
            member = ZipInfo(path.name, (1980, 1, 1, 0, 0, 0))
            member.external_attr = 0o644 << 16
            archive.writestr(member, path.read_bytes(), ZIP_DEFLATED)
    return target


if __name__ == "__main__":
    bundle(Path(sys.argv[1]))
