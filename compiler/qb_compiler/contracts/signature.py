"""The signature beside the report: a keyed one when a key is configured, else an integrity digest that says so."""

import hashlib
import hmac
import json

from qb_compiler.config.model import Signature
from qb_compiler.contracts.report import canonical, digest
from qb_compiler.model.literal import Json
from qb_compiler.model.record import record

KIND = "quickback-security-contract-signature"
UNSIGNED = "only an integrity digest: no signing key is configured"


def keyed(content: Json, key: str) -> str:
    """HMAC-SHA256 in hex over the canonical text."""
    return hmac.new(key.encode(), canonical(content).encode(), hashlib.sha256).hexdigest()


def sign(content: dict[str, Json], report_path: str, config: Signature, key: str | None) -> dict[str, Json]:
    """The signature of a report, as data."""
    base: dict[str, Json] = {
        "schemaVersion": "1",
        "kind": KIND,
        "generatedAt": content["generatedAt"],
        "reportPath": report_path,
        "reportSha256": digest(content),
    }
    if key is None:
        unsigned: dict[str, Json] = {"signatureAlgorithm": "sha256", "signature": digest(content), "signed": False}
        return {**base, **unsigned, "warning": UNSIGNED}
    identity: dict[str, Json] = {"keyId": config.key_id} if config.key_id else {}
    return {
        **base,
        "signatureAlgorithm": "hmac-sha256",
        "signature": keyed(content, key),
        "signed": True,
        **identity,
    }


@record
class Verification:
    """`intact`: the report is the one that was signed. `signed`: a key vouches for it."""

    intact: bool
    signed: bool
    reason: str


def verify(report_text: str, signature_text: str, key: str | None) -> Verification:
    """Checks a report against its signature; a keyed one needs the key."""
    try:
        content, signature = json.loads(report_text), json.loads(signature_text)
    except ValueError:
        return Verification(False, False, "the report or its signature is not JSON")
    if not isinstance(content, dict) or not isinstance(signature, dict):
        return Verification(False, False, "the report or its signature is not an object")
    if not hmac.compare_digest(str(signature.get("reportSha256")), digest(content)):
        return Verification(False, False, "the report is not the one that was signed: its digest differs")
    if not signature.get("signed"):
        return Verification(True, False, "the digest matches; no key was used, so nobody vouches for it")
    if key is None:
        return Verification(True, False, "the digest matches; give the key to check the signature")
    if signature.get("signatureAlgorithm") != "hmac-sha256":
        return Verification(False, False, f"unknown algorithm {signature.get('signatureAlgorithm')!r}")
    if not hmac.compare_digest(str(signature.get("signature")), keyed(content, key)):
        return Verification(False, False, "the signature was made with another key, or was changed")
    return Verification(True, True, "the report is as it was signed")
