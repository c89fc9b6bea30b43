"""Checks that a security report is the one that was signed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from qb_compiler import check_project
from qb_compiler.contracts.stage import signing_key
from qb_compiler.contracts.verification import Verification, verify
from qb_mcp.errors import QbError

LARGEST = 16_000_000
KEY_VARIABLE = "QUICKBACK_SECURITY_REPORT_SIGNING_KEY"


@dataclass(frozen=True, slots=True)
class Signing:
    """A report and where its signature is. `key` may be absent; `required` says that it must not be."""

    report: Path
    signature: Path
    key: str | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class VerifiedReport:
    """What was compared, and what came of it."""

    signing: Signing
    verification: Verification

    @property
    def ok(self) -> bool:
        return self.verification.intact and (self.verification.signed or not self.signing.required)


def named(report: Path, environment: Mapping[str, str]) -> Signing:
    """`x.report.json` is signed by `x.report.sig.json` beside it."""
    beside = report.with_name(f"{report.name.removesuffix('.json')}.sig.json")
    return Signing(report, beside, environment.get(KEY_VARIABLE) or None)


def of_project(root: Path, environment: Mapping[str, str]) -> Signing:
    """The report of a project, as its config says."""
    project = check_project(root).project
    if project is None:
        raise QbError("the config says where the report is, but the project has errors",
                      "run `quickback check`, or pass the path of the report")  # fmt: skip
    contracts = project.config.security_contracts
    signature = contracts.signature
    if not signature.enabled:
        raise QbError("the report of this project is not signed", "set `signature.enabled` to `true` in the config")
    key = signing_key(contracts, environment) or environment.get(KEY_VARIABLE) or None
    return Signing(root / contracts.report_path, root / signature.path, key, signature.required)


def with_key(signing: Signing, variable: str, environment: Mapping[str, str]) -> Signing:
    """The key is read from the environment, never from an argument; whoever names one wants it used."""
    key = environment.get(variable)
    if not key:
        raise QbError(f"the variable `{variable}` is not set", f"export {variable}=<key>")
    return replace(signing, key=key, required=True)


def read(path: Path, what: str) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise QbError(f"the {what} `{path}` is larger than any report", "pass the path of the report")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise QbError(f"the {what} `{path}` cannot be read", "run `quickback compile`, or pass its path") from None


def verify_report(signing: Signing) -> VerifiedReport:
    """Compares a report with its signature."""
    texts = read(signing.report, "report"), read(signing.signature, "signature")
    return VerifiedReport(signing, verify(*texts, signing.key))
