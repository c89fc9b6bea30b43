"""Scripts that a page shows run, with Node, against the compiled full example."""

from pathlib import Path

import pytest

from docs.booting import booted
from docs.fences import Fence
from docs.test_fences import TYPESCRIPT
from docs.test_http import PROJECT
from lanes.packages import NODE, run

SCRIPTS = [fence for fence in TYPESCRIPT if "run" in fence.info]


@pytest.mark.parametrize("fence", SCRIPTS, ids=lambda fence: fence.name)
def test_a_script_runs(fence: Fence, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / Path(fence.info["file"]).name
    script.write_text(fence.text, encoding="utf-8")
    with booted(PROJECT, tmp_path / "project") as lane:
        monkeypatch.setenv("API_URL", lane.url)
        assert "pass 1" in run([str(NODE), "--test", script.name], tmp_path)
