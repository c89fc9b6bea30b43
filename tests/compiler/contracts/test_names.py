"""Names that generated code must quote or rename are no reason to refuse it, and no way past the contracts."""

from pathlib import Path

from compiler.contracts.test_actions import CONFIG
from compiler.spec_runner import write_project
from qb_compiler import compile_project
from qb_compiler.contracts.examine import examine

VALUES = """
import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { fields } from "./fields";
export const values = sqliteTable("values", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  organizationId: text("organization_id").notNull(),
  "owner-id": text("owner_id").notNull(),
  "ünï": text("uni"),
  'a "b"': text("ab"),
  fieldId: integer("field_id").references(() => fields.id),
  nextId: integer("next_id"),
  deletedAt: text("deleted_at"),
});
export default defineTable(values, {
  firewall: { organization: {}, owner: { column: "owner-id", mode: "optional" } },
  guards: { createable: ["ünï", "fieldId", "nextId"], updatable: ['a "b"'] },
  masking: { "ünï": { type: "redact", show: { roles: ["owner"] } } },
  references: { nextId: "values" },
  crud: {
    list: { access: { roles: ["owner"], record: { 'a "b"': { notEquals: 'it\\'s "so"' } } }, fields: ["id", 'a "b"'] },
    get: { access: { roles: ["owner"] } },
    create: { access: { roles: ["owner"] } },
    update: { access: { roles: ["owner"] } },
    delete: { access: { roles: ["owner"] } },
  },
  views: { "my-view": { fields: ["id", "ünï"], access: { roles: ["member"] } } },
});
"""
FIELDS = """
import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
export const fields = sqliteTable("fields", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  organizationId: text("organization_id").notNull(),
  name: text("name").notNull(),
  deletedAt: text("deleted_at"),
});
export default defineTable(fields, {
  firewall: { organization: {} },
  guards: { createable: ["name"], updatable: ["name"] },
  crud: { get: { access: { roles: ["owner"] } }, delete: { access: { roles: ["owner"] } } },
});
"""
ITEMS = """
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { values } from "./values";
export const items = sqliteTable("items", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  organizationId: text("organization_id").notNull(),
  valueId: integer("value_id").references(() => values.id),
  deletedAt: integer("deleted_at", { mode: "timestamp_ms" }),
});
"""
ACTIONS = """
import { defineActions } from "@quickback/compiler";
import { z } from "zod";
import { items } from "./items";
import { values } from "./values";
export default defineActions(values, {
  "count-them": {
    description: "Count", input: z.object({}), access: { roles: ["owner"] },
    execute: async ({ db }) => ({ count: await db.count(items) }),
  },
});
"""


def test_names_that_are_quoted_or_taken_pass_and_are_still_held(tmp_path: Path) -> None:
    config = CONFIG.replace('"cloudflare-d1"', '"cloudflare-d1", { generateId: "serial" }').replace(
        "providers:", "compiler: { features: { auditFields: false } },\n  providers:"
    )
    odd = {"values": VALUES, "fields": FIELDS, "items": ITEMS, "actions": ACTIONS}
    files = {f"quickback/features/odd/{name}.ts": text for name, text in odd.items()}
    write_project(tmp_path, {"quickback/quickback.config.ts": config, **files})
    result = compile_project(tmp_path, write=False)
    assert result.ok and result.project, result.diagnostics
    weaker = {
        "values.resource.ts": ('valuesTable["owner-id"], ctx.userId', 'valuesTable["owner-id"], ctx.activeOrgId'),
        "fields.resource.ts": ("organizationId: ctx.activeOrgId", "organizationId: ctx.userId"),
        "src/db/scoped.ts": ('"organizationId", "owner-id"', '"organizationId"'),
        "cascade.ts": ('matches(valuesTable["owner-id"], ctx.userId)', "everyRow"),
    }
    for path, (before, after) in weaker.items():
        name = next(name for name in result.files if name.endswith(path) and "lib/" not in name)
        assert before in result.files[name], name
        changed = {**result.files, name: result.files[name].replace(before, after)}
        assert examine(result.project, changed).violations, name
