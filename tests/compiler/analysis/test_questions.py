"""Who can do what, and what changed: definitions in, answers out."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from qb_compiler import check_project
from qb_compiler.analysis.difference import Direction, difference
from qb_compiler.analysis.matrix import Verdict, access_matrix
from qb_compiler.analysis.who_can import UnknownName, who_can
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

TASKS = """
import { defineTable } from "@quickback/compiler";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";
export const tasks = sqliteTable("tasks", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  ownerId: text("owner_id").notNull(),
  title: text("title").notNull(),
  status: text("status").notNull().default("open"),
  phone: text("phone"),
});
export default defineTable(tasks, {
  firewall: { organization: {}, owner: { mode: "optional" } },
  guards: { createable: ["title", "phone"], updatable: ["title"], protected: { status: ["close"] } },
  masking: { phone: { type: "phone", show: { roles: ["owner"], or: "owner" } } },
  crud: {
    list: { access: { roles: ["owner", "admin", "member"] } },
    get: { access: { roles: ["owner", "admin", "member"] } },
    create: { access: { roles: ["owner", "admin", "member"] } },
    update: {
      access: { or: [{ roles: ["owner"] }, { roles: ["member"], record: { status: { in: ["open", "late"] } } }] },
    },
    delete: { access: { userRole: ["admin"] } },
  },
});
"""

ACTIONS = """
import { defineActions } from "@quickback/compiler";
import { z } from "zod";
import { tasks } from "./tasks";
export default defineActions(tasks, {
  close: {
    description: "Close",
    input: z.object({}),
    access: { roles: ["owner"] },
    execute: async () => ({ ok: true }),
  },
});
"""


def project(
    folder: Path,
    tasks: str = TASKS,
    actions: str = ACTIONS,
    config: str = CONFIG,
    more: Mapping[str, str] | None = None,
) -> Project:
    """`more` are further files, by their path from the feature."""
    feature = folder / "quickback" / "features" / "work"
    files = {"../../quickback.config.ts": config, "tasks.ts": tasks, "actions.ts": actions, **(more or {})}
    feature.mkdir(parents=True)
    for path, text in files.items():
        (feature / path).parent.mkdir(parents=True, exist_ok=True)
        (feature / path).write_text(text)
    result = check_project(folder)
    assert result.project is not None, result.diagnostics
    return result.project


def verdicts(found: Project, operation: str, column: str | None = None) -> dict[str, str]:
    cells = access_matrix(found, "tasks")
    return {c.subject: str(c.verdict) for c in cells if (c.operation, c.column) == (operation, column)}


def test_the_matrix_says_which_role_reaches_which_rows(tmp_path: Path) -> None:
    found = project(tmp_path)
    assert verdicts(found, "list") == {
        "anonymous": "no",
        "signed-in": "no",
        "signed-in + admin": "no",
        "owner": "yes",
        "admin": "yes",
        "member": "yes",
        "owner + admin": "yes",
        "admin + admin": "yes",
        "member + admin": "yes",
    }
    assert verdicts(found, "update")["member"] == "some rows"
    assert verdicts(found, "update")["admin"] == "no"
    assert [who for who, verdict in verdicts(found, "delete").items() if verdict != "no"] == [
        "owner + admin",
        "admin + admin",
        "member + admin",
    ]


def test_the_matrix_knows_masks_guards_and_protected_fields(tmp_path: Path) -> None:
    found = project(tmp_path)
    assert verdicts(found, "get", "phone")["owner"] == "yes"
    assert verdicts(found, "get", "phone")["admin"] == "masked unless owner"
    assert set(verdicts(found, "update", "title").values()) == {"yes", "some rows"}
    assert verdicts(found, "update", "status") == {}
    assert verdicts(found, "action close", "status")["owner"] == "yes"


def test_rows_and_reasons_are_said_in_words_with_their_place(tmp_path: Path) -> None:
    cells = access_matrix(project(tmp_path), "tasks")
    member = next(c for c in cells if (c.operation, c.subject, c.column) == ("update", "member", None))
    assert member.rows == (
        "organizationId = the caller's organization and ownerId = the caller and deletedAt = null"
        ' and status in ("open", "late")'
    )
    assert member.span.file.path == "quickback/features/work/tasks.ts"
    assert member.span.text.startswith("{ or:")


def test_a_question_is_answered_with_those_who_can_and_those_who_cannot(tmp_path: Path) -> None:
    answer = who_can(project(tmp_path), "write", "tasks.status")
    assert {(cell.subject, cell.operation) for cell in answer.cells} == {
        ("owner", "action close"),
        ("owner + admin", "action close"),
    }
    assert "member" in answer.refused


TABLELESS = """
import { defineActions } from "@quickback/compiler";
export default defineActions(null, {
  ping: {
    description: "Ping",
    standalone: true,
    access: { roles: ["owner", "admin"] },
    execute: async () => ({ pong: true }),
  },
});
"""


def test_actions_without_a_table_are_asked_for_by_their_feature(tmp_path: Path) -> None:
    found = project(tmp_path, more={"../misc/actions.ts": TABLELESS})
    for verb in ("ping", "write"):
        answer = who_can(found, verb, "feature misc")
        assert answer.table == "feature misc"
        assert {cell.subject.split(" ")[0] for cell in answer.cells} == {"owner", "admin"}
        assert "member" in answer.refused
    with pytest.raises(UnknownName) as refused:
        who_can(found, "ping", "feature mics")
    assert refused.value.candidates == ("feature misc",)


@pytest.mark.parametrize(
    ("verb", "target", "message", "candidates"),
    [
        ("read", "taks", "no table `taks`", ("tasks",)),
        ("read", "tasks.titel", "no column `titel`", ("title",)),
        ("raed", "tasks", "no operation `raed`", ("read",)),
    ],
)
def test_an_unknown_name_is_refused_with_near_ones(
    tmp_path: Path, verb: str, target: str, message: str, candidates: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownName) as refused:
        who_can(project(tmp_path), verb, target)
    assert message in str(refused.value)
    assert refused.value.candidates[:1] == candidates


CHANGES = [
    ('in: ["open", "late"]', 'in: ["open", "late", "done"]', "update", Direction.WIDER),
    ('in: ["open", "late"]', 'equals: "open"', "update", Direction.NARROWER),
    ('in: ["open", "late"]', 'in: ["open", "done"]', "update", Direction.CHANGED),
    ('{ organization: {}, owner: { mode: "optional" } }', "{ organization: {} }", "update", Direction.WIDER),
    ('show: { roles: ["owner"], or: "owner" }', 'show: { roles: ["owner"] }', "get", Direction.NARROWER),
    ('updatable: ["title"]', 'updatable: ["title", "phone"]', "update", Direction.WIDER),
]


@pytest.mark.parametrize(("before", "after", "operation", "direction"), CHANGES)
def test_a_change_is_wider_narrower_or_both(
    tmp_path: Path, before: str, after: str, operation: str, direction: Direction
) -> None:
    assert before in TASKS
    changes = difference(project(tmp_path / "a"), project(tmp_path / "b", TASKS.replace(before, after)))
    found = {change.direction for change in changes if (change.operation, change.subject) == (operation, "member")}
    assert found == {direction}


CODE = '(ctx, record) => ctx.roles.includes("owner") && record.status === "open"'
RULED = TASKS.replace('delete: { access: { userRole: ["admin"] } }', f"delete: {{ access: {CODE} }}")


def test_a_rule_in_code_changes_with_its_text_and_not_with_its_place(tmp_path: Path) -> None:
    """A function whose text changed on its line was once held to be the same, so that no change was told."""
    opened = project(tmp_path / "b", RULED.replace(" && ", " || "))
    changes = difference(project(tmp_path / "a", RULED), opened)
    assert {change.operation for change in changes} == {"delete", "batchDelete"} and all(
        change.may_widen for change in changes
    )
    assert difference(project(tmp_path / "c", RULED), project(tmp_path / "d", f"// A line.\n{RULED}")) == ()


LEADS = 'import { isLead } from "./shared/leads";\n'
LED = LEADS + RULED.replace(CODE, "(ctx, record) => isLead(ctx.roles) && record.status === 'open'")
HELPERS = {
    "shared/leads.ts": 'import { LEAD } from "./roles";\nimport type { Role } from "./types";\n'
    "export const isLead = (roles: readonly Role[]) => roles.includes(LEAD);\n",
    "shared/roles.ts": 'export const LEAD = "owner";\n',
    "shared/types.ts": "export type Role = string;\n",
}


@pytest.mark.parametrize(
    ("file", "before", "after", "told"),
    [
        ("shared/leads.ts", "roles.includes(LEAD)", "true || roles.includes(LEAD)", {"delete", "batchDelete"}),
        ("shared/roles.ts", '"owner"', '"member"', {"delete", "batchDelete"}),
        ("shared/types.ts", "string", '"owner"', set()),
        ("shared/other.ts", "1", "2", set()),
        ("tasks.ts", "./shared/leads", "./shared/others", {"delete", "batchDelete"}),
    ],
)
def test_a_rule_in_code_changes_with_the_modules_that_it_reaches(
    tmp_path: Path, file: str, before: str, after: str, told: set[str]
) -> None:
    """A rule whose helper was changed in another file was once held to be the same."""
    files = {**HELPERS, "shared/other.ts": "export const other = 1;\n", "tasks.ts": LED}
    files["shared/others.ts"] = files["shared/leads.ts"]
    assert before in files[file]
    old = project(tmp_path / "a", LED, more=files)
    new = project(tmp_path / "b", LED, more={**files, file: files[file].replace(before, after)})
    changes = difference(old, new)
    assert {change.operation for change in changes} == told
    assert all(change.may_widen for change in changes)


MASKED = TASKS.replace('type: "phone", show', 'type: "custom", mask: (value) => value.slice(-2), show')


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (TASKS, TASKS.replace('type: "phone"', 'type: "name"')),
        (MASKED, MASKED.replace("slice(-2)", "slice(-9)")),
    ],
)
def test_another_mask_is_a_change_for_those_who_see_it(tmp_path: Path, before: str, after: str) -> None:
    assert before != after
    changes = difference(project(tmp_path / "a", before), project(tmp_path / "b", after))
    assert {(change.column, change.aspect, change.direction) for change in changes} == {
        ("phone", "masked values", Direction.CHANGED)
    }
    assert "owner" not in {change.subject for change in changes}


TOOLS = """
import { defineActions } from "@quickback/compiler";
import { z } from "zod";
export default defineActions(null, {
  ping: {
    description: "Answer", standalone: true, input: z.object({}), access: { roles: ["owner"] },
    execute: async () => ({ ok: true }),
  },
});
"""


def test_an_action_without_a_table_is_in_the_matrix_and_in_the_difference(tmp_path: Path) -> None:
    """Who may call such an action was once told by neither, so that opening it passed every gate."""
    old = project(tmp_path / "a", more={"../tools/actions.ts": TOOLS})
    cells = {c.subject: c for c in access_matrix(old, "feature tools")}
    assert {who for who, cell in cells.items() if cell.verdict is Verdict.YES} == {"owner", "owner + admin"}
    assert (cells["owner"].operation, cells["owner"].rows, cells["owner"].reason) == (
        "action ping",
        "any row",
        "access",
    )
    opened = TOOLS.replace('roles: ["owner"]', 'roles: ["owner", "member"]')
    changes = difference(old, project(tmp_path / "b", more={"../tools/actions.ts": opened}))
    assert {(c.table, c.subject, c.direction) for c in changes} == {
        ("feature tools", "member", Direction.WIDER),
        ("feature tools", "member + admin", Direction.WIDER),
    }


def test_a_narrower_rule_does_not_hide_that_the_code_gets_more(tmp_path: Path) -> None:
    record = 'roles: ["owner"], record: { status: { equals: "open" } }'
    narrower = ACTIONS.replace('roles: ["owner"]', record).replace("access:", "unsafe: true, access:")
    changes = difference(project(tmp_path / "a"), project(tmp_path / "b", actions=narrower))
    assert {(c.aspect, c.direction) for c in changes if c.subject == "owner" and c.column is None} == {
        ("reach", Direction.NARROWER),
        ("powers", Direction.WIDER),
    }


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        ("", "unsafe: true,", Direction.WIDER),
        ("unsafe: true,", "", Direction.NARROWER),
        ("", "allowRawSql: true,", Direction.WIDER),
        ("allowRawSql: true,", "unsafe: true,", Direction.CHANGED),
    ],
)
def test_an_action_that_gets_the_whole_database_is_wider(
    tmp_path: Path, before: str, after: str, direction: Direction
) -> None:
    old, new = (ACTIONS.replace("input: z.object({}),", f"input: z.object({{}}), {more}") for more in (before, after))
    changes = difference(project(tmp_path / "a", actions=old), project(tmp_path / "b", actions=new))
    assert {(change.operation, change.aspect, change.direction) for change in changes} == {
        ("action close", "powers", direction)
    }
    assert "owner" in {change.subject for change in changes}


def test_in_hide_mode_nobody_changes_what_get_does_not_show(tmp_path: Path) -> None:
    tasks = TASKS.replace("{ organization: {}, owner", '{ errorMode: "hide", organization: {}, owner').replace(
        'get: { access: { roles: ["owner", "admin", "member"] } }', 'get: { access: { roles: ["admin", "owner"] } }'
    )
    found = project(tmp_path, tasks)
    assert verdicts(found, "update")["member"] == "no"
    assert (verdicts(found, "list")["member"], verdicts(found, "update")["owner"]) == ("yes", "yes")


NEWS = """
import { defineTable } from "@quickback/compiler";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";
export const tasks = sqliteTable("tasks", { id: text("id").primaryKey(), status: text("status").notNull() });
export default defineTable(tasks, {
  firewall: { exception: true },
  crud: {
    get: {
      access: {
        and: [{ roles: ["PUBLIC"] }, { or: [{ record: { status: { equals: "late" } } }, { userRole: ["admin"] }] }],
      },
    },
  },
});
"""


def test_a_public_rule_lets_anybody_in_through_branches_that_name_nobody(tmp_path: Path) -> None:
    found = project(tmp_path, NEWS, ACTIONS.replace('roles: ["owner"]', 'userRole: ["admin"]'))
    seen = verdicts(found, "get")
    assert (seen["anonymous"], seen["signed-in"], seen["signed-in + admin"]) == ("some rows", "some rows", "yes")


def test_equal_projects_have_no_difference_however_they_are_written(tmp_path: Path) -> None:
    rewritten = TASKS.replace('in: ["open", "late"]', 'in: ["late", "open"]').replace(
        'list: { access: { roles: ["owner", "admin", "member"] } }',
        'list: { access: { or: [{ roles: ["member", "owner"] }, { roles: ["admin"] }] } }',
    )
    assert rewritten != TASKS
    assert difference(project(tmp_path / "a"), project(tmp_path / "b", rewritten)) == ()


def test_every_verdict_has_a_meaning() -> None:
    assert {str(verdict) for verdict in Verdict} == {
        "yes", "some rows", "masked", "masked unless owner", "no", "undecided",
    }  # fmt: skip


def test_an_action_across_tenants_reaches_every_row_and_only_for_platform_admins(tmp_path: Path) -> None:
    unsafe = 'access: { userRole: ["admin"] }, unsafe: { reason: "Support", crossTenant: true, targetScope: "all" },'
    found = project(tmp_path, actions=ACTIONS.replace('access: { roles: ["owner"] },', unsafe))
    cells = {c.subject: c for c in access_matrix(found, "tasks") if (c.operation, c.column) == ("action close", None)}
    assert [who for who, cell in cells.items() if cell.verdict is Verdict.NO] == [
        "anonymous", "signed-in", "owner", "admin", "member",
    ]  # fmt: skip
    assert (cells["signed-in + admin"].verdict, cells["signed-in + admin"].rows) == (Verdict.YES, "deletedAt = null")
    assert cells["owner"].reason == "platform admins only"


def test_without_organizations_every_role_that_rules_name_is_somebody(tmp_path: Path) -> None:
    """A rule of a role and a branch about rows was once called contradictory, as nobody held the role."""
    config = CONFIG.replace('features: ["organizations"]', "features: []")
    rule = '{ roles: ["admin"], or: [{ record: { status: { equals: "late" } } }, { roles: ["admin"] }] }'
    tasks = TASKS.replace('organization: {}, owner: { mode: "optional" }', "owner: {}").replace(
        'list: { access: { roles: ["owner", "admin", "member"] } }', f"list: {{ access: {rule} }}"
    )
    found = project(tmp_path, tasks, config=config)
    assert {who for who, verdict in verdicts(found, "list").items() if verdict != "no"} == {"admin"}
