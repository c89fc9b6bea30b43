"""The project around the fragments that pages show, so that a page can show four lines and still be compiled."""

import re

CONFIG = """\
import {{ defineAuth, defineConfig, defineDatabase, defineRuntime }} from "@quickback/compiler";

export default defineConfig({{
  name: "sample",
  template: "hono",
  features: ["organizations"],
  providers: {{
    runtime: defineRuntime("cloudflare"),
    database: defineDatabase("cloudflare-d1", {{ {database} }}),
    auth: defineAuth("better-auth", {{ {auth} }}),
  }},
  {config}
}});
"""
CONFIG_FILE = "quickback/quickback.config.ts"
CONFIG_PLACES = ("config", "database", "auth")

TABLE = """\
import {{ defineTable }} from "@quickback/compiler";
import {{ integer, sqliteTable, text }} from "drizzle-orm/sqlite-core";

export const {name} = sqliteTable("{name}", {{
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
{columns}
}});

export default defineTable({name}, {{
{blocks}
}});
"""

TABLES = {
    "candidates": """\
  name: text("name").notNull(),
  email: text("email"),
  phone: text("phone"),
  website: text("website"),
  score: integer("score"),
  source: text("source"),
  stage: text("stage").notNull().default("applied"),""",
    "jobs": """\
  title: text("title").notNull(),
  status: text("status").notNull().default("draft"),
  salary: integer("salary"),""",
    "tasks": """\
  ownerId: text("owner_id").notNull(),
  title: text("title").notNull(),""",
}

BLOCKS = {
    "candidates": {
        "firewall": "{ organization: {} }",
        "guards": '{ createable: ["name"], updatable: ["name"] }',
        "masking": '{ email: { type: "email" }, phone: { type: "phone" } }',
        "crud": '{ list: { access: { roles: ["owner", "member"] } }, create: { access: { roles: ["owner"] } } }',
    },
    "jobs": {
        "firewall": "{ organization: {} }",
        "guards": '{ createable: ["title"] }',
        "crud": '{ list: { access: { roles: ["owner", "member"] } }, create: { access: { roles: ["owner"] } } }',
    },
    "tasks": {
        "firewall": "{ organization: {} }",
        "guards": '{ createable: ["title"], updatable: ["title"] }',
        "crud": '{ list: { access: { roles: ["owner", "member"] } }, create: { access: { roles: ["owner"] } } }',
    },
}

ACTIONS = """\
import {{ defineActions }} from "@quickback/compiler";
import {{ and, eq, isNull }} from "drizzle-orm";
import {{ z }} from "zod";
import {{ candidates }} from "./candidates";

export default defineActions(candidates, {{
{fragment}
}});
"""
KEY = re.compile(r"^(\w+):", re.MULTILINE)


def config(**fragments: str) -> str:
    """A complete config with fragments at its places."""
    return CONFIG.format(**{place: fragments.get(place, "") for place in CONFIG_PLACES})


def table(name: str, fragment: str = "") -> str:
    """A complete table, its blocks replaced by those of the fragment."""
    given = set(KEY.findall(fragment))
    others = [f"  {key}: {value}," for key, value in BLOCKS[name].items() if key not in given]
    return TABLE.format(name=name, columns=TABLES[name], blocks="\n".join([*others, fragment]))


def surrounded(place: str, fragment: str) -> dict[str, str]:
    """The files of a project that holds the fragment at a place."""
    if place in CONFIG_PLACES:
        return {
            CONFIG_FILE: config(**{place: fragment}),
            "quickback/features/hiring/candidates.ts": table("candidates"),
        }
    files = {CONFIG_FILE: config()}
    if place == "actions":
        files["quickback/features/hiring/candidates.ts"] = table("candidates")
        files["quickback/features/hiring/actions.ts"] = ACTIONS.format(fragment=fragment)
    else:
        files[f"quickback/features/hiring/{place}.ts"] = table(place, fragment)
    return files
