"""Editors check definitions: what compiles type-checks, and what would be refused is underlined while it is typed."""

from pathlib import Path

import pytest

from compiler.platform.sources import codes, compiled, write_sources
from lanes.build import tsc

HEAD = """\
import { defineActions, defineTable } from "@quickback/compiler";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { z } from "zod";

export const rooms = sqliteTable("rooms", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  ownerId: text("owner_id"),
  name: text("name"),
  seats: integer("seats"),
});
"""
VALID = """
export default defineTable(rooms, {
  firewall: [{ field: "organizationId", equals: "ctx.activeOrgId" }, { field: "deletedAt", isNull: true }],
  firewallErrorMode: "hide",
  guards: { createable: ["name", "seats"], updatable: ["name"] },
  masking: {
    name: { type: "custom", show: { roles: ["owner"] }, mask: (value) => value.slice(0, 1) },
    seats: { type: "custom", show: { roles: ["owner"] }, mask: (value) => (value > 9 ? "many" : "few") },
  },
  validation: { name: z.string().min(2), seats: { min: 1 } },
  crud: {
    list: { access: { roles: ["member"] }, fields: ["id", "name", "createdAt"] },
    get: { access: { or: [{ roles: ["owner"] }, { record: { ownerId: { equals: "$userId" } } }] } },
    create: { access: { roles: ["member"] } },
    update: { access: (ctx, record) => record.name !== ctx.userId },
  },
  views: { short: { fields: ["id", "name"], access: { roles: ["member"] } } },
  inputHints: { name: "textarea" },
});
"""
MISTAKES = """
export const wrong = [
  // @ts-expect-error a misspelt key would leave the table open
  defineTable(rooms, { firewal: { organization: {} } }),
  // @ts-expect-error no such column
  defineTable(rooms, { firewall: { organization: { column: "orgId" } } }),
  // @ts-expect-error no such column
  defineTable(rooms, { guards: { createable: ["title"] } }),
  // @ts-expect-error no such kind of mask
  defineTable(rooms, { masking: { name: { type: "e-mail" } } }),
  // @ts-expect-error no such column
  defineTable(rooms, { masking: { title: { type: "email" } } }),
  // @ts-expect-error an operation needs access
  defineTable(rooms, { crud: { list: {} } }),
  // @ts-expect-error no such operator
  defineTable(rooms, { crud: { get: { access: { record: { name: { equal: "x" } } } } } }),
  // @ts-expect-error there is no record before it is created
  defineTable(rooms, { crud: { create: { access: (ctx, record) => record.seats > 1 } } }),
  // @ts-expect-error functions cannot become SQL
  defineTable(rooms, { crud: { list: { access: () => true } } }),
  // @ts-expect-error no such column in the view
  defineTable(rooms, { views: { all: { fields: ["title"], access: { roles: ["member"] } } } }),
  // @ts-expect-error an action needs access
  defineActions(rooms, { close: { execute: () => null } }),
  // @ts-expect-error no such method
  defineActions(rooms, { close: { method: "FETCH", access: { roles: ["owner"] }, execute: () => null } }),
];
"""


def test_what_compiles_type_checks(tmp_path: Path) -> None:
    assert codes(compiled(tmp_path, rooms=HEAD.replace("defineActions, ", "") + VALID)) == []
    tsc(tmp_path)


def test_mistakes_are_type_errors(tmp_path: Path) -> None:
    compiled(tmp_path)
    write_sources(tmp_path, rooms=HEAD.replace('import { z } from "zod";\n', "") + MISTAKES)
    tsc(tmp_path)


def test_the_check_reads_the_definitions_at_all(tmp_path: Path) -> None:
    compiled(tmp_path)
    write_sources(tmp_path, rooms=HEAD + "\nexport default defineTable(rooms, { firewal: {} });\n")
    with pytest.raises(AssertionError, match="firewal"):
        tsc(tmp_path)
