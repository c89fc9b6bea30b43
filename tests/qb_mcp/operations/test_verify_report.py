"""`quickback verify` as it is typed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from qb_compiler.config.model import Jwt, SecurityContracts, Signature
from qb_compiler.contracts.report import emit_report, pretty
from qb_compiler.contracts.signature import sign
from qb_compiler.contracts.violation import Examination


def write(folder: Path, key: str | None) -> Path:
    config = SecurityContracts(signature=Signature(key_id="k1"))
    content = emit_report(Examination(1, 1, 1, 1), config, Jwt(), None, "2026-01-01T00:00:00.000Z")
    report = folder / "security-contracts.report.json"
    report.write_text(pretty(content))
    signature = sign(content, config.report_path, config.signature, key)
    (folder / "security-contracts.report.sig.json").write_text(pretty(signature))
    return report


def quickback(*arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "qb_mcp", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={"PATH": "/usr/bin", **variables}, check=False)


@pytest.mark.parametrize(
    ("key", "variables", "options", "status", "said"),
    [
        (None, {}, [], 0, "nobody vouches"),
        (None, {}, ["--require-signed"], 1, "nobody vouches"),
        ("secret", {"QUICKBACK_SECURITY_REPORT_SIGNING_KEY": "secret"}, ["--require-signed"], 0, "as it was signed"),
        ("secret", {"MINE": "secret"}, ["--key-env", "MINE"], 0, "as it was signed"),
        ("secret", {"MINE": "other"}, ["--key-env", "MINE"], 1, "another key"),
        ("secret", {}, [], 0, "give the key"),
    ],
)
def test_verify_says_what_the_signature_proves(
    tmp_path: Path, key: str | None, variables: dict[str, str], options: list[str], status: int, said: str
) -> None:
    done = quickback("verify", str(write(tmp_path, key)), *options, **variables)
    assert (done.returncode, said in done.stdout) == (status, True), done


def test_a_changed_report_fails_and_is_said_as_json(tmp_path: Path) -> None:
    report = write(tmp_path, "secret")
    report.write_text(report.read_text().replace('"routes": 1', '"routes": 2'))
    done = quickback("verify", str(report), "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["intact"] is False


def test_a_missing_report_and_an_unset_variable_are_errors_with_a_hint(tmp_path: Path) -> None:
    missing = quickback("verify", str(tmp_path / "none.json"))
    assert (missing.returncode, "cannot be read" in missing.stderr) == (1, True)
    unset = quickback("verify", str(write(tmp_path, None)), "--key-env", "NOT_SET")
    assert (unset.returncode, "export NOT_SET" in unset.stderr) == (1, True)
