"""`quickback verify` as it is typed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from compiler.samples import surrounded
from compiler.spec_runner import write_project
from qb_compiler import compile_project
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


def quickback(*arguments: str, cwd: Path | None = None, **variables: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "qb_mcp", *arguments]
    environment = {"PATH": "/usr/bin", **variables}
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=cwd, check=False)


@pytest.mark.parametrize(
    ("key", "variables", "options", "status", "said"),
    [
        (None, {}, [], 0, "nobody vouches"),
        (None, {}, ["--require-signed"], 1, "nobody vouches"),
        ("secret", {"QUICKBACK_SECURITY_REPORT_SIGNING_KEY": "secret"}, ["--require-signed"], 0, "as it was signed"),
        ("secret", {"MINE": "secret"}, ["--key-env", "MINE"], 0, "as it was signed"),
        ("secret", {"MINE": "other"}, ["--key-env", "MINE"], 1, "another key"),
        ("secret", {}, [], 0, "give the key `k1`"),
        ("secret", {}, ["--require-signed"], 1, "give the key `k1`"),
        (None, {"QUICKBACK_SECURITY_REPORT_SIGNING_KEY": "secret"}, [], 1, "signed without one"),
        (None, {"MINE": "secret"}, ["--key-env", "MINE"], 1, "signed without one"),
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
    said = json.loads(done.stdout)
    assert (said["version"], said["ok"], said["intact"], said["signed"]) == (1, False, False, False)


def test_a_missing_report_and_an_unset_variable_are_errors_with_a_hint(tmp_path: Path) -> None:
    missing = quickback("verify", str(tmp_path / "none.json"))
    assert (missing.returncode, "cannot be read" in missing.stderr) == (1, True)
    alone = write(tmp_path, "secret")
    alone.with_name("security-contracts.report.sig.json").unlink()
    unsigned = quickback("verify", str(alone))
    assert (unsigned.returncode, "the signature" in unsigned.stderr) == (1, True)
    assert quickback("verify", str(alone), "--nonsense").returncode == 2
    unset = quickback("verify", str(write(tmp_path, None)), "--key-env", "NOT_SET")
    assert (unset.returncode, "export NOT_SET" in unset.stderr) == (1, True)


OWN = """compiler: { securityContracts: { report: { path: "audit/r.json", signature: {
  required: true, keyEnv: "MINE", keyId: "k7", path: "audit/s.json" } } } },"""


@pytest.mark.parametrize(
    ("variables", "status", "said"),
    [({"MINE": "secret"}, 0, "key `k7`"), ({}, 1, "give the key `k7`"), ({"MINE": "other"}, 1, "another key")],
)
def test_without_a_path_the_config_says_where_the_report_is_and_which_key_signs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], status: int, said: str
) -> None:
    monkeypatch.setenv("MINE", "secret")
    write_project(tmp_path, surrounded([("config", OWN)]))
    assert compile_project(tmp_path).written
    done = quickback("verify", "--project", str(tmp_path), **variables)
    assert (done.returncode, said in done.stdout) == (status, True), done


def test_a_relative_path_starts_where_the_command_is_typed(tmp_path: Path) -> None:
    write(tmp_path, None)
    done = quickback("verify", "security-contracts.report.json", cwd=tmp_path)
    assert (done.returncode, "nobody vouches" in done.stdout) == (0, True), done


def test_a_project_without_a_signature_or_with_errors_says_so(tmp_path: Path) -> None:
    off = "compiler: { securityContracts: { report: { signature: { enabled: false } } } },"
    write_project(tmp_path, surrounded([("config", off)]))
    done = quickback("verify", "--project", str(tmp_path))
    assert (done.returncode, "is not signed" in done.stderr) == (1, True), done
    (tmp_path / "quickback" / "quickback.config.ts").write_text("export default 1;")
    broken = quickback("verify", "--project", str(tmp_path))
    assert (broken.returncode, "quickback check" in broken.stderr) == (1, True), broken
