"""Checks that a security report is the one that was signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qb_compiler.contracts.signature import Verification, verify
from qb_mcp.errors import QbError

REPORT = Path("reports", "security-contracts.report.json")
LARGEST = 16_000_000
KEY_VARIABLE = "QUICKBACK_SECURITY_REPORT_SIGNING_KEY"


@dataclass(frozen=True, slots=True)
class VerifiedReport:
    """The files that were compared, and what came of it."""

    report: Path
    signature: Path
    verification: Verification


def signature_path(report: Path) -> Path:
    """`x.report.json` is signed by `x.report.sig.json` beside it."""
    return report.with_name(f"{report.name.removesuffix('.json')}.sig.json")


def read(path: Path, what: str) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise QbError(f"the {what} `{path}` is larger than any report", "pass the path of the report")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise QbError(f"the {what} `{path}` cannot be read", "run `quickback compile`, or pass its path") from None


def verify_report(
    report: Path, signature: Path | None, environment: Mapping[str, str], key_env: str | None
) -> VerifiedReport:
    """Compares a report with its signature; the key is read from the environment, never from an argument."""
    beside = signature or signature_path(report)
    variable = key_env or KEY_VARIABLE
    key = environment.get(variable) or None
    if key_env and key is None:
        raise QbError(f"the variable `{key_env}` is not set", f"export {key_env}=<key>")
    return VerifiedReport(report, beside, verify(read(report, "report"), read(beside, "signature"), key))
