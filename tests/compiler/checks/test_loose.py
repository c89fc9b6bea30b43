"""Projects in the loose style of real users compile, and TypeScript accepts what comes out."""

import json
from pathlib import Path

import pytest

from compiler.spec_runner import Section, read_sections, write_project
from lanes.build import tsc
from qb_compiler import compile_project

HERE = Path(__file__).parent
PAGES = (HERE / "loose.md", HERE.parent / "evaluate/loose.md")
GENERATED = {
    "compilerOptions": {
        "target": "es2022",
        "lib": ["es2023"],
        "module": "esnext",
        "moduleResolution": "bundler",
        "types": ["@cloudflare/workers-types"],
        "strict": True,
        "resolveJsonModule": True,
        "skipLibCheck": True,
    },
    "include": ["src"],
}
SECTIONS = [section for page in PAGES for section in read_sections(page)]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.title)
def test_a_loose_project_compiles_to_typescript(section: Section, tmp_path: Path) -> None:
    write_project(tmp_path, section.files)
    result = compile_project(tmp_path)
    assert result.written, result.diagnostics
    (tmp_path / "tsconfig.generated.json").write_text(json.dumps(GENERATED), encoding="utf-8")
    tsc(tmp_path, "tsconfig.generated.json")
