"""Which references TypeScript cannot infer: those on a circle of tables, a table that points at itself included."""

from collections.abc import Iterable

from qb_compiler.blocks.columns.model import Table


def circular_pairs(tables: Iterable[Table]) -> frozenset[tuple[str, str]]:
    """(table, target) of every column reference from whose target the table can be reached again."""
    edges = {table.key: {c.foreign_key.table for c in table.columns if c.foreign_key} for table in tables}
    reach = {key: _reachable(key, edges) for key in edges}
    return frozenset(
        (key, target)
        for key, targets in edges.items()
        for target in targets
        if target == key or key in reach.get(target, ())
    )


def _reachable(start: str, edges: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for target in edges.get(waiting.pop(), ()):
            if target not in found:
                found.add(target)
                waiting.append(target)
    return found
