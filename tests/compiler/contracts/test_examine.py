"""The contracts pass on what the emitters write, and notice every weakening of it."""

import re

import pytest

from compiler.api.model import sample
from qb_compiler.contracts.examine import examine
from qb_compiler.model.memory import Memory
from qb_compiler.targets.api.emit import emit_api

PROJECT = sample()
FILES = dict(emit_api(PROJECT, Memory()))
ROUTES = next(path for path in FILES if path.endswith(".routes.ts"))
RESOURCE = next(path for path in FILES if path.endswith(".resource.ts"))
ROWS = "src/lib/rows.ts"


def contracts(path: str, text: str) -> set[str]:
    return {violation.contract for violation in examine(PROJECT, {**FILES, path: text}).violations}


def mutations(path: str, pattern: str, replacement: str) -> list[tuple[str, str]]:
    """The file with each single occurrence of the pattern replaced, with a name for the test."""
    text = FILES[path]
    found = list(re.finditer(pattern, text))
    assert found, f"nothing matches {pattern}"
    return [
        (
            f"{text[: m.start()].count(chr(10)) + 1}: {m[0].strip()[:40]}",
            text[: m.start()] + m.expand(replacement) + text[m.end() :],
        )
        for m in found
    ]


WEAKENINGS = [
    (ROUTES, r"const ctx = await authenticate\(c\);", r"const ctx = await identify(c);", "requireAuthGate"),
    (ROUTES, r"  requireOrganization\(ctx\);\n", "", "requireOrganizationGate"),
    (ROUTES, r"  requireRole\(\w+\.\w+, ctx\);\n", "", "requireAccessGate"),
    (ROUTES, r"requireRole\(access\.\w+, ctx\)", "requireRole(access.other, ctx)", "requireAccessGate"),
    (ROUTES, r"allOf\(firewall\(ctx\), ", "allOf(", "requireFirewallScope"),
    (ROUTES, r"allOf\((firewall\(ctx\), )", r"or(\1", "requireFirewallScope"),
    (ROUTES, r"((?:fetch|insert|update|softDelete)Rows?\(db, ctx, )resource", r"\1other", "requireFirewallScope"),
    (ROUTES, r"((?:update|softDelete)Row\(db, ctx, resource, access)\.\w+", r"\1.list", "requireAccessGate"),
    (ROUTES, r"insertRow\(db, ctx, resource, values\)", "db.insert(table).values(values)", "requireFirewallScope"),
    (ROWS, r"allOf\(firewall\((?:ctx|PREPARED)\), ", "allOf(", "requireFirewallScope"),
    (ROWS, r"\.where\(firewall\(PREPARED\)\)", "", "requireFirewallScope"),
    (ROWS, r"allOf\((firewall\((?:ctx|PREPARED)\), )", r"or(\1", "requireFirewallScope"),
    (ROWS, r"recordFilter\(rule, fields, ctx\), ", "", "requireFirewallScope"),
    (ROWS, r", \.\.\.created\(ctx\) \}", " }", "requireFirewallScope"),
    (ROUTES, r"check(?:Create|Update)\(guards, (await readBody\(c, [\w.]+\))\)", r"(\1).values", "requireGuardWiring"),
    (ROUTES, r"check(?:Create|Update)\(guards, (checkBody\(\w+, [\w.]+\))\)", r"(\1).values", "requireGuardWiring"),
    (ROUTES, r"maskRow\(resource, ctx, (row|requireVisible\(\w+, resource\)), \w+\)", r"\1", "requireMaskingUsage"),
    (ROUTES, r"const data = maskRows\(.*\);", "const data = rows;", "requireMaskingUsage"),
    (ROUTES, r'from "\.\./\.\./lib/respond"', 'from "../../db/raw"', "requireGateway"),
    (RESOURCE, r"\n  firewall,", "\n  firewall: () => everyRow,", "requireDeclaredFirewall"),
    (RESOURCE, r"prepared: firewall", "prepared: () => everyRow", "requireDeclaredFirewall"),
    (RESOURCE, r"matches\(\w+\.organizationId, ctx\.activeOrgId\), ", "", "requireDeclaredFirewall"),
    (RESOURCE, r"ctx\.activeOrgId\), isNull", "ctx.userId), isNull", "requireDeclaredFirewall"),
    (RESOURCE, r", isNull\(\w+\.deletedAt\)", "", "requireDeclaredFirewall"),
    (RESOURCE, r'(  (?:list|get|create|update|delete): \{ roles: \[)', r'\1"guest", ', "requireDeclaredAccess"),
    (RESOURCE, r"(pipeline: \{ roles: \[)", r'\1"guest", ', "requireDeclaredViews"),
    (RESOURCE, r'(updatable: new Set\(\[)', r'\1"status", ', "requireDeclaredGuards"),
    (RESOURCE, r'"organizationId", (?=\.\.\.AUDIT)', "", "requireDeclaredGuards"),
    (RESOURCE, r'  \["(?:email|phone|ssn|card|notes)", \{ hide.*\],\n', "", "requireDeclaredMasking"),
    (RESOURCE, r'(hide: \w+, roles: \[)', r'\1"member", ', "requireDeclaredMasking"),
    (RESOURCE, r"hide: maskEmail", "hide: maskPhone", "requireDeclaredMasking"),
]  # fmt: skip
CASES = [
    pytest.param(path, text, contract, id=f"{contract} {name}")
    for path, pattern, replacement, contract in WEAKENINGS
    for name, text in mutations(path, pattern, replacement)
]


def test_what_the_emitters_write_passes_and_something_was_examined() -> None:
    found = examine(PROJECT, FILES)
    assert found.violations == []
    assert (found.files, found.routes > 5, found.queries > 5, found.rules > 10) == (4, True, True, True)


@pytest.mark.parametrize(("path", "text", "contract"), CASES)
def test_a_weakened_file_is_noticed(path: str, text: str, contract: str) -> None:
    assert contract in contracts(path, text)


@pytest.mark.parametrize("missing", [ROUTES, RESOURCE, ROWS, "src/index.ts"])
def test_a_missing_file_is_a_violation(missing: str) -> None:
    rest = {path: text for path, text in FILES.items() if path != missing}
    assert "requireExamination" in {violation.contract for violation in examine(PROJECT, rest).violations}


def test_raw_sql_in_a_route_is_a_violation() -> None:
    assert "requireGateway" in contracts(ROUTES, FILES[ROUTES] + "\nexport const x = sql.raw('1');\n")
