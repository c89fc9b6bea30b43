"""An earlier state of a project: a folder, or a git revision unpacked into a temporary folder."""

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qb_mcp.errors import QbError
from qb_mcp.operations.find_project import CONFIG
from qb_mcp.operations.text import one_line

SUFFIXES = (".ts", ".mts", ".js", ".mjs", ".json")


LONGEST_REVISION = 200


def checked_revision(revision: str) -> str:
    """The revision, unless it is nothing that git or a file system could know."""
    if len(revision) > LONGEST_REVISION or not revision.isprintable():
        raise QbError(f"`{one_line(revision, 60)}` is no revision", "pass a revision such as `main` or `HEAD~1`")
    return revision


def git(root: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise QbError(f"git could not be run: {error}", "pass a folder that holds the earlier state") from None
    if done.returncode:
        detail = one_line(done.stderr.decode("utf-8", "replace"))
        raise QbError(f"git cannot read that revision: {detail}", "pass a revision such as `main` or `HEAD~1`")
    return done.stdout


def is_source(member: tarfile.TarInfo) -> bool:
    """Regular files that definitions can be made of; links and everything else stay in the archive."""
    return member.isreg() and member.name.endswith(SUFFIXES)


@contextmanager
def state(root: Path, revision: str) -> Iterator[Path]:
    """The project at `revision`, a folder or a git revision; what git unpacks lives for the block."""
    folder = Path(checked_revision(revision))
    if (folder / CONFIG).is_file():
        yield folder.resolve()
        return
    if revision.startswith("-"):
        raise QbError(f"`{one_line(revision)}` is neither a project folder nor a git revision", "try `HEAD`")
    commit = git(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    archive = git(root, "archive", "--format=tar", commit, ".")
    with tempfile.TemporaryDirectory(prefix="quickback-") as scratch:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(scratch, members=filter(is_source, tar), filter="data")
        if not (Path(scratch) / CONFIG).is_file():
            raise QbError(f"there is no `{CONFIG.as_posix()}` at {one_line(revision)}", "pass a later revision")
        yield Path(scratch)
