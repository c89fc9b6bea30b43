"""The migrations of every database: those that exist, untouched, and one more where the schema changed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from qb_compiler.blocks.columns.model import Table
from qb_compiler.config.model import Config, Renames
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.model.memory import Memory
from qb_compiler.model.project import Project
from qb_compiler.output.banner import with_banner
from qb_compiler.targets.audit import audit_table
from qb_compiler.targets.auth.tables import auth_tables
from qb_compiler.targets.migrations.difference import Difference
from qb_compiler.targets.migrations.history import JOURNAL, BrokenHistory, History, journal_text, read_history
from qb_compiler.targets.migrations.problems import BrokenMigrations
from qb_compiler.targets.migrations.renames import Renamer
from qb_compiler.targets.migrations.script import migration_statements
from qb_compiler.targets.migrations.snapshot import read_snapshot, write_snapshot
from qb_compiler.targets.migrations.state import StoredDatabase
from qb_compiler.targets.migrations.statements import script
from qb_compiler.targets.migrations.stored import stored_database
from qb_compiler.targets.prior import MIGRATIONS, Prior
from qb_compiler.targets.schema.storage import stored_tables

Said = tuple[str, StoredDatabase]
FEATURES = "features"
AUDIT = "audit"


def emit_migrations(project: Project, prior: Prior, problems: Problems) -> Iterator[tuple[str, str]]:
    """Path and text of every migration file; files that exist are given back as they are."""
    for name, tables in _databases(project, prior.memory).items():
        folder = f"{MIGRATIONS}{name}/"
        config = project.config if name == FEATURES else replace(project.config, renames=Renames())
        wanted, before = stored_database(tables, problems, prior.memory), prior.migrations(name)
        following = partial(_migrations, config, folder, wanted, before, prior.memory)
        files, found = prior.memory.recall("migrations", name, (config, wanted, before), following)
        problems.include(found)
        yield from ((f"{folder}{path}", text) for path, text in sorted(files.items()))
    if not project.audited:
        yield from ((f"{MIGRATIONS}{AUDIT}/{path}", text) for path, text in sorted(prior.migrations(AUDIT).items()))


def _databases(project: Project, memory: Memory) -> dict[str, tuple[Table, ...]]:
    """The audit database keeps its history, but no more than that, when it is not needed any more."""
    databases = {"auth": auth_tables(project.config), FEATURES: stored_tables(project, memory)}
    return {**databases, AUDIT: (audit_table(project.config),)} if project.audited else databases


def _migrations(
    config: Config, folder: str, wanted: StoredDatabase, files: Mapping[str, str], memory: Memory
) -> tuple[dict[str, str], Problems]:
    problems = Problems()
    try:
        history = read_history(files, lambda text: _last(folder, text, memory, lambda: read_snapshot(text)))
    except BrokenHistory as error:
        problems.report(BrokenMigrations(config.span, f"{folder}{error.path}", error.reason))
        return dict(files), problems
    renamer = Renamer(config, problems)
    renamer.check_names(wanted)
    difference = _initial(wanted) if not history.entries else renamer.difference(history.database, wanted)
    if difference.is_empty and history.entries:
        return dict(files), problems
    return {**files, **_next(folder, history, difference, memory)}, problems


def _last(folder: str, text: str, memory: Memory, read: Callable[[], Said]) -> Said:
    """What the last snapshot of a database says."""
    return memory.recall("last snapshot", folder, (text,), read)


def _initial(wanted: StoredDatabase) -> Difference:
    ordered = StoredDatabase(tuple(sorted(wanted.tables, key=lambda table: table.name)))
    return Difference(StoredDatabase(), ordered)


def _next(folder: str, history: History, difference: Difference, memory: Memory) -> dict[str, str]:
    entry = history.following(_name(difference) if history.entries else "initial")
    snapshot = write_snapshot(difference.new, history.snapshot, memory)
    _last(folder, snapshot.text, memory, lambda: (snapshot.id, snapshot.database))
    text = script(migration_statements(difference)).rstrip("\n") + "\n"
    return {
        entry.sql_path: with_banner(entry.sql_path, text),
        entry.snapshot_path: snapshot.text,
        JOURNAL: journal_text((*history.entries, entry)),
    }


def _name(difference: Difference) -> str:
    """A name that says what the migration is about, when it is about one thing."""
    touched = sorted(
        {
            *(f"create_{table.name}" for table in difference.created),
            *(f"drop_{table.name}" for table in difference.dropped),
            *(f"rename_{old}" for old, _ in difference.renamed_tables),
            *(f"change_{change.new.name}" for change in difference.changed),
            *(f"change_{rename.table}" for rename in difference.renamed_columns),
        }
    )
    return touched[0] if len(touched) == 1 else "change_schema"
