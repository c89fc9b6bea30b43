"""The project around the fragments of a spec, so that a spec shows only what it is about."""

TABLE_FILE = "quickback/features/hiring/jobs.ts"
ACTIONS_FILE = "quickback/features/hiring/actions.ts"
CONFIG_FILE = "quickback/quickback.config.ts"

CONFIG = """\
import {{ defineAuth, defineConfig, defineDatabase, defineRuntime }} from "@quickback/compiler";

export default defineConfig({{
  name: "sample",
  features: ["organizations"],
  providers: {{
    runtime: defineRuntime("cloudflare"),
    database: defineDatabase("cloudflare-d1", {{
{database}
    }}),
    auth: defineAuth("better-auth", {{
{auth}
    }}),
  }},
{config}
}});
"""
COLUMNS = """\
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  ownerId: text("owner_id"),
  title: text("title").notNull(),
  status: text("status", { enum: ["draft", "open", "closed"] }).notNull().default("draft"),
  salary: integer("salary"),
  isRemote: integer("is_remote", { mode: "boolean" }),
  closesAt: integer("closes_at", { mode: "timestamp" }),
"""
OPTIONS = """\
  firewall: { organization: {} },
  crud: { list: { access: { roles: ["owner", "admin", "member"] } } },
"""
TABLE = """\
import {{ defineTable }} from "@quickback/compiler";
import {{ sql }} from "drizzle-orm";
import {{ blob, integer, numeric, real, sqliteTable, text, uniqueIndex }} from "drizzle-orm/sqlite-core";
import {{ z }} from "zod";

export const jobs = sqliteTable("jobs", {{
{columns}}});

export default defineTable(jobs, {{
{options}}});
"""
ACTIONS = """\
import {{ defineActions }} from "@quickback/compiler";
import {{ eq, sql }} from "drizzle-orm";
import {{ z }} from "zod";
import {{ jobs }} from "./jobs";

export default defineActions(jobs, {{
{actions}}});
"""
CONFIG_PLACES = ("config", "database", "auth")


def surrounded(parts: list[tuple[str, str]]) -> dict[str, str]:
    """Files by path: whole files as they are, fragments inside the sample; a config is always there."""
    whole = {place.removeprefix("file="): text for place, text in parts if place.startswith("file=")}
    given = dict(parts)
    config = CONFIG.format_map({place: given.get(place, "").rstrip("\n") for place in CONFIG_PLACES})
    files = {CONFIG_FILE: config, **whole}
    if {"columns", "options", "actions"} & given.keys() or not whole:
        columns, options = given.get("columns", COLUMNS), given.get("options", OPTIONS)
        files.setdefault(TABLE_FILE, TABLE.format(columns=columns, options=options))
    if "actions" in given:
        files[ACTIONS_FILE] = ACTIONS.format(actions=given["actions"])
    return files
