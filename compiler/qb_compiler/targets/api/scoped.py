"""`src/db/scoped.ts`: the database that actions get, with the policy of every table they may reach."""

from qb_compiler.blocks.columns.model import ColumnKind, Table
from qb_compiler.config.model import Config, IdMode
from qb_compiler.model.project import Project
from qb_compiler.model.record import record
from qb_compiler.model.resource import InternalTable, Resource
from qb_compiler.targets.api import names
from qb_compiler.targets.api.cascades import soft_delete_column
from qb_compiler.targets.api.code import (
    WIDTH,
    Code,
    Entry,
    Group,
    arrow,
    flat,
    key,
    layout,
    member,
    object_,
    set_of,
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
    scope_predicates,
    stamped_values,
)
from qb_compiler.targets.rendering import render

ORGANIZATION = "organizationId"


@record
class PolicyView:
    """One table as `scoped.ts.jinja` prints it: `lines` are the policy's properties, laid out."""

    table: str
    sql_name: str
    locked: str
    made: str
    lines: tuple[str, ...]


def reachable(project: Project) -> list[Resource | InternalTable]:
    """Tables of the gateway: those with a firewall, and internal ones that carry the organization."""
    found = [item for feature in project.features for item in feature.tables]
    return [item for item in found if isinstance(item, Resource) or item.scoped]


def emit_scoped(project: Project) -> tuple[str, str]:
    """Path and text of the gateway of this project."""
    config = project.config
    policies = [_policy(config, item) for item in reachable(project)]
    body = render("targets/api/scoped.ts.jinja", policies=policies, known=_known(policies))
    imports = [
        *package_imports(),
        Import("../env", ("type Env",)),
        *runtime_imports("../lib"),
        *_modules(project),
        Import("./connections", ("featuresDb",)),
    ]
    return "src/db/scoped.ts", f"{import_lines(body, imports)}\n\n{body}"


def _modules(project: Project) -> list[Import]:
    found = []
    for item in reachable(project):
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


def _policy(config: Config, item: Resource | InternalTable) -> PolicyView:
    return _of_resource(config, item) if isinstance(item, Resource) else _of_internal(config, item)


def _of_resource(config: Config, resource: Resource) -> PolicyView:
    alias, identity = names.resource_alias(resource), resource.id_column
    makes = makes_id(resource, config)
    locked = resource.firewall.scope_columns
    return PolicyView(
        table=resource.key,
        sql_name=key(resource.table.sql_name),
        locked=_union(locked),
        made=_union((identity.name,) if makes or identity.kind is ColumnKind.INTEGER else ()),
        lines=(
            f"firewall: {alias}.firewall,",
            f"locked: {flat(set_of(locked))},",
            f"deletedAt: {alias}.deletedAt,",
            f"resource: {alias},",
            f"created: {alias}.created,",
            f"modified: {alias}.modified,",
            f"deleted: {alias}.deleted,",
        ),
    )


def _method(name: str, taken: str, value: Code) -> str:
    return layout(f"{name}: ({taken}) => ", value, ",", indent=6)


def _of_internal(config: Config, item: InternalTable) -> PolicyView:
    table = item.table
    soft = soft_delete_column(item)
    predicates = [*scope_predicates(item, item.key), *([f"isNull({member(item.key, soft)})"] if soft else [])]
    identity = _own_id(table, config)
    made = [(identity, new_id_code(config, item.key) or "")] if identity else []
    return PolicyView(
        table=item.key,
        sql_name=key(table.sql_name),
        locked=_union((ORGANIZATION,)),
        made=_union((identity,) if identity else ()),
        lines=(
            arrow("firewall: (ctx)", Group("allOf(", tuple(predicates), ")"), ",", 6),
            f"locked: {flat(set_of((ORGANIZATION,)))},",
            f"deletedAt: {text(soft) if soft else 'null'},",
            "resource: null,",
            _created(table, config, [*made, (ORGANIZATION, "ctx.activeOrgId")]),
            _stamps("modified", "modifiedNow", table, config, MODIFIED),
            _deleted(table, config, soft),
        ),
    )


def _created(table: Table, config: Config, own: list[tuple[str, str]]) -> str:
    entries: list[Code] = [Entry(key(column), value) for column, value in own]
    if has_usual_audit(table, config, CREATED):
        entries.append("...createdNow(ctx)")
    else:
        entries += [Entry(key(c), _at_once(value)) for c, value in stamped_values(table, config, CREATED)]
    return _method("created", "ctx: SignedIn & InOrganization", Group("({", tuple(entries), "})", spaced=True))


def _deleted(table: Table, config: Config, soft: str | None) -> str:
    if soft == "deletedAt" and has_usual_audit(table, config, DELETED):
        return "deleted: (ctx) => deletedNow(ctx),"
    return _method("deleted", "ctx", _object(deleted_values(table, soft, config) if soft else []))


def _stamps(name: str, usual: str, table: Table, config: Config, columns: tuple[str, ...]) -> str:
    if has_usual_audit(table, config, columns):
        return f"{name}: (ctx) => {usual}(ctx),"
    return _method(name, "ctx", _object(stamped_values(table, config, columns)))


def _object(values: list[tuple[str, str]]) -> Code:
    return wrapped("(", object_([(column, _at_once(value)) for column, value in values]), ")")


def _at_once(value: str) -> str:
    """The value where no variable holds the time."""
    return "new Date()" if value == "now" else value.replace("now.", "new Date().")


def _own_id(table: Table, config: Config) -> str | None:
    column = next((c for c in table.columns if c.primary_key and not c.autoincrement and c.default is None), None)
    generated = config.database.generate_id not in {IdMode.CLIENT, IdMode.SERIAL}
    return column.name if column and generated and column.function == "text" else None


def _union(columns: tuple[str, ...]) -> str:
    return " | ".join(text(column) for column in columns) or "never"
