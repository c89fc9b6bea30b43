"""Compiled sample projects on disk, for tests of what surrounds the API."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from compiler.api.model import candidates, column, project, resource, table
from qb_compiler.blocks.columns.model import ColumnKind, Default, DefaultKind, ForeignKey, Index, Table
from qb_compiler.diagnostics.diagnostic import Diagnostic
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.model.carried import Carried, CarriedImport
from qb_compiler.model.project import Project
from qb_compiler.targets.outputs import emit_project
from qb_compiler.targets.prior import Prior

NOW = "2026-01-02T03:04:05.678Z"


def write(root: Path, sample: Project, prior: Mapping[str, str] | None = None) -> tuple[Diagnostic, ...]:
    """Writes every file of the project; returns what was found wrong."""
    problems = Problems()
    for path, text in emit_project(sample, Prior(NOW, prior or {}), problems).items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return problems.diagnostics


def applications() -> Table:
    """Everything that a table may have: keys into another feature and into itself, checks, every kind of index."""
    made = table(
        "applications",
        column("organizationId", not_null=True),
        column("candidateId", not_null=True, foreign_key=_key("candidates", "cascade")),
        column("parentId", foreign_key=_key("applications", "set null")),
        column("stage", not_null=True, enum=("new", "offer"), default=Default(DefaultKind.LITERAL, "new")),
        column("code", length=12, unique=True),
        column("score", ColumnKind.REAL, default=Default(DefaultKind.LITERAL, 0.5)),
        column("open", ColumnKind.BOOLEAN, not_null=True, default=Default(DefaultKind.LITERAL, True)),
        column("tags", ColumnKind.JSON, default=Default(DefaultKind.LITERAL, ["a", "b"]), modifiers=(_strings(),)),
        column("seenAt", ColumnKind.TIMESTAMP, function="integer", mode="timestamp", default=Default(DefaultKind.NOW)),
        column("token", default=Default(DefaultKind.FUNCTION, source=carried("() => crypto.randomUUID()"))),
        column("rank", ColumnKind.INTEGER, default=_sql_default("sql`(abs(-3))`")),
    )
    span = made.span
    indexes = (
        Index("applications_stage_idx", ("stage", "open"), False, span),
        Index("applications_score_unique", ("organizationId", "score"), True, span),
        Index("applications_open_idx", ("stage",), False, span, carried("sql`${table.open} = 1`")),
    )
    return replace(made, indexes=indexes)


def recruiting() -> Project:
    """Two features, with a reference from one into the other."""
    return project({"candidates": (candidates(),), "hiring": (resource("hiring", applications()),)})


def carried(text: str, *imports: CarriedImport) -> Carried:
    return Carried(text, table("x").span, imports)


def _strings() -> Carried:
    return carried(".$type<string[]>()")


def _sql_default(text: str) -> Default:
    return Default(DefaultKind.SQL, source=carried(text, CarriedImport("drizzle-orm", "sql", "sql")))


def _key(target: str, on_delete: str) -> ForeignKey:
    return ForeignKey(target, "id", on_delete, None, table("x").span)
