"""What a soft delete takes with it: tables of the same feature that point at the row, at all levels."""

from collections.abc import Container, Mapping, Sequence

from qb_compiler.blocks.columns.model import Table
from qb_compiler.blocks.crud.model import DeleteMode
from qb_compiler.blocks.relations.model import Reference, ReferenceOrigin
from qb_compiler.config.model import Config
from qb_compiler.model.record import record
from qb_compiler.model.resource import InternalTable, Resource
from qb_compiler.targets.api import names
from qb_compiler.targets.api.code import Code, Group, array, layout, map_of, member, object_, text, wrapped
from qb_compiler.targets.api.imports import Import, import_lines, package_imports, runtime_imports
from qb_compiler.targets.api.scoping import DELETED, deleted_values, has_usual_audit, scope_predicates

Owned = Resource | InternalTable
_COMMENT = "/** What a soft delete takes with it: these tables hang on others of the feature. */"


@record
class Member:
    """One table of a cascade and the references by which it hangs on others of it."""

    table: Owned
    references: tuple[Reference, ...]

    def hangs_on(self, keys: Container[str]) -> bool:
        return any(reference.target in keys for reference in self.references)


def is_soft(resource: Resource) -> bool:
    operation = resource.writing.delete
    return operation is not None and operation.mode is DeleteMode.SOFT


def members(owned: Sequence[Owned]) -> list[Member]:
    """The tables of a feature that go when a row goes that they point at: those below a soft delete, at all levels."""
    within = candidates(owned)
    found = [Member(table, links) for table in within.values() if (links := _links(table, within))]
    reached = {table.key for table in owned if isinstance(table, Resource) and is_soft(table)}
    while below := {member.table.key for member in found if member.hangs_on(reached)} - reached:
        reached |= below
    return [member for member in found if member.hangs_on(reached)]


def cascades(root: Resource, tables: Mapping[str, Owned]) -> bool:
    """Whether a soft delete of a row of `root` takes rows of other tables along."""
    return is_soft(root) and any(_links(table, {root.key}) for table in tables.values())


def candidates(tables: Sequence[Owned]) -> dict[str, Owned]:
    """The tables of a feature that a cascade may reach."""
    return {table.key: table for table in tables if soft_delete_column(table) and _single_key(table.table)}


def _single_key(table: Table) -> bool:
    return any(column.primary_key for column in table.columns)


def soft_delete_column(table: Owned) -> str | None:
    if isinstance(table, Resource):
        return table.firewall.soft_delete
    return "deletedAt" if table.table.has("deletedAt") else None


def _links(table: Owned, keys: Container[str]) -> tuple[Reference, ...]:
    """The references to tables of these keys, one a column. A naming convention alone is none."""
    declared = (r for r in table.references if r.origin is not ReferenceOrigin.CONVENTION)
    return tuple({r.column: r for r in declared if r.target in keys}.values())


def cascade_module(feature: str, owned: Sequence[Owned], config: Config) -> tuple[str, str] | None:
    """Path and text of `cascade.ts`: every table of the feature that goes when a row it points at goes."""
    within, found = candidates(owned), members(owned)
    if not found:
        return None
    entries: list[tuple[str, Code]] = [(one.table.key, _child(config, one, within)) for one in found]
    body = layout("export const children: Children = ", map_of(entries, "<string, Child>"), ";") + "\n"
    used = {key for one in found for key in (one.table.key, *(reference.target for reference in one.references))}
    imports = [
        *package_imports(),
        *runtime_imports("../../lib"),
        Import("./schema", tuple(names.table_import(key) for key in sorted(used))),
    ]
    return f"{names.folder(feature)}/cascade.ts", f"{import_lines(body, imports)}\n\n{_COMMENT}\n{body}"


def _child(config: Config, found: Member, within: Mapping[str, Owned]) -> Code:
    table = found.table
    local = names.table_name(table.key)
    soft = soft_delete_column(table)
    identity = next(column.name for column in table.table.columns if column.primary_key)
    assert soft is not None
    predicates = scope_predicates(table, local)
    scope: Code = Group("(ctx) => allOf(", tuple(predicates), ")") if predicates else "() => everyRow"
    return object_(
        [
            ("table", local),
            ("id", member(local, identity)),
            ("deletedAt", member(local, soft)),
            ("scope", scope),
            ("set", _set(table.table, soft, config)),
            (
                "parents",
                array([_parent(within[reference.target].table, local, reference) for reference in found.references]),
            ),
        ]
    )


def _set(table: Table, soft: str, config: Config) -> Code:
    if soft == "deletedAt" and has_usual_audit(table, config, DELETED):
        return "deletedNow"
    values = deleted_values(table, soft, config)
    taken = "ctx" if any("ctx" in value for _, value in values) else "_ctx"
    return wrapped(f"({taken}, now) => (", object_(list(values)), ")")


def _parent(parent: Table, local: str, reference: Reference) -> Code:
    target = names.table_name(reference.target)
    identity = next(column.name for column in parent.columns if column.primary_key)
    key = f"{{ table: {target}, id: {member(target, identity)}, column: {member(target, reference.target_column)} }}"
    return object_([("name", text(reference.target)), ("column", member(local, reference.column)), ("key", key)])
