"""Reports and signatures: canonical, stable in time, checkable."""

import hashlib
import hmac
import json

import pytest

from qb_compiler.config.model import FailMode, Jwt, SecurityContracts, Signature
from qb_compiler.contracts.report import canonical, digest, emit_report, pretty
from qb_compiler.contracts.signature import sign
from qb_compiler.contracts.verification import verify
from qb_compiler.contracts.violation import Examination, Violation

CONFIG = SecurityContracts(signature=Signature(key_id="prod-k1"))
CLEAN = Examination(files=2, routes=6, queries=7, rules=15)
JWT = Jwt()
BROKEN = Examination(1, 1, 1, 1, [Violation("requireAuthGate", "hono", "a.ts", 3, "jobs", "list", "no gate")])


def test_the_canonical_text_has_sorted_keys_and_no_spaces() -> None:
    assert canonical({"b": 1, "a": {"d": 2, "c": 3}}) == '{"a":{"c":3,"d":2},"b":1}'
    assert digest({"b": 1, "a": 2}) == hashlib.sha256(b'{"a":2,"b":1}').hexdigest()


def test_the_report_counts_and_keeps_its_time_while_nothing_changes() -> None:
    first = emit_report(CLEAN, CONFIG, JWT, None, "2026-01-01T00:00:00.000Z")
    again = emit_report(CLEAN, CONFIG, JWT, pretty(first), "2027-01-01T00:00:00.000Z")
    assert again == first
    assert first["summary"] == {
        "status": "pass",
        "totalViolations": 0,
        "violationsByDestination": {"hono": 0, "rls": 0},
        "filesChecked": {"hono": 2, "rls": 0},
        "examined": {"routes": 6, "queries": 7, "rules": 15},
    }
    assert first["jwt"] == {
        "algorithm": "HS256", "expiresInMinutes": 15, "revocation": "expiry", "staleForMinutes": 15,
    }  # fmt: skip
    changed = emit_report(BROKEN, CONFIG, JWT, pretty(first), "2027-01-01T00:00:00.000Z")
    assert changed["generatedAt"] == "2027-01-01T00:00:00.000Z"


def test_the_report_states_how_long_a_jwt_may_be_stale() -> None:
    strict = emit_report(CLEAN, CONFIG, Jwt(minutes=5, strict=True), None, "t")
    assert strict["jwt"] == {
        "algorithm": "HS256", "expiresInMinutes": 5, "revocation": "strict", "staleForMinutes": 0,
    }  # fmt: skip


def test_a_violation_fails_the_report_or_warns_as_configured() -> None:
    failed = emit_report(BROKEN, CONFIG, JWT, None, "t")
    assert failed["violations"] == [
        {
            "contract": "requireAuthGate", "destination": "hono", "file": "a.ts", "line": 3, "table": "jobs",
            "operation": "list", "message": "no gate",
        }
    ]  # fmt: skip
    warned = emit_report(BROKEN, SecurityContracts(FailMode.WARN), JWT, None, "t")
    statuses = [json.loads(pretty(content))["summary"]["status"] for content in (failed, warned)]
    assert statuses == ["fail", "warn"]


def test_without_a_key_the_signature_is_a_digest_that_says_so() -> None:
    content = emit_report(CLEAN, CONFIG, JWT, None, "t")
    signature = sign(content, CONFIG.report_path, CONFIG.signature, None)
    assert signature["reportSha256"] == signature["signature"] == digest(content)
    assert (signature["signed"], signature["signatureAlgorithm"]) == (False, "sha256")
    assert "no signing key" in str(signature["warning"])
    found = verify(pretty(content), pretty(signature), None)
    assert (found.intact, found.signed) == (True, False)


def test_with_a_key_the_signature_is_an_hmac_over_the_canonical_text() -> None:
    content = emit_report(CLEAN, CONFIG, JWT, None, "t")
    signature = sign(content, CONFIG.report_path, CONFIG.signature, "secret")
    expected = hmac.new(b"secret", canonical(content).encode(), hashlib.sha256).hexdigest()
    assert (signature["signature"], signature["keyId"], signature["signed"]) == (expected, "prod-k1", True)
    assert verify(pretty(content), pretty(signature), "secret").signed
    assert not verify(pretty(content), pretty(signature), "other").intact


FIRST = emit_report(CLEAN, CONFIG, JWT, None, "t")
HASHED = sign(FIRST, CONFIG.report_path, CONFIG.signature, None)
SIGNED = sign(FIRST, CONFIG.report_path, CONFIG.signature, "secret")


@pytest.mark.parametrize(
    ("report", "signature", "key", "said"),
    [
        (pretty(FIRST).replace('"routes": 6', '"routes": 7'), pretty(SIGNED), "secret", "digest differs"),
        (pretty(FIRST), pretty({**SIGNED, "signatureAlgorithm": "none"}), "secret", "unknown algorithm"),
        (pretty(FIRST), pretty({**SIGNED, "signatureAlgorithm": "none"}), None, "unknown algorithm"),
        (pretty(FIRST), pretty({**SIGNED, "signatureAlgorithm": "sha256"}), None, "does not fit"),
        (pretty(FIRST), pretty({**SIGNED, "signed": False}), "secret", "does not fit"),
        (pretty(FIRST), pretty({**SIGNED, "signature": "0" * 64}), "secret", "another key"),
        (pretty(FIRST), pretty({**SIGNED, "reportSha256": "\u00e9"}), "secret", "digest differs"),
        (pretty(FIRST), pretty({**HASHED, "signature": "0" * 64}), None, "not the report's digest"),
        (pretty(FIRST), pretty(HASHED), "secret", "signed without one"),
        (pretty(FIRST), pretty(FIRST), None, "is no quickback-security-contract-signature"),
        (pretty(SIGNED), pretty(SIGNED), None, "is no quickback-security-contract-report"),
        (pretty(FIRST), pretty({**SIGNED, "schemaVersion": "2"}), "secret", "version that is not known"),
        ("{", pretty(SIGNED), "secret", "one way only"),
        ("[]", "[]", "secret", "is no"),
        ("[" * 100_000, pretty(SIGNED), "secret", "one way only"),
        ('{"kind": "\\ud800"}', pretty(SIGNED), "secret", "one way only"),
        (pretty(FIRST).replace("{", '{"kind": "x",', 1), pretty(SIGNED), "secret", "one way only"),
        (pretty(FIRST).replace('"routes": 6', '"routes": NaN'), pretty(SIGNED), "secret", "one way only"),
    ],
)
def test_what_is_changed_or_cannot_be_read_is_no_proof(report: str, signature: str, key: str | None, said: str) -> None:
    found = verify(report, signature, key)
    assert (found.intact, found.signed, said in found.reason) == (False, False, True), found


def test_the_name_of_the_key_and_the_status_are_said() -> None:
    found = verify(pretty(FIRST), pretty(SIGNED), None)
    assert (found.intact, found.signed, found.status, found.key_id) == (True, False, "pass", "prod-k1")
    assert "give the key `prod-k1`" in found.reason
    failed = emit_report(BROKEN, CONFIG, JWT, None, "t")
    signature = sign(failed, CONFIG.report_path, CONFIG.signature, "secret")
    assert verify(pretty(failed), pretty(signature), "secret").status == "fail"
