"""Every row that generated code reaches is held to the model: the gateway, cascades, and each table's own module.

Each edit is made at each place where its pattern matches, one at a time, and must be noticed there.
"""

import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from http_suite.apps import PROJECTS
from qb_compiler import compile_project
from qb_compiler.contracts.examine import examine
from qb_compiler.model.project import Project

GATEWAY, CASCADE = "src/db/scoped.ts", "cascade.ts"
RESOURCE = ".resource.ts"
FIREWALL, GUARDS, VIEWS = "requireDeclaredFirewall", "requireDeclaredGuards", "requireDeclaredViews"
EDITS = [
    # Wider: rows that no firewall lets through.
    ("hiring", GATEWAY, r"policyOf\((\w+Resource),", r"policyOf({ ...\1, firewall: () => everyRow },",
     "requireGateway"),
    ("hiring", GATEWAY, r"policyOf\(jobsResource", "policyOf(countriesResource", "requireGateway"),
    ("hiring", GATEWAY, r"matches\(interviewScores\.organizationId, ctx\.activeOrgId\), ", "", "requireGateway"),
    ("hiring", GATEWAY, r"ctx\.activeOrgId\), isNull", "ctx.userId), isNull", "requireGateway"),
    ("hiring", GATEWAY, r"\(interviewScores\.organizationId, ", "(interviewScores.id, ", "requireGateway"),
    ("hiring", GATEWAY, r", isNull\(interviewScores\.deletedAt\)", "", "requireGateway"),
    ("hiring", GATEWAY, r"allOf\((matches\(interview[^;]*);", r"or(\1;", "requireGateway"),
    ("hiring", GATEWAY, r"\(ctx: Ctx\): SQL =>\n  allOf", "(ctx: Ctx, allOf = or): SQL =>\n  allOf", "requireGateway"),
    ("ledger", GATEWAY, r"\w+Firewall,", "paymentsResource.firewall,", "requireGateway"),
    ("ledger", GATEWAY, r"allOf\(matches\(\w+\.ownerId, ctx\.userId\), ", "allOf(everyRow, ", "requireGateway"),
    ("ledger", GATEWAY, r"\(ctx: Ctx\): SQL => (allOf.*);", r"(ctx: Ctx): SQL => everyRow ?? \1;", "requireGateway"),
    # Wider: what a client of the gateway may write.
    ("hiring", GATEWAY, r'"organizationId"(?=\])', "", "requireGateway"),
    ("hiring", GATEWAY, r'\["organizationId", "ownerId"\]', '["organizationId"]', "requireGateway"),
    ("hiring", GATEWAY, r"organizationId: ctx\.activeOrgId,", "", "requireGateway"),
    ("hiring", GATEWAY, r"organizationId: ctx\.activeOrgId,", "organizationId: ctx.userId,", "requireGateway"),
    ("ledger", GATEWAY, r"ownerId: ctx\.userId, (\.\.\.createdNow\(ctx\))", r"\1, ownerId: ctx.activeOrgId",
     "requireGateway"),
    ("ledger", GATEWAY, r"\.\.\.createdNow\(ctx\)", "...createdNow(ctx), amount: 0", "requireGateway"),
    ("ledger", GATEWAY, r"modified: modifiedNow", "modified: (ctx) => ({ ownerId: ctx.userId })",
     "requireGateway"),
    ("ledger", GATEWAY, r"deleted: deletedNow", "deleted: () => ({})", "requireGateway"),
    ("ledger", GATEWAY, r'deletedAt: "deletedAt"', "deletedAt: null", "requireGateway"),
    # Wider: references past the firewall of their target; narrower: none at all.
    ("hiring", GATEWAY, r'new Map\(\[\["jobId", .*?\]\]\)', "new Map()", "requireGateway"),
    ("hiring", GATEWAY, r'targetIn\(jobsResource, "id"\)', 'targetIn(countriesResource, "id")', "requireGateway"),
    ("ledger", GATEWAY, r'targetIn\(paymentsResource, "id"\)', 'rowsIn(payments, "id", () => everyRow)',
     "requireGateway"),
    ("hiring", GATEWAY, r"policyOf\(jobsResource", "policyOf({ ...jobsResource, references: new Map() }",
     "requireGateway"),
    # Wider: tables, words and statements that do not belong there.
    ("hiring", GATEWAY, r"  \[jobs, .*\],\n", "", "requireGateway"),
    ("hiring", GATEWAY, r"\[jobs, ", "[notes, ", "requireGateway"),
    ("hiring", GATEWAY, r'from "\.\./lib/firewall"', 'from "../lib/firewall-lax"', "requireGateway"),
    ("hiring", GATEWAY, r"resource as jobsResource", "resource as countriesResource", "requireGateway"),
    ("hiring", GATEWAY, r"allOf, matches", "allOf as matches, matches as allOf", "requireGateway"),
    ("hiring", GATEWAY, r"ctx, policies, options\.allowRawSql", "ctx, policies, true", "requireGateway"),
    ("hiring", GATEWAY, r"featuresDb\(env\), ctx", "featuresDb(env), { ...ctx, activeOrgId }", "requireGateway"),
    ("hiring", GATEWAY, r"\Z", '\npolicies.set(users, { firewall: () => everyRow });\n', "requireGateway"),
    ("hiring", GATEWAY, r"\Z", "\nexport const rawDb = (env: Env) => featuresDb(env);\n", "requireGateway"),
    ("hiring", GATEWAY, r"const policies", "let policies", "requireGateway"),
    # Cascades.
    ("hiring", CASCADE, r"allOf\(matches\(\w+\.organizationId, ctx\.activeOrgId\)\)", "everyRow",
     "requireFirewallScope"),
    ("hiring", CASCADE, r"ctx\.activeOrgId", "ctx.userId", "requireFirewallScope"),
    ("hiring", CASCADE, r"set: deletedNow", "set: (ctx, now) => ({ organizationId: ctx.activeOrgId })",
     "requireFirewallScope"),
    ("hiring", CASCADE, r"column: jobs\.departmentId", "column: jobs.id", "requireFirewallScope"),
    ("hiring", CASCADE, r"parents: \[\{ name: \"jobs\".*?\}\],", "parents: [],", "requireFirewallScope"),
    ("hiring", CASCADE, r"Child>\(\[(.|\n)*\]\)", "Child>()", "requireFirewallScope"),
    ("hiring", CASCADE, r'  \[\n    "\w+",\n(?:    .*\n)*?  \],\n', "", "requireFirewallScope"),
    # A table's own module.
    ("teams", RESOURCE, r'squadId: requireScope\(ctx, "activeTeamId"\),\n', "", FIREWALL),
    ("teams", RESOURCE, r'requireScope\(ctx, "activeTeamId"\)', 'requireScope(ctx, "activeOrgId")', FIREWALL),
    ("teams", RESOURCE, r"tenant: ctx\.activeOrgId,", "tenant: ctx.userId,", FIREWALL),
    ("hiring", RESOURCE, r'includes\(role\)', 'includes(role) || true', FIREWALL),
    ("hiring", RESOURCE, r'\["owner", "admin"\]\.includes', '["owner", "admin", "member"].includes', FIREWALL),
    ("hiring", RESOURCE, r'errorMode: "reveal"', 'errorMode: "hide"', FIREWALL),
    ("custom", RESOURCE, r'errorMode: "hide"', 'errorMode: "reveal"', FIREWALL),
    ("hiring", RESOURCE, r"readable: access\.get", "readable: access.list", FIREWALL),
    ("hiring", RESOURCE, r"readable: access\.get", "readable: null", FIREWALL),
    ("hiring", RESOURCE, r'ownerColumn: "\w+"', 'ownerColumn: "modifiedBy"', FIREWALL),
    ("hiring", RESOURCE, r'deletedAt: "deletedAt"', "deletedAt: null", FIREWALL),
    ("hiring", RESOURCE, r"prepared: null", "prepared: firewall", FIREWALL),
    ("hiring", RESOURCE, r"searchable: \[", 'searchable: ["organizationId", ', FIREWALL),
    ("hiring", RESOURCE, r"targetIn\(jobsResource", "targetIn(candidatesResource", FIREWALL),
    ("ledger", RESOURCE, r"labelsTableFirewall\)", "() => everyRow)", FIREWALL),
    ("ledger", RESOURCE, r"matches\(labelsTable\.ownerId, ctx\.userId\), ", "", FIREWALL),
    ("hiring", RESOURCE, r'display: "title"', 'display: "salaryMin"', FIREWALL),
    ("hiring", RESOURCE, r'(import \{ type Masks, .* from )"\.\./\.\./lib/masks"', r'\1"../../lib/masks-lax"',
     FIREWALL),
    ("hiring", RESOURCE, r"created: \(ctx\) => \(\{ (.*), \.\.\.createdNow\(ctx\) \}\)", r"created: (ctx) => ({ \1 })",
     FIREWALL),
    ("hiring", RESOURCE, r"modified: modifiedNow", "modified: () => ({})", FIREWALL),
    ("hiring", RESOURCE, r"deleted: deletedNow", "deleted: () => ({})", FIREWALL),
    ("hiring", RESOURCE, r"modified: modifiedNow", "modified: createdNow", FIREWALL),
    ("hiring", RESOURCE, r"\Z", "\nexport const matches = () => everyRow;\n", FIREWALL),
    ("hiring", RESOURCE, r"\Z", "\nmasks.clear();\n", FIREWALL),
    ("hiring", RESOURCE, r'columns: \["id", "code", "name"\]', "columns: [...fields.keys()]", VIEWS),
    ("hiring", RESOURCE, r'"title", "status", "departmentId"\]', '"title", "status", "salaryMin"]', VIEWS),
    ("hiring", RESOURCE, r"(viewOf\(fields, \[.*?\]), list\)", r"\1, null)", VIEWS),
    ("hiring", RESOURCE, r"columns: readonly string\[\] = \[\.\.\.fields\.keys\(\)\]",
     'columns: readonly string[] = ["id"]', VIEWS),
    ("hiring", RESOURCE, r"maxPageSize: \d+", "maxPageSize: 100000", VIEWS),
    ("hiring", RESOURCE, r"rule: access\.list", "rule: access.create", VIEWS),
    ("custom", RESOURCE, r"hide: customMasks\.\w+", "hide: (value) => value", "requireDeclaredMasking"),
    # Guards: none wider, none narrower.
    ("hiring", RESOURCE, r'createable: new Set\(\["\w+", ', 'createable: new Set([', GUARDS),
    ("hiring", RESOURCE, r'createable: new Set\(\[', 'createable: new Set(["deletedAt", ', GUARDS),
    ("hiring", RESOURCE, r'updatable: new Set\(\["\w+"', 'updatable: new Set(["id"', GUARDS),
    ("hiring", RESOURCE, r'immutable: new Set\(\["source"\]\)', "immutable: new Set()", GUARDS),
    ("hiring", RESOURCE, r'immutable: new Set\(\)', 'immutable: new Set(["name"])', GUARDS),
    ("hiring", RESOURCE, r'protected: new Map\(\[\[.*\]\]\)', "protected: new Map()", GUARDS),
    ("hiring", RESOURCE, r'\["promote"\]', '["promote", "hire"]', GUARDS),
    ("hiring", RESOURCE, r'system: new Set\(\["id", ', "system: new Set([", GUARDS),
    ("hiring", RESOURCE, r', \.\.\.AUDIT_FIELDS\]', "]", GUARDS),
    ("mirror", RESOURCE, r'immutable: new Set\(\["\w+"\]\)', "immutable: new Set()", GUARDS),
    ("hiring", RESOURCE, r"(?m)^export const guards: Guards = \{\n(?:  .*\n)*\};\n", "", GUARDS),
]  # fmt: skip


@cache
def compiled(name: str) -> tuple[Project, dict[str, str]]:
    root = Path(shutil.copytree(PROJECTS / name, Path(mkdtemp()) / name))
    result = compile_project(root, write=False)
    assert result.ok and result.project, result.diagnostics
    return result.project, dict(result.files)


def edited(name: str, path: str, pattern: str, replacement: str) -> Iterator[tuple[str, str]]:
    """Each file of that name with the pattern replaced at one place."""
    for file, text in compiled(name)[1].items():
        for found in re.finditer(pattern, text) if file.endswith(path) else ():
            yield file, text[: found.start()] + found.expand(replacement.replace("\\Z", "")) + text[found.end() :]


@pytest.mark.parametrize(("name", "path", "pattern", "replacement", "contract"), EDITS)
def test_each_edit_is_noticed_wherever_it_is_made(
    name: str, path: str, pattern: str, replacement: str, contract: str
) -> None:
    project, files = compiled(name)
    places = list(edited(name, path, pattern, replacement))
    assert places, "nothing to edit"
    for file, text in places:
        found = {violation.contract for violation in examine(project, {**files, file: text}).violations}
        assert contract in found, file


@pytest.mark.parametrize("gone", [GATEWAY, "src/features/jobs/cascade.ts"])
def test_a_file_that_is_not_there_is_noticed(gone: str) -> None:
    project, files = compiled("hiring")
    assert gone in files
    rest = {path: text for path, text in files.items() if path != gone}
    assert "requireExamination" in {violation.contract for violation in examine(project, rest).violations}
