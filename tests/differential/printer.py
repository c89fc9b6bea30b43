"""Writes model definitions as the project that a developer would have typed."""

import json
import re
from collections.abc import Iterable
from pathlib import Path

from differential.literals import Code, literal, rule_value
from differential.printing_actions import actions_text, tools_text
from model.definition import (
    Batch,
    Checks,
    Column,
    Firewall,
    Guards,
    Mask,
    Operation,
    Project,
    Table,
)

CONFIG = """import {{ defineAuth, defineConfig, defineDatabase, defineRuntime }} from "@quickback/compiler";

export default defineConfig({{
  name: "generated",
  template: "hono",
  features: {features},
  providers: {{
    runtime: defineRuntime("cloudflare"),
    database: defineDatabase("cloudflare-d1"{database}),
    auth: defineAuth("better-auth", {{ emailAndPassword: {{ enabled: true }}{teams} }}),
  }},{auth}
}});
"""


def write_project(root: Path, groups: Iterable[Project]) -> None:
    """All groups as one project; they agree on what the config says."""
    groups = list(groups)
    quickback = root / "quickback"
    quickback.mkdir(parents=True, exist_ok=True)
    (quickback / "quickback.config.ts").write_text(config_text(groups[0]), encoding="utf-8")
    for group in groups:
        for feature in {table.feature for table in group.tables}:
            folder = quickback / "features" / feature
            folder.mkdir(parents=True, exist_ok=True)
            tables = [table for table in group.tables if table.feature == feature]
            for table in tables:
                (folder / f"{table.route}.ts").write_text(table_text(group, table), encoding="utf-8")
            acting = [table for table in tables if table.actions]
            if acting:
                (folder / "actions.ts").write_text(actions_text(acting[0]), encoding="utf-8")
        for tools in group.tools:
            folder = quickback / "features" / tools.feature
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "actions.ts").write_text(tools_text(group.reached_by(tools)), encoding="utf-8")


def config_text(project: Project) -> str:
    """`quickback.config.ts`."""
    database = ", { generateId: false }" if project.client_ids else ""
    auth = f"\n  auth: {{ roleHierarchy: {json.dumps(project.hierarchy)} }}," if project.hierarchy else ""
    features = '["organizations"]' if project.organizations else "[]"
    teams = ", teams: true" if project.teams else ""
    return CONFIG.format(database=database, auth=auth, features=features, teams=teams)


def table_text(project: Project, table: Table) -> str:
    """One table's file."""
    declared = table.columns[1:] if table.internal else table.columns
    columns = "".join(f"    {column.name}: {column_text(column)},\n" for column in declared)
    builders = sorted({"sqliteTable", "text", *(_builder(column.kind) for column in declared)})
    indexes = [f"uniqueIndex({json.dumps(f'{sql_name(table.name)}_{n}_uq')})" for n in range(len(table.uniques))]
    extras = ", ".join(
        f"{index}.on({', '.join(f'table.{name}' for name in names)})"
        for index, names in zip(indexes, table.uniques, strict=True)
    )
    third = f"\n  (table) => [{extras}]," if extras else ""
    builders += ["uniqueIndex"] if extras else []
    security = f"\nexport default defineTable({table.name}, {{\n{_config(table)}}});\n"
    return (
        f'import {{ {", ".join(sorted(builders))} }} from "drizzle-orm/sqlite-core";\n'
        + ("" if table.internal else 'import { defineTable } from "@quickback/compiler";\n')
        + f"{_imports(project, table)}\n"
        f"export const {table.name} = sqliteTable(\n"
        f"  {json.dumps(sql_name(table.name))},\n  {{\n"
        f'    id: text("id").primaryKey(),\n{columns}  }},{third}\n);\n' + ("" if table.internal else security)
    )


def _imports(project: Project, table: Table) -> str:
    lines = []
    for column in table.columns:
        if column.target and column.declared_by == "drizzle" and column.target != table.name:
            target = project.table(column.target)
            folder = "." if target.feature == table.feature else f"../{target.feature}"
            lines.append(f'import {{ {target.name} }} from "{folder}/{target.route}";\n')
    return "".join(lines)


def sql_name(name: str) -> str:
    """snake_case."""
    return re.sub(r"(?=[A-Z])", "_", name).lower()


def _builder(kind: str) -> str:
    return {"text": "text", "json": "text", "real": "real"}.get(kind, "integer")


def column_text(column: Column) -> str:
    """The Drizzle expression of a column."""
    modes = {"boolean": "boolean", "json": "json", "seconds": "timestamp", "millis": "timestamp_ms"}
    options: dict[str, object] = {"mode": modes[column.kind]} if column.kind in modes else {}
    options |= {"enum": list(column.enum)} if column.enum else {}
    options |= {"length": column.length} if column.length else {}
    arguments = [json.dumps(sql_name(column.name)), *([literal(options)] if options else [])]
    text = f"{_builder(column.kind)}({', '.join(arguments)})"
    text += ".notNull()" if column.not_null else ""
    text += f".default({literal(column.default)})" if column.default is not None else ""
    text += ".unique()" if column.unique else ""
    if column.target and column.declared_by == "drizzle":
        text += f".references(() => {column.target}.id)"
    return text


def _config(table: Table) -> str:
    parts: dict[str, object] = {} if table.firewall.derived else {"firewall": firewall_value(table.firewall)}
    parts["guards"] = guards_value(table.guards)
    crud: dict[str, object] = {verb: operation_value(verb, operation) for verb, operation in table.crud.items()}
    crud |= {verb: batch_value(batch) for verb, batch in table.batches.items()}
    parts["crud"] = crud
    if table.masking:
        parts["masking"] = {name: mask_value(mask) for name, mask in table.masking.items()}
    if table.views:
        parts["views"] = {n: {"fields": v.fields, "access": rule_value(v.access)} for n, v in table.views.items()}
    if checked := {c.name: checks_value(c.checks) for c in table.columns if checks_value(c.checks)}:
        parts["validation"] = checked
    if mapped := {c.name: c.target for c in table.columns if c.target and c.declared_by == "map"}:
        parts["references"] = mapped
    if table.display:
        parts["displayColumn"] = table.display
    return "".join(f"  {name}: {literal(value)},\n" for name, value in parts.items())


def firewall_value(firewall: Firewall) -> dict[str, object]:
    """The `firewall` object."""
    found: dict[str, object] = {}
    if firewall.organization:
        found["organization"] = _column_option(firewall.organization, "organizationId")
    if firewall.owner:
        owner = _column_option(firewall.owner, "ownerId")
        owner |= {"mode": "optional"} if firewall.owner_optional else {}
        usual = firewall.bypass_roles == Firewall().bypass_roles
        found["owner"] = owner if usual else {**owner, "bypassRoles": firewall.bypass_roles}
    if firewall.team:
        found["team"] = _column_option(firewall.team, "teamId")
    if firewall.exception:
        found["exception"] = True
    if firewall.declares_soft:
        found["softDelete"] = {}
    if firewall.org_roles:
        found["orgRoles"] = "any"
    return found | ({"errorMode": "hide"} if firewall.hide else {})


def _column_option(column: str, usual: str) -> dict[str, object]:
    return {} if column == usual else {"column": column}


def guards_value(guards: Guards) -> object:
    """The `guards` value."""
    if guards.off:
        return False
    lists = {"createable": guards.createable, "updatable": guards.updatable, "immutable": guards.immutable}
    found: dict[str, object] = {name: items for name, items in lists.items() if items}
    return found | ({"protected": dict(guards.protected)} if guards.protected else {})


def operation_value(verb: str, operation: Operation) -> dict[str, object]:
    """One entry of `crud`."""
    found: dict[str, object] = {"access": rule_value(operation.access)}
    found |= {"fields": operation.fields} if operation.fields else {}
    found |= {"pageSize": operation.page_size} if operation.page_size != 50 else {}
    found |= {"maxPageSize": operation.max_page_size} if operation.max_page_size != 100 else {}
    return found | ({"mode": operation.mode} if verb == "delete" else {})


def batch_value(batch: Batch) -> object:
    """`batchCreate` and its like."""
    if not batch.enabled:
        return False
    found: dict[str, object] = {"access": rule_value(batch.access)} if batch.access else {}
    return found | ({"maxBatchSize": batch.max_size} if batch.max_size != 100 else {})


def mask_value(mask: Mask) -> object:
    """One entry of `masking`."""
    if mask.off:
        return False
    show: dict[str, object] = {"roles": mask.roles} if mask.roles else {}
    show |= {"or": "owner"} if mask.or_owner else {}
    custom = {"mask": Code('() => "hidden"')} if mask.kind == "custom" else {}
    return {"type": mask.kind, **custom, **({"show": show} if show else {})}


def checks_value(checks: Checks) -> dict[str, object]:
    """One entry of `validation`."""
    pairs = {
        "minLength": checks.min_length,
        "maxLength": checks.max_length,
        "min": checks.minimum,
        "max": checks.maximum,
        "pattern": checks.pattern,
        "enum": checks.enum or None,
        "email": checks.email or None,
        "url": checks.url or None,
    }
    return {name: value for name, value in pairs.items() if value is not None}
