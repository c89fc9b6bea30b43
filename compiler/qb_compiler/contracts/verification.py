"""Is a report the one that was signed? What cannot be read in exactly one way is no proof."""

import hmac
import json
from collections.abc import Sequence

from qb_compiler.contracts import report, signature
from qb_compiler.contracts.report import canonical, digest
from qb_compiler.contracts.signature import keyed
from qb_compiler.model.literal import Json
from qb_compiler.model.record import record

ALGORITHMS = {"sha256": False, "hmac-sha256": True}
"""Whether a key is needed."""
Content = dict[str, Json]


@record
class Verification:
    """`intact`: the report is the one that was signed. `signed`: a key vouches for it. `status` is the report's own."""

    intact: bool
    signed: bool
    reason: str
    status: str = ""
    key_id: str = ""


class _Refused(Exception):
    """Why there is no proof."""


def verify(report_text: str, signature_text: str, key: str | None) -> Verification:
    """Checks a report against its signature. Whoever has a key expects it to have been used."""
    try:
        content = _read(report_text, report.KIND, "report")
        signing = _read(signature_text, signature.KIND, "signature")
        signed = _check(content, signing, key)
    except _Refused as refused:
        return Verification(False, False, str(refused))
    summary, key_id = content.get("summary"), str(signing.get("keyId") or "")
    status = str(summary.get("status", "")) if isinstance(summary, dict) else ""
    return Verification(True, signed, _reason(signed, bool(signing.get("signed")), key_id), status, key_id)


def _read(text: str, kind: str, what: str) -> Content:
    try:
        content = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
        canonical(content).encode()
    except (ValueError, RecursionError):
        raise _Refused(f"the {what} is not JSON that can be read in one way only") from None
    if not isinstance(content, dict) or content.get("kind") != kind:
        raise _Refused(f"the {what} is no {kind}")
    if content.get("schemaVersion") != "1":
        raise _Refused(f"the {what} is of a version that is not known here: {content.get('schemaVersion')!r}")
    return content


def _once(pairs: Sequence[tuple[str, Json]]) -> Content:
    """An object in which no key stands twice: readers do not agree which of the two counts."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_number(name: str) -> Json:
    raise ValueError(f"{name} is not JSON")


def _check(content: Content, signing: Content, key: str | None) -> bool:
    """Whether a key vouches for the report."""
    algorithm = signing.get("signatureAlgorithm")
    needs_key = ALGORITHMS.get(algorithm) if isinstance(algorithm, str) else None
    if needs_key is None or signing.get("signed") is not needs_key:
        raise _Refused(f"unknown algorithm {algorithm!r}, or one that does not fit `signed`")
    if not _same(signing.get("reportSha256"), digest(content)):
        raise _Refused("the report is not the one that was signed: its digest differs")
    if not needs_key:
        _check_digest(content, signing, key)
        return False
    if key is not None and not _same(signing.get("signature"), keyed(content, key)):
        raise _Refused("the signature was made with another key, or was changed")
    return key is not None


def _check_digest(content: Content, signing: Content, key: str | None) -> None:
    if not _same(signing.get("signature"), digest(content)):
        raise _Refused("the signature was changed: it is not the report's digest")
    if key is not None:
        raise _Refused("there is a key, but the report was signed without one, so anybody can have made it")


def _same(found: Json, expected: str) -> bool:
    return hmac.compare_digest(str(found).encode(), expected.encode())


def _reason(signed: bool, needs_key: bool, key_id: str) -> str:
    named = f" `{key_id}`" if key_id else ""
    if signed:
        return f"the report is as it was signed with the key{named}"
    if needs_key:
        return f"the digest matches; give the key{named} to check the signature"
    return "the digest matches; no key was used, so nobody vouches for it"
