"""`src/db/scoped.ts`: the database that actions get, with the policy of every table they may reach."""

from collections.abc import Mapping

from qb_compiler.blocks.columns.model import ColumnKind, Table
from qb_compiler.blocks.relations.model import Reference, ReferenceOrigin
from qb_compiler.config.model import Config, IdMode
from qb_compiler.model.project import Project
from qb_compiler.model.record import record
from qb_compiler.model.resource import InternalTable, Resource
from qb_compiler.targets.api import names
from qb_compiler.targets.api.cascades import Owned, soft_delete_column
from qb_compiler.targets.api.code import (
    WIDTH,
    Code,
    Entry,
    Group,
    array,
    key,
    layout,
    map_of,
    object_,
    set_of,
    strings,
    text,
    wrapped,
)
from qb_compiler.targets.api.imports import Import, import_lines, package_imports, runtime_imports
from qb_compiler.targets.api.resource import makes_id, new_id_code
from qb_compiler.targets.api.scoping import (
    CREATED,
    DELETED,
    MODIFIED,
    deleted_values,
    has_usual_audit,
    internal_firewall,
    required,
    stamped_values,
)
from qb_compiler.targets.rendering import render


@record
class PolicyView:
    """One table as `scoped.ts.jinja` prints it; `policy` is what holds its queries inside the firewall."""

    table: str
    sql_name: str
    locked: str
    made: str
    policy: Code


def reachable(project: Project) -> list[Owned]:
    """Tables of the gateway: those with a firewall, and internal ones that a column scopes."""
    found = [item for feature in project.features for item in feature.tables]
    return [item for item in found if isinstance(item, Resource) or item.scopes]


def emit_scoped(project: Project) -> tuple[str, str]:
    """Path and text of the gateway of this project."""
    config = project.config
    tables = {item.key: item for feature in project.features for item in feature.tables}
    policies = [_policy(config, item, tables) for item in reachable(project)]
    firewalls = [
        internal_firewall(item, item.key, "Ctx") for item in _named(project) if isinstance(item, InternalTable)
    ]
    listed = array([array([policy.table, policy.policy]) for policy in policies])
    written = layout("const policies: Policies = ", wrapped("new Map<SQLiteTable, Policy>(", listed, ")"), ";")
    views = {"firewalls": firewalls, "policies": written, "tables": policies, "known": _known(policies)}
    body = render("targets/api/scoped.ts.jinja", **views)
    imports = [
        *package_imports(),
        Import("../env", ("type Env",)),
        *runtime_imports("../lib"),
        *_modules(project),
        Import("./connections", ("featuresDb",)),
    ]
    return "src/db/scoped.ts", f"{import_lines(body, imports)}\n\n{body}"


def _named(project: Project) -> list[Owned]:
    """Tables of the gateway, and those without a scope that they refer to."""
    found = reachable(project)
    targets = {reference.target for item in found if isinstance(item, InternalTable) for reference in _checked(item)}
    others = (item for feature in project.features for item in feature.internal if not item.scopes)
    return [*found, *(item for item in others if item.key in targets)]


def _modules(project: Project) -> list[Import]:
    found = []
    for item in _named(project):
        folder = f"../features/{item.feature}"
        found.append(Import(f"{folder}/schema", (item.key,)))
        if isinstance(item, Resource):
            found.append(Import(f"{folder}/{item.route}.resource", (f"resource as {item.key}Resource",)))
    merged: dict[str, tuple[str, ...]] = {}
    for entry in found:
        merged[entry.module] = (*merged.get(entry.module, ()), *entry.names)
    return [Import(module, names_) for module, names_ in sorted(merged.items())]


def _known(policies: list[PolicyView]) -> str:
    line = f"type Known = {' | '.join(f'typeof {policy.table}' for policy in policies)};"
    if len(line) <= WIDTH:
        return line
    return "\n".join(["type Known =", *(f"  | typeof {policy.table}" for policy in policies)]) + ";"


def _policy(config: Config, item: Owned, tables: Mapping[str, Owned]) -> PolicyView:
    return _of_resource(config, item) if isinstance(item, Resource) else _of_internal(config, item, tables)


def _of_resource(config: Config, resource: Resource) -> PolicyView:
    alias, identity = names.resource_alias(resource), resource.id_column
    makes = makes_id(resource, config)
    locked = resource.firewall.scope_columns
    return PolicyView(
        table=resource.key,
        sql_name=key(resource.table.sql_name),
        locked=_union(locked),
        made=_union((identity.name,) if makes or identity.kind is ColumnKind.INTEGER else ()),
        policy=Group("policyOf(", (alias, strings(locked)), ")"),
    )


def _of_internal(config: Config, item: InternalTable, tables: Mapping[str, Owned]) -> PolicyView:
    table = item.table
    soft = soft_delete_column(item)
    identity = _own_id(table, config)
    made = [(identity, new_id_code(config, item.key) or "")] if identity else []
    locked = tuple(scope.column for scope in item.scopes)
    return PolicyView(
        table=item.key,
        sql_name=key(table.sql_name),
        locked=_union(locked),
        made=_union((identity,) if identity else ()),
        policy=object_(
            [
                ("firewall", f"{item.key}Firewall"),
                ("locked", set_of(locked)),
                ("deletedAt", text(soft) if soft else "null"),
                ("references", _references(item, tables)),
                ("created", _created(item, config, [*made, *((s.column, required(s.source)) for s in item.scopes)])),
                ("modified", _modified(table, config)),
                ("deleted", _deleted(table, config, soft)),
            ]
        ),
    )


def _checked(item: InternalTable) -> list[Reference]:
    return [reference for reference in item.references if reference.origin is not ReferenceOrigin.CONVENTION]


def _references(item: InternalTable, tables: Mapping[str, Owned]) -> Code:
    entries: list[tuple[str, Code]] = [
        (r.column, f"() => {_target(tables[r.target], r)}") for r in _checked(item) if r.target in tables
    ]
    return map_of(entries)


def _target(target: Owned, reference: Reference) -> str:
    column = text(reference.target_column)
    if isinstance(target, Resource):
        return f"targetIn({names.resource_alias(target)}, {column})"
    return f"rowsIn({target.key}, {column}, {target.key}Firewall)"


def _created(item: InternalTable, config: Config, own: list[tuple[str, str]]) -> Code:
    table = item.table
    caller = "SignedIn & InOrganization" if any(s.source == "activeOrgId" for s in item.scopes) else "SignedIn"
    entries: list[Code] = [Entry(key(column), value) for column, value in own]
    if has_usual_audit(table, config, CREATED):
        entries.append("...createdNow(ctx)")
    else:
        entries += [Entry(key(c), _at_once(value)) for c, value in stamped_values(table, config, CREATED)]
    return Group(f"(ctx: {caller}) => ({{", tuple(entries), "})", spaced=True)


def _modified(table: Table, config: Config) -> Code:
    if has_usual_audit(table, config, MODIFIED):
        return "modifiedNow"
    return _stamps(stamped_values(table, config, MODIFIED))


def _deleted(table: Table, config: Config, soft: str | None) -> Code:
    if soft == "deletedAt" and has_usual_audit(table, config, DELETED):
        return "deletedNow"
    return _stamps(deleted_values(table, soft, config) if soft else [])


def _stamps(values: list[tuple[str, str]]) -> Code:
    taken = "ctx" if any("ctx" in value for _, value in values) else ""
    return wrapped(f"({taken}) => (", object_([(column, _at_once(value)) for column, value in values]), ")")


def _at_once(value: str) -> str:
    """The value where no variable holds the time."""
    return "new Date()" if value == "now" else value.replace("now.", "new Date().")


def _own_id(table: Table, config: Config) -> str | None:
    column = next((c for c in table.columns if c.primary_key and not c.autoincrement and c.default is None), None)
    generated = config.database.generate_id not in {IdMode.CLIENT, IdMode.SERIAL}
    return column.name if column and generated and column.function == "text" else None


def _union(columns: tuple[str, ...]) -> str:
    return " | ".join(text(column) for column in columns) or "never"
