"""Small projects as their authors write them, compiled on disk."""

from pathlib import Path

from qb_compiler.pipeline import CompileResult, compile_project

CONFIG = """\
import { defineAuth, defineConfig, defineDatabase, defineRuntime } from "@quickback/compiler";

export default defineConfig({
  name: "sample-app",
  template: "hono",
  features: ["organizations"],
  providers: {
    runtime: defineRuntime("cloudflare"%RUNTIME%),
    database: defineDatabase("cloudflare-d1"%DATABASE%),
    auth: defineAuth("better-auth"%AUTH%),
  },
  %MORE%
});
"""
EVENTS = """\
import { defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const events = sqliteTable("events", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
%COLUMNS%
});

export default defineTable(events, {
  firewall: { organization: {} },
  crud: {
    list: { access: { roles: ["owner", "member"] } },
  },
});
"""
SUMMARY = 'summary: text("summary"),'


def config(runtime: str = "", database: str = "", auth: str = "", more: str = "") -> str:
    """A config with these options of its providers, and more top-level keys."""
    parts = {"RUNTIME": runtime, "DATABASE": database, "AUTH": auth}
    text = CONFIG.replace("%MORE%", more)
    for name, options in parts.items():
        text = text.replace(f"%{name}%", f", {options}" if options else "")
    return text


def events(*columns: str) -> str:
    """The table `events` with these columns."""
    lines = "\n".join(f"  {column}" for column in columns or (SUMMARY,))
    return EVENTS.replace("%COLUMNS%", lines)


def open_events() -> str:
    """The table `events` as everybody may read and write it, signed in or not."""
    public = 'access: { roles: ["PUBLIC"] }'
    everyone = events().replace("firewall: { organization: {} }", "firewall: { exception: true }")
    crud = f'list: {{ {public} }}, create: {{ {public} }} }},\n  guards: {{ createable: ["summary"] '
    return everyone.replace('list: { access: { roles: ["owner", "member"] } },\n  ', crud)


def write_sources(root: Path, table: str | None = None, settings: str | None = None, **others: str) -> None:
    """Writes the definitions; `others` are further tables by file name."""
    folder = root / "quickback/features/calendar"
    folder.mkdir(parents=True, exist_ok=True)
    (root / "quickback/quickback.config.ts").write_text(settings or config(), encoding="utf-8")
    for name, text in {"events": table or events(), **others}.items():
        (folder / f"{name}.ts").write_text(text, encoding="utf-8")


def compiled(root: Path, table: str | None = None, settings: str | None = None, **others: str) -> CompileResult:
    """Writes the definitions and compiles them."""
    write_sources(root, table, settings, **others)
    return compile_project(root)


def codes(result: CompileResult) -> list[str]:
    return [diagnostic.code for diagnostic in result.diagnostics]
