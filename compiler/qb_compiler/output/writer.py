"""Compares the generated files with the disk and writes what differs, as one set.

A file that a person edited since we wrote it (or one we never wrote) is kept and reported unless `force`; a file that
is no longer generated is removed only if it is still as we wrote it. The same input writes nothing the second time.
"""

import errno
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from qb_compiler.diagnostics.problem import Problem, Problems
from qb_compiler.model.memory import Memory, NoMemory
from qb_compiler.model.record import record
from qb_compiler.output import journal, problems
from qb_compiler.output.encoded import Outputs
from qb_compiler.output.file_set import FileSet
from qb_compiler.output.journal import Write
from qb_compiler.output.lock import PATIENCE, Busy, locked
from qb_compiler.output.manifest import NAME, Manifest, digest, hash_of, read_manifest
from qb_compiler.output.paths import content, is_writable_place, link_on_the_way, links_on_the_way
from qb_compiler.output.write_plan import WritePlan


@record
class Comparison:
    """The plan, the bytes to write, and the manifest that is true afterwards."""

    plan: WritePlan
    writes: list[Write]
    manifest: Manifest


def plan(root: Path, files: FileSet, force: bool = False) -> WritePlan:
    """What `write` would do now; touches nothing."""
    return compare(root, files, force, NoMemory()).plan


def verdict(path: str, before: str | None, known: Manifest, may_replace: bool) -> str:
    """What becomes of a text that differs from the file, whose hash is `before`."""
    if before is None:
        return "created"
    return "updated" if may_replace or known.files.get(path) == before else "kept"


def compare(root: Path, files: FileSet, force: bool, memory: Memory) -> Comparison:
    """Puts every path into one class; reads the disk, changes nothing."""
    known = read_manifest(root)
    classes: dict[str, list[str]] = {name: [] for name in ("created", "updated", "unchanged", "kept", "removed")}
    writes: list[Write] = []
    outputs = memory.renew("outputs", partial(Outputs.of, dict(files.items())))
    for path, new in outputs.now.items():
        old = content(root, path)
        if old == new.data:
            classes["unchanged"].append(path)
            continue
        before = outputs.hash_of(path, old)
        kind = verdict(path, before, known, force or path in files.merged)
        classes[kind].append(path)
        if kind != "kept":
            writes.append(Write(path, new.data, before))
    for path in sorted(known.files.keys() - files.files.keys()):
        old = content(root, path) if is_writable_place(path) and not link_on_the_way(root, path) else None
        if old is not None:
            classes["removed" if digest(old) == known.files[path] else "kept"].append(path)
    result = WritePlan(**{name: tuple(sorted(paths)) for name, paths in classes.items()})
    ours = {path: new.digest for path, new in outputs.now.items() if path not in files.merged}
    return Comparison(result, writes, manifest_after(ours, result, known))


def manifest_after(hashes: Mapping[str, str], result: WritePlan, known: Manifest) -> Manifest:
    """Hashes of what we wrote: of a kept file that is the last text of ours, if there ever was one."""
    kept = {path: known.files[path] for path in result.kept if path in known.files}
    written = {path: value for path, value in hashes.items() if path not in result.kept}
    return Manifest({**written, **kept})


def write(
    root: Path,
    files: FileSet,
    found: Problems,
    force: bool = False,
    patience: float = PATIENCE,
    memory: Memory | None = None,
) -> WritePlan:
    """Brings the disk up to date; reports instead of raising, and then has changed nothing."""
    for path, _ in files.items():
        if not is_writable_place(path):
            raise ValueError(f"an output leaves the project: {path}")
    links = links_on_the_way(root, (*files.files, NAME))
    found.extend(problems.OutputThroughLink(None, link) for link in sorted(links))
    if links:
        return WritePlan()
    try:
        with locked(root, patience):
            journal.recover(root)
            return _write_locked(root, files, found, force, memory or NoMemory())
    except Busy:
        found.report(problems.OutputBusy(None))
    except OSError as error:
        found.report(_failure(root, error))
    return WritePlan()


def _write_locked(root: Path, files: FileSet, found: Problems, force: bool, memory: Memory) -> WritePlan:
    comparison = compare(root, files, force, memory)
    found.extend(problems.EditedFileKept(None, path) for path in comparison.plan.kept)
    writes = list(comparison.writes)
    manifest = comparison.manifest.text().encode()
    before = content(root, NAME)
    if before != manifest:
        writes.append(Write(NAME, manifest, hash_of(before)))
    if writes or comparison.plan.removed:
        try:
            moves = journal.stage(root, writes, list(comparison.plan.removed))
        except OSError:
            journal.discard(root)
            raise
        journal.apply(root, moves)
    return comparison.plan


def _failure(root: Path, error: OSError) -> Problem:
    """The problem for what the system said, with a path relative to the project where it has one."""
    name = Path(error.filename) if error.filename else root
    path = name.relative_to(root).as_posix() if name.is_relative_to(root) else name.name
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return problems.DiskFull(None, path)
    return problems.OutputNotWritable(None, path, error.strerror or "it cannot be written")


def write_report(root: Path, texts: Mapping[str, str], found: Problems) -> None:
    """Writes the files of a failing compile's security report and nothing else: no manifest, no removals."""
    if any(not is_writable_place(path) or link_on_the_way(root, path) for path in texts):
        return
    there = {path: content(root, path) for path in texts}
    writes = [
        Write(path, text.encode(), hash_of(there[path])) for path, text in texts.items() if there[path] != text.encode()
    ]
    try:
        with locked(root):
            journal.recover(root)
            if writes:
                journal.apply(root, journal.stage(root, writes, []))
    except Busy:
        found.report(problems.OutputBusy(None))
    except OSError as error:
        found.report(_failure(root, error))


def recover(root: Path) -> None:
    """Finishes or throws away what an interrupted compile left; every command that reads generated files calls it."""
    if (root / journal.JOURNAL).exists() or (root / journal.STAGING).exists():
        with locked(root):
            journal.recover(root)
