"""What a compile says about its contracts: a violation, or a report that cannot be signed, as configured."""

from pathlib import Path

import pytest

from compiler.samples import surrounded
from compiler.spec_runner import write_project
from qb_compiler import compile_project
from qb_compiler.config.model import FailMode, SecurityContracts
from qb_compiler.contracts.stage import report_violations
from qb_compiler.contracts.violation import Examination, Violation
from qb_compiler.diagnostics.problem import Problems

BROKEN = Examination(1, 1, 1, 1, [Violation("requireAuthGate", "hono", "a.ts", 3, "jobs", "list", "no gate")])
SIGNED = 'securityContracts: { failMode: "%s", report: { signature: { required: true, keyEnv: "SIGNING_KEY" } } },'


@pytest.mark.parametrize(("mode", "code", "level"), [("error", "QB6020", "error"), ("warn", "QB6021", "warning")])
def test_a_violation_is_reported_with_its_place(mode: str, code: str, level: str) -> None:
    problems = Problems()
    report_violations(BROKEN, SecurityContracts(FailMode(mode)), problems)
    (found,) = problems.diagnostics
    assert (found.code, str(found.level)) == (code, level)
    assert "requireAuthGate is broken at a.ts:3: no gate" in found.message


@pytest.mark.parametrize(("mode", "code", "written"), [("error", "QB6022", False), ("warn", "QB6023", True)])
def test_a_required_signature_needs_a_key(tmp_path: Path, mode: str, code: str, written: bool) -> None:
    write_project(tmp_path, surrounded([("config", f"compiler: {{ {SIGNED % mode} }},")]))
    result = compile_project(tmp_path)
    assert [diagnostic.code for diagnostic in result.diagnostics] == [code]
    assert "SIGNING_KEY" in (result.diagnostics[0].hint or "") + result.diagnostics[0].message
    assert result.written is written
