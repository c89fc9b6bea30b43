"""The code that people own: typed without `any`, formatted, nothing unused, short enough to read."""

import json
import re
import shutil
from pathlib import Path

import pytest

from bench.project import write_project
from http_suite.apps import PROJECTS
from lanes.build import biome, tsc
from qb_compiler import compile_project
from qb_compiler.targets.api.code import WIDTH

NAMES = sorted(path.name for path in PROJECTS.iterdir() if path.is_dir())
# The author's own code is carried over as it was written.
CARRIED = ("*.actions.ts", "*.custom.ts", "handlers/*", "closing.ts")
MOST_LINES_A_TABLE = 300


@pytest.fixture(scope="module", params=NAMES)
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("code") / str(request.param)
    shutil.copytree(PROJECTS / str(request.param), root)
    assert compile_project(root).written
    return root


def own_modules(project: Path) -> list[Path]:
    found = sorted((project / "src").rglob("*.ts"))
    return [path for path in found if not any(path.match(pattern) for pattern in CARRIED)]


def code(text: str) -> str:
    """The text without comments and strings."""
    return re.sub(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', " ", text, flags=re.DOTALL)


def test_every_type_holds_even_under_stricter_options(project: Path) -> None:
    settings = json.loads((project / "tsconfig.json").read_text(encoding="utf-8"))
    settings["compilerOptions"] |= {
        "noUnusedLocals": True,
        "noUnusedParameters": True,
        "noUncheckedIndexedAccess": True,
        "noImplicitOverride": True,
        "noFallthroughCasesInSwitch": True,
    }
    (project / "tsconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    tsc(project)


def test_nothing_is_typed_any_evaluated_or_pasted_into_sql(project: Path) -> None:
    forbidden = re.compile(r"\bany\b|\beval\(|\bnew Function\b|\bsql\.raw\b|@ts-ignore|@ts-expect-error|\bas never\b")
    for path in own_modules(project):
        assert not forbidden.search(code(path.read_text(encoding="utf-8"))), path


def test_format_lint_and_import_order_are_a_formatters(project: Path) -> None:
    settings = {"formatter": {"indentStyle": "space", "lineWidth": WIDTH}}
    (project / "biome.json").write_text(json.dumps(settings), encoding="utf-8")
    biome(project, "check", "--error-on-warnings", *(str(path.relative_to(project)) for path in own_modules(project)))


def test_a_table_of_a_ten_table_project_is_short(tmp_path: Path) -> None:
    """Every line counts: imports, comments and blank ones, the schema too. Each table has a view and three batches."""
    files = compile_project(write_project(tmp_path, 10)).files
    features = {path: text for path, text in files.items() if path.startswith("src/features/")}
    routes = [text.count("\nroutes.") for path, text in features.items() if path.endswith(".routes.ts")]
    assert routes == [9] * 10
    assert sum(text.count("\n") for text in features.values()) / 10 < MOST_LINES_A_TABLE


def test_every_export_of_the_runtime_and_of_resources_has_a_use(tmp_path: Path) -> None:
    """Over all sample projects together: what no project and no other module uses is dead."""
    texts: dict[str, list[str]] = {}
    for name in NAMES:
        root = tmp_path / name
        shutil.copytree(PROJECTS / name, root)
        for path, text in compile_project(root).files.items():
            if path.startswith("src/") and path.endswith(".ts"):
                texts.setdefault(path if path.startswith("src/lib/") else f"{name}/{path}", []).append(text)
    everything = {path: found[0] for path, found in texts.items()}
    dead = [f"{path}: {name}" for path, name in exports(everything) if not used_elsewhere(everything, path, name)]
    assert not dead, "\n".join(dead)


def exports(texts: dict[str, str]) -> list[tuple[str, str]]:
    pattern = re.compile(r"^export (?:async )?(?:const|function|class|type) (\w+)", re.MULTILINE)
    interesting = {path: text for path, text in texts.items() if "/lib/" in path or path.endswith(".resource.ts")}
    return [(path, name) for path, text in interesting.items() for name in pattern.findall(text)]


def used_elsewhere(texts: dict[str, str], path: str, name: str) -> bool:
    word = re.compile(rf"\b{name}\b")
    if len(word.findall(code(texts[path]))) > 1:
        return True
    return any(word.search(code(text)) for other, text in texts.items() if other != path)
