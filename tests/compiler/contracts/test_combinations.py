"""Every combination of rules, error modes and scopes passes its contracts: what is strange to them is not written."""

from itertools import product
from pathlib import Path

from qb_compiler import compile_project
from qb_compiler.contracts.examine import examine

CONFIG = """
import { defineAuth, defineConfig, defineDatabase, defineRuntime } from "@quickback/compiler";
export default defineConfig({
  name: "app", template: "hono", features: ["organizations"],
  providers: {
    runtime: defineRuntime("cloudflare"),
    database: defineDatabase("cloudflare-d1", { generateId: false }),
    auth: defineAuth("better-auth", { teams: true }),
  },
});
"""
RULES = {
    "Role": '{ roles: ["owner"] }',
    "Row": '{ roles: ["owner"], record: { level: { greaterThan: 1 } } }',
    "Code": '(ctx, record) => ctx.roles.includes("owner") && record?.level === 1',
    "Mixed": '{ or: [{ roles: ["owner"] }, (ctx, record) => record?.level === 1] }',
}
CREATES = {
    "Row": RULES["Role"],
    "Code": '(ctx) => ctx.roles.includes("owner")',
    "Mixed": '{ or: [{ roles: ["owner"] }, (ctx) => ctx.userId === null] }',
}
SCOPES = {
    "Org": "organization: {}",
    "Team": "organization: {}, team: {}",
    "Own": 'owner: { mode: "optional" }, organization: {}',
}


def table(name: str, scope: str, mode: str, read: str, write: str) -> str:
    create = CREATES.get(write, RULES[write])
    rule = RULES[write]
    return f"""
import {{ defineTable }} from "@quickback/compiler";
import {{ integer, sqliteTable, text }} from "drizzle-orm/sqlite-core";
export const {name} = sqliteTable("{name}", {{
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  ownerId: text("owner_id").notNull(),
  teamId: text("team_id").notNull(),
  level: integer("level").notNull().default(1),
  parentId: text("parent_id"),
}});
export default defineTable({name}, {{
  firewall: {{ {SCOPES[scope]}, errorMode: "{mode}" }},
  references: {{ parentId: "{name}" }},
  guards: false,
  crud: {{
    get: {{ access: {RULES[read]} }},
    create: {{ access: {create} }},
    update: {{ access: {rule} }},
    put: {{ access: {rule} }},
    delete: {{ access: {rule} }},
    {"batchDelete: false," if scope == "Team" else ""}
  }},
}});
"""


def test_every_combination_passes(tmp_path: Path) -> None:
    folder = tmp_path / "quickback" / "features" / "all"
    folder.mkdir(parents=True)
    (tmp_path / "quickback" / "quickback.config.ts").write_text(CONFIG)
    for scope, mode, read, write in product(SCOPES, ("reveal", "hide"), RULES, RULES):
        name = f"rows{scope}{mode.capitalize()}{read}{write}"
        (folder / f"{name}.ts").write_text(table(name, scope, mode, read, write))
    result = compile_project(tmp_path, write=False)
    assert result.ok and result.project, [one.message for one in result.diagnostics if one.level.value == "error"][:5]
    found = examine(result.project, dict(result.files))
    assert found.violations == []
    assert len(result.project.resources) == len(SCOPES) * 2 * len(RULES) ** 2
