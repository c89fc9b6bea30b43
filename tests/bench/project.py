"""Writes a bench project of N tables: twelve columns each, chained references, an index, four security layers."""

from pathlib import Path

CONFIG = """import { defineAuth, defineConfig, defineDatabase, defineRuntime } from "@quickback/compiler";

export default defineConfig({
  name: "bench",
  template: "hono",
  features: ["organizations"],
  providers: {
    runtime: defineRuntime("cloudflare"),
    database: defineDatabase("cloudflare-d1"),
    auth: defineAuth("better-auth", { emailAndPassword: { enabled: true } }),
  },
});
"""

TABLE = """import {{ index, integer, real, sqliteTable, text }} from "drizzle-orm/sqlite-core";
import {{ defineTable }} from "@quickback/compiler";
{import_line}
export const items{n} = sqliteTable(
  "items_{n}",
  {{
    id: text("id").primaryKey(),
    organizationId: text("organization_id").notNull(),
    ownerId: text("owner_id").notNull(),
    title: text("title").notNull(),
    status: text("status", {{ enum: ["draft", "open", "closed"] }}).notNull().default("draft"),
    contactEmail: text("contact_email"),
    contactPhone: text("contact_phone"),
    amount: integer("amount").notNull().default(0),
    score: real("score"),
    active: integer("active", {{ mode: "boolean" }}).notNull().default(true),
    details: text("details", {{ mode: "json" }}),
    {parent_column}
  }},
  (table) => [index("items_{n}_status_idx").on(table.status)],
);

export default defineTable(items{n}, {{
  firewall: {{ organization: {{}}, owner: {{ mode: "optional" }}, softDelete: {{}} }},
  guards: {{
    createable: ["title", "status", "contactEmail", "contactPhone", "amount", "details", "parentId"],
    updatable: ["title", "status", "contactPhone", "details"],
    immutable: ["contactEmail"],
  }},
  masking: {{
    contactEmail: {{ type: "email", show: {{ roles: ["owner", "admin"], or: "owner" }} }},
    contactPhone: {{ type: "phone", show: {{ roles: ["owner", "admin"] }} }},
  }},
  crud: {{
    list: {{ access: {{ roles: ["owner", "admin", "member"] }} }},
    get: {{ access: {{ roles: ["owner", "admin", "member"] }} }},
    create: {{ access: {{ roles: ["owner", "admin", "member"] }} }},
    update: {{
      access: {{
        or: [{{ roles: ["owner", "admin"] }}, {{ roles: ["member"], record: {{ status: {{ equals: "draft" }} }} }}],
      }},
    }},
    delete: {{ access: {{ roles: ["owner", "admin"] }} }},
  }},
  views: {{
    short: {{ fields: ["id", "title", "status"], access: {{ roles: ["owner", "admin", "member"] }} }},
  }},
}});
"""


def table_text(n: int, feature_of: dict[int, str]) -> str:
    if n == 0:
        return TABLE.format(n=n, import_line="", parent_column='parentId: text("parent_id"),')
    parent = n - 1
    same = feature_of[n] == feature_of[parent]
    module = f"./items{parent}" if same else f"../{feature_of[parent]}/items{parent}"
    return TABLE.format(
        n=n,
        import_line=f'import {{ items{parent} }} from "{module}";\n',
        parent_column=f'parentId: text("parent_id").references(() => items{parent}.id),',
    )


def write_project(root: Path, tables: int) -> Path:
    """Ten tables a feature; returns `root`."""
    feature_of = {n: f"group{n // 10}" for n in range(tables)}
    quickback = root / "quickback"
    quickback.mkdir(parents=True)
    (quickback / "quickback.config.ts").write_text(CONFIG, encoding="utf-8")
    for n in range(tables):
        folder = quickback / "features" / feature_of[n]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"items{n}.ts").write_text(table_text(n, feature_of), encoding="utf-8")
    return root
