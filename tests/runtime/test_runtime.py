"""Runs every `*.test.ts` of this folder against the runtime files that projects get."""

import shutil
from pathlib import Path

import pytest

from lanes.packages import LANES, NODE, link_packages, packages, run
from qb_compiler.targets.api.runtime_files import all_runtime_files

HERE = Path(__file__).parent
TESTS = sorted(path.name for path in HERE.glob("*.test.ts"))


def assembled(folder: Path, test: str) -> Path:
    """The runtime with one test beside it, and the D1 database of the lanes."""
    for path, text in all_runtime_files():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    (folder / "src/env.ts").write_text("export type Env = Record<string, never>;\n", encoding="utf-8")
    for file in (HERE / test, HERE / "support.ts", LANES / "d1.mjs"):
        shutil.copy(file, folder / "src/lib")
    link_packages(folder)
    return folder


@pytest.mark.parametrize("test", TESTS)
def test_the_runtime_keeps_its_promises(tmp_path: Path, test: str) -> None:
    folder = assembled(tmp_path, test)
    script = folder / "test.mjs"
    run(
        [
            str(NODE), str(packages() / "esbuild/bin/esbuild"), f"src/lib/{test}", "--bundle", "--format=esm",
            "--platform=node", "--target=es2022", "--log-level=warning", f"--outfile={script}",
        ],
        folder,
    )  # fmt: skip
    report = run([str(NODE), "--test", "--test-reporter=tap", str(script)], folder)
    assert "\n# fail 0\n" in report and "# pass 0" not in report, report
