"""The signature beside the report: a keyed one when a key is configured, else an integrity digest that says so."""

import hashlib
import hmac

from qb_compiler.config.model import Signature
from qb_compiler.contracts.report import canonical, digest
from qb_compiler.model.literal import Json

KIND = "quickback-security-contract-signature"
UNSIGNED = "only an integrity digest: no signing key is configured"


def keyed(content: Json, key: str) -> str:
    """HMAC-SHA256 in hex over the canonical text; the bytes of the variable are the key, whatever they are."""
    return hmac.new(key.encode("utf-8", "surrogateescape"), canonical(content).encode(), hashlib.sha256).hexdigest()


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
