"""The page on staging and production: the line that its pipeline writes makes the other deployment."""

from pathlib import Path

import pytest

from docs.fences import all_fences
from docs.samples import CONFIG_FILE, table
from docs.test_fences import write
from qb_compiler import compile_project
from qb_compiler.diagnostics.render.concise import render

PAGE = "compiler/integrations/environments"
LINE = 'export const environment = "{}";\n'


@pytest.mark.parametrize(("environment", "id_"), [("staging", "000000000002"), ("production", "000000000004")])
def test_one_line_decides_name_databases_and_variables(environment: str, id_: str, tmp_path: Path) -> None:
    shown = {fence.info["file"]: fence.text for fence in all_fences("ts") if fence.topic == PAGE}
    assert any(LINE.format("staging").strip() in fence.text for fence in all_fences("yaml") if fence.topic == PAGE)
    files = {**shown, "quickback/environment.ts": LINE.format(environment)}
    assert CONFIG_FILE in files
    write(tmp_path, {**files, "quickback/features/hiring/candidates.ts": table("candidates")})
    result = compile_project(tmp_path)
    assert result.ok, render(result.diagnostics)
    deployed = (tmp_path / "wrangler.toml").read_text(encoding="utf-8")
    assert f'name = "my-app-{environment}"' in deployed
    assert id_ in deployed
    assert f'BETTER_AUTH_URL = "https://api.{"staging." if environment == "staging" else ""}example.com"' in deployed
