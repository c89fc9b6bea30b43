"""`src/db/scoped.ts`: the database that actions get, with the policy of every table they may reach."""

from qb_compiler.blocks.columns.model import Table
from qb_compiler.config.model import Config, IdMode
from qb_compiler.model.project import Project
from qb_compiler.model.record import record
from qb_compiler.model.resource import InternalTable, Resource
from qb_compiler.targets.api.cascades import soft_delete_column
from qb_compiler.targets.api.code import flat, key, member, object_, set_of, text
from qb_compiler.targets.api.imports import Import, import_lines, package_imports, runtime_imports
from qb_compiler.targets.api.resource import makes_id, new_id_code
from qb_compiler.targets.api.scoping import deleted_values, scope_predicates, stamped_values
from qb_compiler.targets.rendering import render


@record
class PolicyView:
    """One table as `scoped.ts.jinja` prints it. `alias` is its resource module, None for internal tables."""

    table: str
    sql_name: str
    alias: str | None
    firewall: str
    locked: str
    locked_type: str
    made_type: str
    deleted_at: str
    created: str
    modified: str
    deleted: str
    resource: str


def reachable(project: Project) -> list[Resource | InternalTable]:
    """Tables of the gateway: those with a firewall, and internal ones that carry the organization."""
    found = [item for feature in project.features for item in feature.tables]
    return [item for item in found if isinstance(item, Resource) or item.scoped]


def emit_scoped(project: Project) -> tuple[str, str]:
    """Path and text of the gateway of this project."""
    config = project.config
    policies = [_policy(config, item) for item in reachable(project)]
    body = render("targets/api/scoped.ts.jinja", policies=policies)
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
            found.append(Import(f"{folder}/{item.route}.resource", (f"* as {item.key}Security",)))
    merged: dict[str, tuple[str, ...]] = {}
    for entry in found:
        merged[entry.module] = (*merged.get(entry.module, ()), *entry.names)
    return [Import(module, names_) for module, names_ in sorted(merged.items())]


def _policy(config: Config, item: Resource | InternalTable) -> PolicyView:
    return _of_resource(config, item) if isinstance(item, Resource) else _of_internal(config, item)


def _of_resource(config: Config, resource: Resource) -> PolicyView:
    alias = f"{resource.key}Security"
    makes = makes_id(resource, config)
    created = (
        f"{alias}.created(ctx)"
        if not makes
        else f"{{ {key(resource.id_column.name)}: {alias}.newId(), ...{alias}.created(ctx) }}"
    )
    soft = resource.firewall.soft_delete
    locked = resource.firewall.scope_columns
    return PolicyView(
        table=resource.key,
        sql_name=text(resource.table.sql_name),
        alias=alias,
        firewall=f"{alias}.firewall",
        locked=flat(set_of(locked)),
        locked_type=_union(locked),
        made_type=_union((resource.id_column.name,) if makes or resource.id_column.autoincrement else ()),
        deleted_at=text(soft) if soft else "null",
        created=f"({created})" if created.startswith("{") else created,
        modified=f"{alias}.modified(ctx)",
        deleted=f"{alias}.deleted(ctx)" if soft else "({})",
        resource=f"{alias}.resource",
    )


def _of_internal(config: Config, item: InternalTable) -> PolicyView:
    table = item.table
    soft = soft_delete_column(item)
    predicates = [*scope_predicates(item, item.key), *([f"isNull({member(item.key, soft)})"] if soft else [])]
    identity = _own_id(table, config)
    made = [(identity, new_id_code(config, item.key))] if identity else []
    created = [
        *made,
        ("organizationId", "ctx.activeOrgId"),
        *stamped_values(table, config, ("createdAt", "createdBy", "modifiedAt", "modifiedBy")),
    ]
    modified = stamped_values(table, config, ("modifiedAt", "modifiedBy"))
    return PolicyView(
        table=item.key,
        sql_name=text(table.sql_name),
        alias=None,
        firewall=f"(ctx) => allOf({', '.join(predicates)})",
        locked='new Set(["organizationId"])',
        locked_type=_union(("organizationId",)),
        made_type=_union((identity,) if identity else ()),
        deleted_at=text(soft) if soft else "null",
        created=_values(created),
        modified=_values(modified),
        deleted=_values(deleted_values(table, soft, config)) if soft else "({})",
        resource="null",
    )


def _own_id(table: Table, config: Config) -> str | None:
    column = next((c for c in table.columns if c.primary_key and not c.autoincrement and c.default is None), None)
    generated = config.database.generate_id not in {IdMode.CLIENT, IdMode.SERIAL}
    return column.name if column and generated and column.function == "text" else None


def _values(values: list[tuple[str, str | None]] | list[tuple[str, str]]) -> str:
    shown = [(name, (value or "").replace("now.", "new Date().")) for name, value in values]
    return f"({flat(object_([(name, 'new Date()' if value == 'now' else value) for name, value in shown]))})"


def _union(columns: tuple[str, ...]) -> str:
    return " | ".join(text(column) for column in columns) or "never"
