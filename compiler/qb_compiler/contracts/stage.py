"""The stage between generation and writing: the report joins the files, and a broken contract ends the compile."""

from collections.abc import Mapping

from qb_compiler.config.model import FailMode, Jwt, SecurityContracts
from qb_compiler.contracts import problems
from qb_compiler.contracts.report import emit_report, pretty
from qb_compiler.contracts.signature import sign
from qb_compiler.contracts.violation import Examination
from qb_compiler.diagnostics.problem import Problems


def report_paths(config: SecurityContracts) -> tuple[str, ...]:
    """Where the report and its signature go."""
    signature = (config.signature.path,) if config.signature.enabled else ()
    return (config.report_path, *signature)


def signing_key(config: SecurityContracts, environment: Mapping[str, str]) -> str | None:
    """The configured key wins over the variable; one of spaces alone is none."""
    signature = config.signature
    key = signature.key or (environment.get(signature.key_env) if signature.key_env else None)
    return key if key and key.strip() else None


def hold(
    examination: Examination,
    config: SecurityContracts,
    jwt: Jwt,
    previous: str | None,
    now: str,
    environment: Mapping[str, str],
    found: Problems,
) -> dict[str, str]:
    """Reports what the examination found; returns the texts of the report and its signature by path."""
    report_violations(examination, config, found)
    content = emit_report(examination, config, jwt, previous, now)
    reports = {config.report_path: pretty(content)}
    if not config.signature.enabled:
        return reports
    key = signing_key(config, environment)
    if key is None and config.signature.required:
        missing = problems.SigningKeyMissing if is_strict(config) else problems.SigningKeyMissingWarned
        found.report(missing(None, config.signature.key_env))
        if is_strict(config):
            return reports
    signature = sign(content, config.report_path, config.signature, key)
    return {**reports, config.signature.path: pretty(signature)}


def is_strict(config: SecurityContracts) -> bool:
    return config.fail_mode is FailMode.ERROR


def report_violations(examination: Examination, config: SecurityContracts, found: Problems) -> None:
    kind = problems.ContractViolated if is_strict(config) else problems.ContractWarned
    for violation in examination.violations:
        place = f"{violation.file}:{violation.line}"
        found.report(kind(None, violation.contract, place, violation.message))
