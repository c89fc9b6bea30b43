"""Makes a failing case small: fewer rows, a shorter request, then a smaller definition, as long as it fails alike."""

import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from differential.running import Mismatch, Running, running
from model.definition import Guards, Json, Project, Request, Row, Rows, Table

T = TypeVar("T")


def shrink(found: Mismatch, seconds: float = 120) -> Mismatch:
    """The smallest case that this finds in about that time; boots a project for each smaller definition it tries."""
    end = time.monotonic() + seconds
    best = _attempt(found, found.group, found.rows, found.request) or found
    again = True
    while again:
        again = False
        for smaller in _definitions(best.group, best.request) if time.monotonic() < end else ():
            rows = {table.name: [_fitted(table, row) for row in best.rows[table.name]] for table in smaller.tables}
            if better := _attempt(best, smaller, rows, best.request):
                best, again = better, True
                break
    return best


def _attempt(found: Mismatch, group: Project, rows: Rows, request: Request) -> Mismatch | None:
    """Boots a definition and shrinks rows and request over it, if it fails alike at all."""
    try:
        with tempfile.TemporaryDirectory() as folder, running(Path(folder), [group]) as app:
            return _smaller(app, found, group, rows, request)
    except AssertionError:
        return None


def _smaller(app: Running, found: Mismatch, group: Project, rows: Rows, request: Request) -> Mismatch | None:
    best = _same(app, found, group, rows, request)
    while best:
        candidates = [(rows, asked) for asked in _requests(best.request) for rows in (best.rows,)]
        candidates += [(fewer, best.request) for fewer in _fewer_rows(best.rows)]
        tried = (_same(app, found, group, one, asked) for one, asked in candidates)
        better = next((one for one in tried if one), None)
        if better is None:
            return best
        best = better
    return None


def _same(app: Running, found: Mismatch, group: Project, rows: Rows, request: Request) -> Mismatch | None:
    try:
        got = app.judge(group, app.load(group, rows), request)
    except Exception:  # a row that the database refuses, a request that the model cannot read
        return None
    if got is None or got.signature != found.signature:
        return None
    return replace(got, rows=rows)


def _fewer_rows(rows: Rows) -> Iterator[Rows]:
    for name, held in rows.items():
        for index in range(len(held)):
            yield {**rows, name: held[:index] + held[index + 1 :]}


def _requests(request: Request) -> Iterator[Request]:
    for index in range(len(request.query)):
        yield replace(request, query=request.query[:index] + request.query[index + 1 :])
    if isinstance(request.body, dict):
        for body in _bodies(request.body):
            yield replace(request, body=body)


def _bodies(body: Mapping[str, Json]) -> Iterator[Json]:
    for name, value in body.items():
        yield {key: held for key, held in body.items() if key != name}
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield {**body, name: value[:index] + value[index + 1 :]}
                for less in _bodies(item) if isinstance(item, dict) else ():
                    yield {**body, name: [*value[:index], less, *value[index + 1 :]]}


def _fitted(table: Table, row: Row) -> Row:
    return {name: row.get(name) for name in table.names}


def _definitions(group: Project, request: Request) -> Iterator[Project]:
    """Definitions with one part less."""
    targets = {column.target for table in group.tables for column in table.columns}
    targets |= {tools.table for tools in group.tools}
    for tools in group.tools:
        if not f"{request.path}/".startswith(f"/{tools.feature}/"):
            yield replace(group, tools=tuple(one for one in group.tools if one is not tools))
        for less in _without_one(tools.actions):
            fewer = replace(tools, actions=less)
            yield replace(group, tools=tuple(fewer if one is tools else one for one in group.tools))
    for table in group.tables:
        if table.name not in targets and f"/{table.route}/" not in f"{request.path}/":
            yield replace(group, tables=tuple(one for one in group.tables if one is not table))
    for table in group.tables:
        for smaller in _tables(table):
            yield replace(group, tables=tuple(smaller if one is table else one for one in group.tables))


def _tables(table: Table) -> Iterator[Table]:
    yield from (replace(table, views=less) for less in _without_one(table.views))
    yield from (replace(table, actions=less) for less in _without_one(table.actions))
    yield from (replace(table, batches=less) for less in _without_one(table.batches))
    yield from (replace(table, masking=less) for less in _without_one(table.masking))
    yield from (replace(table, crud=less) for less in _without_one(table.crud))
    for column in table.columns:
        if column.name not in table.firewall.scopes:
            yield _without(table, column.name)


def _without_one(held: Mapping[str, T]) -> Iterator[dict[str, T]]:
    for name in held:
        yield {key: value for key, value in held.items() if key != name}


def _without(table: Table, name: str) -> Table:
    guards = table.guards
    return replace(
        table,
        columns=tuple(column for column in table.columns if column.name != name),
        masking={key: mask for key, mask in table.masking.items() if key != name},
        uniques=tuple(names for names in table.uniques if name not in names),
        guards=Guards(
            _less(guards.createable, name),
            _less(guards.updatable, name),
            _less(guards.immutable, name),
            {key: actions for key, actions in guards.protected.items() if key != name},
            guards.off,
        ),
    )


def _less(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(one for one in names if one != name)
