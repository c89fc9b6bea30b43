"""What a compile says about its contracts: a violation, or a report that cannot be signed, as configured."""

import json
from pathlib import Path

import pytest

from compiler.samples import surrounded
from compiler.spec_runner import write_project
from qb_compiler import compile_project
from qb_compiler.config.model import FailMode, Jwt, SecurityContracts, Signature
from qb_compiler.contracts.stage import hold, report_violations
from qb_compiler.contracts.verification import verify
from qb_compiler.contracts.violation import Examination, Violation
from qb_compiler.diagnostics.problem import Problems
from qb_compiler.model.project import Project
from qb_compiler.targets.api import emit
from qb_compiler.targets.api.app import emit_app

BROKEN = Examination(1, 1, 1, 1, [Violation("requireAuthGate", "hono", "a.ts", 3, "jobs", "list", "no gate")])
SIGNED = 'securityContracts: { failMode: "%s", report: { signature: { required: true, keyEnv: "SIGNING_KEY" } } },'


@pytest.mark.parametrize(("mode", "code", "level"), [("error", "QB6020", "error"), ("warn", "QB6021", "warning")])
def test_a_violation_is_reported_with_its_place(mode: str, code: str, level: str) -> None:
    problems = Problems()
    report_violations(BROKEN, SecurityContracts(FailMode(mode)), problems)
    (found,) = problems.diagnostics
    assert (found.code, str(found.level)) == (code, level)
    assert "requireAuthGate is broken at a.ts:3: no gate" in found.message


@pytest.mark.parametrize(("mode", "code", "status"), [("error", "QB6020", "fail"), ("warn", "QB6021", "warn")])
def test_a_compile_with_a_broken_contract_writes_its_report_and_only_a_warned_one_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str, code: str, status: str
) -> None:
    def open_app(project: Project) -> list[tuple[str, str]]:
        return [(path, text.replace("app.use(requireSecret);\n", "")) for path, text in emit_app(project)]

    monkeypatch.setattr(emit, "emit_app", open_app)
    write_project(tmp_path, surrounded([("config", f'compiler: {{ securityContracts: {{ failMode: "{mode}" }} }},')]))
    result = compile_project(tmp_path)
    assert {diagnostic.code for diagnostic in result.diagnostics} == {code}
    texts = [(tmp_path / "reports" / f"security-contracts.report{end}").read_text() for end in (".json", ".sig.json")]
    assert json.loads(texts[0])["summary"]["status"] == status
    assert verify(texts[0], texts[1], None).intact
    assert (tmp_path / "src").exists() is (mode == "warn")


@pytest.mark.parametrize(("mode", "code", "written"), [("error", "QB6022", False), ("warn", "QB6023", True)])
@pytest.mark.parametrize("variables", [{}, {"SIGNING_KEY": ""}, {"SIGNING_KEY": "  "}])
def test_a_required_signature_needs_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], mode: str, code: str, written: bool
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    write_project(tmp_path, surrounded([("config", f"compiler: {{ {SIGNED % mode} }},")]))
    result = compile_project(tmp_path)
    assert [diagnostic.code for diagnostic in result.diagnostics] == [code]
    assert "export SIGNING_KEY=<key>" in (result.diagnostics[0].hint or "")
    assert "`SIGNING_KEY` is not set" in result.diagnostics[0].message
    assert (result.written, (tmp_path / "reports").exists()) == (written, written)


@pytest.mark.parametrize(
    ("options", "key"),
    [
        ('keyEnv: "SIGNING_KEY", keyId: "k1"', "from-the-environment"),
        ('key: "from-the-config", keyId: "k1"', "from-the-config"),
        ('key: "from-the-config", keyEnv: "SIGNING_KEY", keyId: "k1"', "from-the-config"),
    ],
)
def test_the_report_is_signed_where_the_config_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: str, key: str
) -> None:
    monkeypatch.setenv("SIGNING_KEY", "from-the-environment")
    report = f'path: "audit/r.json", signature: {{ required: true, path: "audit/s.json", {options} }}'
    write_project(
        tmp_path, surrounded([("config", f"compiler: {{ securityContracts: {{ report: {{ {report} }} }} }},")])
    )
    assert compile_project(tmp_path).written
    texts = [(tmp_path / "audit" / name).read_text() for name in ("r.json", "s.json")]
    signature = json.loads(texts[1])
    assert (signature["reportPath"], signature["keyId"], signature["signed"]) == ("audit/r.json", "k1", True)
    assert (signature["signatureAlgorithm"], "warning" in signature) == ("hmac-sha256", False)
    assert verify(texts[0], texts[1], key).signed
    assert not (tmp_path / "reports").exists()


def test_a_signature_that_is_switched_off_is_not_written(tmp_path: Path) -> None:
    off = "compiler: { securityContracts: { report: { signature: { enabled: false } } } },"
    write_project(tmp_path, surrounded([("config", off)]))
    assert compile_project(tmp_path).written
    assert [path.name for path in (tmp_path / "reports").iterdir()] == ["security-contracts.report.json"]


def test_the_report_holds_what_it_must(tmp_path: Path) -> None:
    write_project(tmp_path, surrounded([]))
    assert compile_project(tmp_path).written
    texts = [(tmp_path / "reports" / f"security-contracts.report{end}").read_text() for end in (".json", ".sig.json")]
    report, signature = (json.loads(text) for text in texts)
    assert list(report) == [
        "schemaVersion", "kind", "compilerVersion", "generatedAt", "failMode", "contractsEnabled",
        "destinationConfig", "summary", "violations", "jwt", "disclosures",
    ]  # fmt: skip
    assert texts[0] == json.dumps(report, indent=2, ensure_ascii=False) + "\n"
    assert (report["schemaVersion"], report["failMode"], report["contractsEnabled"]) == ("1", "error", True)
    assert set(report["destinationConfig"]) == set(report["summary"]["filesChecked"]) == {"hono", "rls"}
    assert report["summary"]["status"] == "pass"
    assert min(report["summary"]["examined"].values()) > 0
    assert list(signature) == [
        "schemaVersion", "kind", "generatedAt", "reportPath", "reportSha256", "signatureAlgorithm", "signature",
        "signed", "warning",
    ]  # fmt: skip
    assert signature["generatedAt"] == report["generatedAt"]


def test_a_report_of_broken_contracts_is_signed_but_not_with_a_key_that_is_missing() -> None:
    required = SecurityContracts(signature=Signature(required=True, key_env="SIGNING_KEY"))
    for environment, paths in (
        ({"SIGNING_KEY": "k"}, [required.report_path, required.signature.path]),
        ({}, [required.report_path]),
    ):
        assert list(hold(BROKEN, required, Jwt(), None, "t", environment, Problems())) == paths
