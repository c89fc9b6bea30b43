"""`reports/security-contracts.report.json`: what was examined, what was found, and whether it passes."""

import hashlib
import json

from qb_compiler.config.model import FailMode, Jwt, SecurityContracts
from qb_compiler.contracts.violation import Examination, Violation
from qb_compiler.model.literal import Json
from qb_compiler.model.version import compiler_version

KIND = "quickback-security-contract-report"
HONO = (
    "requireAuthGate", "requireOrganizationGate", "requireAccessGate", "requireFirewallScope", "requireGuardWiring",
    "requireMaskingUsage", "requireActionValidation", "requireUnsafeAuditTrail", "requireGateway", "requireKnownShape",
    "requireDeclaredFirewall", "requireDeclaredAccess", "requireDeclaredViews", "requireDeclaredGuards",
    "requireDeclaredMasking", "requireExamination",
)  # fmt: skip
RLS = ("requireDenyAnon", "requireCrudPolicies", "requireTenantPredicate", "requireAuditTriggers")


def canonical(content: Json) -> str:
    """The text that is hashed and signed: compact JSON with sorted keys."""
    return json.dumps(content, separators=(",", ":"), sort_keys=True, ensure_ascii=False)


def digest(content: Json) -> str:
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def violation_object(violation: Violation) -> dict[str, Json]:
    return {
        "contract": violation.contract,
        "destination": violation.destination,
        "file": violation.file,
        "line": violation.line,
        "table": violation.table,
        "operation": violation.operation,
        "message": violation.message,
    }


def status(found: Examination, config: SecurityContracts) -> str:
    if not found.violations:
        return "pass"
    return "fail" if config.fail_mode is FailMode.ERROR else "warn"


def report(found: Examination, config: SecurityContracts, jwt: Jwt, generated_at: str) -> dict[str, Json]:
    """The report as data. No SQL policies are generated for this target, so none are examined."""
    by_destination: dict[str, Json] = {
        name: sum(violation.destination == name for violation in found.violations) for name in ("hono", "rls")
    }
    return {
        "schemaVersion": "1",
        "kind": KIND,
        "compilerVersion": compiler_version(),
        "generatedAt": generated_at,
        "failMode": str(config.fail_mode),
        "contractsEnabled": True,
        "destinationConfig": {
            "hono": {"enabled": True, **dict.fromkeys(HONO, True)},
            "rls": {"enabled": False, **dict.fromkeys(RLS, True)},
        },
        "summary": {
            "status": status(found, config),
            "totalViolations": len(found.violations),
            "violationsByDestination": by_destination,
            "filesChecked": {"hono": found.files, "rls": 0},
            "examined": {"routes": found.routes, "queries": found.queries, "rules": found.rules},
        },
        "violations": [violation_object(violation) for violation in found.violations],
        "jwt": jwt_object(jwt),
        "disclosures": [
            {"table": choice.table, "columns": list(choice.columns), "message": choice.message}
            for choice in found.disclosures
        ],
    }


def pretty(content: Json) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def kept_time(content: dict[str, Json], previous: str | None) -> str | None:
    """The time of the previous report, if that is otherwise the same."""
    try:
        before = json.loads(previous) if previous else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(before, dict) or not isinstance(before.get("generatedAt"), str):
        return None
    time = str(before["generatedAt"])
    return time if {**before, "generatedAt": ""} == {**content, "generatedAt": ""} else None


def jwt_object(jwt: Jwt) -> dict[str, Json]:
    """How long a JWT may go on after what it says has changed."""
    minutes = 0 if jwt.strict else jwt.minutes
    return {
        "algorithm": "HS256",
        "expiresInMinutes": jwt.minutes,
        "revocation": "strict" if jwt.strict else "expiry",
        "staleForMinutes": minutes,
    }


def emit_report(
    found: Examination, config: SecurityContracts, jwt: Jwt, previous: str | None, now: str
) -> dict[str, Json]:
    """The report with a time that changes only when something else does."""
    content = report(found, config, jwt, now)
    return {**content, "generatedAt": kept_time(content, previous) or now}
