"""A project in the style of later versions compiles to the same files as one in the usual style."""

from pathlib import Path

import pytest

from compiler.samples import CONFIG_FILE, surrounded
from compiler.spec_runner import write_project
from qb_compiler import compile_project

JOBS = "quickback/features/hiring/jobs.ts"
ACTIONS = "quickback/features/hiring/actions.ts"
USUAL = """
import { defineTable } from "@quickback/compiler";
import { index, integer, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

export const jobPostings = sqliteTable(
  "job_postings",
  {
    id: text("id").primaryKey(),
    orgId: text("org_id").notNull(),
    title: text("title", { length: 80 }).notNull(),
    site: text("site"),
    openings: integer("openings").default(1),
    status: text("status", { enum: ["draft", "open"] }).notNull().default("draft"),
    isRemote: integer("is_remote", { mode: "boolean" }),
    closesAt: integer("closes_at", { mode: "timestamp" }),
    details: text("details", { mode: "json" }),
    salary: real("salary"),
    parentId: text("parent_id").references(() => jobPostings.id, { onDelete: "set null" }),
  },
  (table) => [
    index().on(table.status),
    index().on(table.salary),
    uniqueIndex().on(table.orgId, table.title),
  ],
);

export default defineTable(jobPostings, {
  firewall: { organization: { column: "orgId" } },
  firewallErrorMode: "hide",
  guards: { createable: ["title", "site"], updatable: ["title"] },
  validation: { title: { minLength: 3 }, site: { url: true } },
  masking: { salary: { type: "redact", show: { roles: ["owner"] } } },
  crud: {
    list: { access: { roles: ["member"] } },
    get: { access: { roles: ["member"] } },
    create: { access: { roles: ["owner"] } },
  },
  views: { short: { fields: ["id", "title"], access: { roles: ["member"] } } },
});
"""
LATER = """
import { feature, q } from "@quickback/compiler";

export default feature("job_postings", {
  columns: {
    id: q.id(),
    orgId: q.scope("organization"),
    title: q.text({ maxLength: 80 }).required(),
    site: q.url().optional(),
    openings: q.int().default(1),
    status: q.enum(["draft", "open"]).required().default("draft").filterable("eq"),
    isRemote: q.boolean(),
    closesAt: q.timestamp(),
    details: q.json(),
    salary: q.real().index(),
    parentId: q.text().references(() => jobPostings.id, { onDelete: "set null" }),
  },
  unique: [["orgId", "title"]],
  firewallErrorMode: "hide",
  guards: { createable: ["title", "site"], updatable: ["title"] },
  validation: { title: { minLength: 3 } },
  masking: { salary: { type: "redact", show: { roles: ["owner"] } } },
  read: { access: { roles: ["member"] }, views: { short: { fields: ["id", "title"] } } },
  crud: { create: { access: { roles: ["owner"] } } },
});
"""
NAMED = LATER.replace("export default feature", "export const jobPostings = feature")
DEFAULT = LATER.replace("export default feature", "const jobPostings = feature") + "export default jobPostings;\n"
CLOSE = """
import { defineActions } from "@quickback/compiler";
import { eq } from "drizzle-orm";
IMPORT

export default defineActions(jobPostings, {
  publish: {
    access: { roles: ["owner"] },
    transition: { field: "status", to: "open", fromTo: { draft: ["open"] } },
    execute: async ({ db, record }) => {
      const own = eq(jobPostings.id, record.id);
      const changed = await db.update(jobPostings).set({ status: "open" }).where(own).returning();
      return { changed: changed.length };
    },
  },
});
"""
BY_NAME = CLOSE.replace("IMPORT", 'import { jobPostings } from "./jobs";')
BY_DEFAULT = CLOSE.replace("IMPORT", 'import jobPostings from "./jobs";')


def compiled(root: Path, jobs: str, actions: str) -> dict[str, str]:
    files = {CONFIG_FILE: surrounded([])[CONFIG_FILE], JOBS: jobs, ACTIONS: actions}
    write_project(root, files)
    result = compile_project(root, write=False)
    assert result.ok, result.diagnostics
    return dict(result.files)


HANDLED = """
import { defineActions } from "@quickback/compiler";
import jobPostings from "./jobs";

export default defineActions(jobPostings, {
  publish: { access: { roles: ["owner"] }, handler: "./handlers/publish" },
});
"""
HANDLER = """
import jobPostings from "../jobs";

export const execute = async ({ db }) => ({ count: await db.count(jobPostings) });
"""


def test_a_handler_imports_the_default_table_of_its_file(tmp_path: Path) -> None:
    write_project(tmp_path, {"quickback/features/hiring/handlers/publish.ts": HANDLER})
    files = compiled(tmp_path, DEFAULT, HANDLED)
    assert 'export { jobPostings, jobPostings as default } from "./schema";' in files["src/features/hiring/jobs.ts"]
    assert 'import jobPostings from "../jobs";' in files["src/features/hiring/handlers/publish.ts"]


@pytest.mark.parametrize(("jobs", "actions"), [(NAMED, BY_NAME), (DEFAULT, BY_DEFAULT)], ids=["named", "default"])
def test_both_styles_compile_to_the_same_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: str, actions: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert compiled(tmp_path / "later", jobs, actions) == compiled(tmp_path / "usual", USUAL, BY_NAME)
