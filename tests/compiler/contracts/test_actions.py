"""Actions on tables, across tenants and without a table: what the compiler writes passes, what is weaker is noticed."""

import re

import pytest

from qb_compiler import compile_project
from qb_compiler.contracts.examine import examine
from qb_compiler.model.project import Project

CONFIG = """
import { defineAuth, defineConfig, defineDatabase, defineRuntime } from "@quickback/compiler";
export default defineConfig({
  name: "app", template: "hono", features: ["organizations"],
  providers: {
    runtime: defineRuntime("cloudflare"),
    database: defineDatabase("cloudflare-d1"),
    auth: defineAuth("better-auth", { emailAndPassword: { enabled: true } }),
  },
});
"""
TABLE = """
import { defineTable } from "@quickback/compiler";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";
export const tasks = sqliteTable("tasks", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  title: text("title").notNull(),
  status: text("status").notNull().default("open"),
});
export default defineTable(tasks, {
  firewall: { organization: {} },
  guards: { createable: ["title"], protected: { status: ["close"] } },
  crud: { get: { access: { roles: ["owner"] } }, create: { access: { roles: ["owner"] } } },
});
"""
ACTIONS = """
import { defineActions } from "@quickback/compiler";
import { z } from "zod";
import { tasks } from "./tasks";
export default defineActions(tasks, {
  close: {
    description: "Close", input: z.object({ why: z.string() }), returns: "record",
    access: { roles: ["owner"], record: { status: { equals: "open" } } },
    execute: async ({ record }) => record,
  },
  reindex: {
    description: "For platform admins", input: z.object({}), standalone: true, access: { userRole: ["admin"] },
    unsafe: { reason: "Maintenance", adminOnly: true },
    execute: async () => ({ done: true }),
  },
  inspect: {
    description: "Look across", input: z.object({}), access: { userRole: ["admin"] },
    unsafe: { reason: "Support", crossTenant: true, targetScope: "all" },
    execute: async ({ record }) => ({ title: record.title }),
  },
});
"""
TABLELESS = """
import { defineActions } from "@quickback/compiler";
import { z } from "zod";
export default defineActions(null, {
  ping: {
    description: "Answer", standalone: true, input: z.object({ n: z.number() }), access: { roles: ["owner"] },
    execute: async ({ input }) => ({ n: input.n }),
  },
});
"""
FILES = {
    "quickback/quickback.config.ts": CONFIG,
    "quickback/features/work/tasks.ts": TABLE,
    "quickback/features/work/actions.ts": ACTIONS,
    "quickback/features/tools/actions.ts": TABLELESS,
}


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, dict[str, str]]:
    root = tmp_path_factory.mktemp("project")
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    result = compile_project(root, write=False)
    assert result.ok and result.project, result.diagnostics
    return result.project, dict(result.files)


def test_every_route_and_rule_of_the_actions_was_examined(compiled: tuple[Project, dict[str, str]]) -> None:
    found = examine(*compiled)
    assert found.violations == []
    assert (found.files, found.routes) == (8, 7)


TASKS, TOOLS = "src/features/work/tasks", "src/features/tools/standalone"
WEAKENINGS = [
    (f"{TASKS}.actions.ts", r'close: \{ roles: \["owner"', 'close: { roles: ["owner", "x"', "requireDeclaredAccess"),
    (f"{TASKS}.actions.ts", r'equals: "open"', 'equals: "closed"', "requireDeclaredAccess"),
    (f"{TOOLS}.actions.ts", r'ping: \{ roles: \["owner"\] \}', "ping: {}", "requireDeclaredAccess"),
    (f"{TASKS}.routes.ts", r"readInput\(c, actions\.close\.input\)", "c.req.json()", "requireActionValidation"),
    (f"{TOOLS}.routes.ts", r"actions\.ping\.input", "actions.pong.input", "requireActionValidation"),
    (f"{TASKS}.routes.ts", r"  requireState\(resource, actionAccess\.close, ctx, record\);\n", "", "requireAccessGate"),
    (f"{TASKS}.routes.ts", r"  requireRole\(actionAccess\.close, ctx\);\n", "", "requireAccessGate"),
    (f"{TOOLS}.routes.ts", r"  requireRole\(actionAccess\.ping, ctx\);\n", "", "requireAccessGate"),
    (f"{TOOLS}.routes.ts", r"await authenticate\(c\)", "await identify(c)", "requireAuthGate"),
    (f"{TASKS}.routes.ts", r" *requireCrossTenant\(ctx\);\n", "", "requireUnsafeAuditTrail"),
    (f"{TASKS}.routes.ts", r" *requirePlatformAdmin\(ctx\);\n", "", "requireAccessGate"),
    (f"{TASKS}.routes.ts", r", \{ fresh: true \}(?=\);\n *requireCrossTenant)", "", "requireAuthGate"),
    (f"{TASKS}.routes.ts", r", \{ fresh: true \}(?=\);\n *requirePlatformAdmin)", "", "requireAuthGate"),
    (f"{TASKS}.routes.ts", r"audited\(\{[^}]*\}\),", "", "requireUnsafeAuditTrail"),
    (f"{TASKS}.routes.ts", r"fetchRow\((featuresDb\(c\.env\)), ctx, resource, id\)",
     r"fetchAcrossTenants(\1, resource, id)",
     "requireFirewallScope"),
    (f"{TASKS}.routes.ts", r"return send\(c, maskRow\(resource, ctx, returnedRecord\(result\), columns\)\)",
     "return sendResult(c, result)", "requireMaskingUsage"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "pattern", "replacement", "contract"), WEAKENINGS)
def test_a_weakened_action_is_noticed(
    compiled: tuple[Project, dict[str, str]], path: str, pattern: str, replacement: str, contract: str
) -> None:
    project, files = compiled
    text, times = re.subn(pattern, replacement, files[path])
    assert times == 1, f"{times} places match {pattern}"
    assert contract in {violation.contract for violation in examine(project, {**files, path: text}).violations}
