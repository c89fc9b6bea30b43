"""What is read of a project, in each layout."""

from pathlib import Path

import pytest

from qb_compiler.diagnostics.problem import Problems
from qb_compiler.source.project import find_project, read_sources
from qb_compiler.source.sources import FeatureFolder, Sources

CONFIG = "quickback/quickback.config.ts"


def write(root: Path, *paths: str, **texts: str) -> Path:
    for path, text in {**dict.fromkeys(paths, "export {};\n"), **texts}.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return root


def read(root: Path, overlay: dict[str, str] | None = None) -> Sources:
    problems = Problems()
    sources = read_sources(root, problems, overlay)
    assert not problems.diagnostics
    return sources


def names(feature: FeatureFolder) -> dict[str, list[str]]:
    rooms = {"tables": feature.tables, "handlers": feature.handlers, "pages": feature.pages, "other": feature.other}
    found = {room: [file.path.rsplit(f"{feature.name}/", 1)[1] for file in files] for room, files in rooms.items()}
    return {room: files for room, files in found.items() if files}


@pytest.mark.parametrize("start", ["", "quickback", "quickback/features/jobs", "src/deep/down"])
def test_a_project_is_found_from_anywhere_inside(tmp_path: Path, start: str) -> None:
    write(tmp_path, CONFIG, "quickback/features/jobs/jobs.ts", "src/deep/down/x.ts")
    assert find_project(tmp_path / start) == tmp_path


@pytest.mark.parametrize(
    "config", ["quickback/quickback.config.js", "quickback/quickback.config.mts", "quickback.config.ts"]
)
def test_a_config_may_be_javascript_or_lie_at_the_root(tmp_path: Path, config: str) -> None:
    write(tmp_path, config)
    assert find_project(tmp_path) == tmp_path
    sources = read(tmp_path)
    assert sources.config
    assert sources.config.path == config


def test_no_project_is_none(tmp_path: Path) -> None:
    assert find_project(write(tmp_path, "src/index.ts")) is None
    assert find_project(tmp_path / "nowhere") is None


def test_files_of_a_feature_are_sorted_by_their_place(tmp_path: Path) -> None:
    folder = "quickback/features/jobs"
    write(
        tmp_path,
        CONFIG,
        *(f"{folder}/{name}" for name in (
            "jobs.ts", "applications.ts", "actions.ts", "handlers/close.ts", "handlers/mail/send.tsx",
            "pages/board.ts",
            "lib/money.ts", "index.ts", "jobs.test.ts", "types.d.ts", "README.md", "node_modules/x/y.ts",
            ".hidden/z.ts",
        )),
        "quickback/features/people/people.ts",
    )  # fmt: skip
    jobs, people = read(tmp_path).features
    assert names(jobs) == {
        "tables": ["applications.ts", "jobs.ts"],
        "handlers": ["handlers/close.ts", "handlers/mail/send.tsx"],
        "pages": ["pages/board.ts"],
        "other": ["index.ts", "lib/money.ts"],
    }
    assert jobs.actions
    assert jobs.actions.path == f"{folder}/actions.ts"
    assert names(people) == {"tables": ["people.ts"]}


@pytest.mark.parametrize("root", ["quickback/definitions/features", "definitions/features"])
def test_older_layouts_are_read(tmp_path: Path, root: str) -> None:
    write(tmp_path, CONFIG, f"{root}/jobs/schema.ts", f"{root}/jobs/resource.ts")
    (jobs,) = read(tmp_path).features
    assert (jobs.name, names(jobs)) == ("jobs", {"tables": ["resource.ts", "schema.ts"]})


def test_services_are_read_beside_and_inside_quickback(tmp_path: Path) -> None:
    write(tmp_path, CONFIG, "services/realtime/board.ts", "quickback/services/queues/mail.ts", "services/unrelated.ts")
    assert [file.path for file in read(tmp_path).services] == [
        "quickback/services/queues/mail.ts",
        "services/realtime/board.ts",
    ]


def test_imports_are_followed_wherever_they_lead_in_the_project(tmp_path: Path) -> None:
    texts = {
        CONFIG: 'import { NAME } from "../lib/name.js";',
        "quickback/features/jobs/jobs.ts": 'import roles from "@shared/roles";\nexport * from "../../shared";',
        "quickback/shared/index.ts": 'export { x } from "./x";',
        "quickback/shared/x.ts": 'const y = require("./y");',
        "quickback/shared/y.ts": 'import { z } from "zod"; import "./missing"; import up from "../../../outside";',
        "quickback/shared/roles.ts": "",
        "quickback/shared/unused.ts": "",
        "lib/name.ts": "",
        "tsconfig.json": '{ // paths\n "compilerOptions": { "paths": { "@shared/*": ["./quickback/shared/*"], }, }, }',
    }
    assert list(read(write(tmp_path, **texts)).all) == [
        "lib/name.ts",
        "quickback/features/jobs/jobs.ts",
        "quickback/quickback.config.ts",
        "quickback/shared/index.ts",
        "quickback/shared/roles.ts",
        "quickback/shared/x.ts",
        "quickback/shared/y.ts",
    ]


def test_unsaved_texts_replace_and_add_files(tmp_path: Path) -> None:
    write(tmp_path, CONFIG, "quickback/features/jobs/jobs.ts")
    overlay = {"quickback/features/jobs/jobs.ts": "// unsaved", "./quickback/features/new/new.ts": "// new"}
    sources = read(tmp_path, overlay)
    assert [feature.name for feature in sources.features] == ["jobs", "new"]
    assert sources.all["quickback/features/jobs/jobs.ts"].text == "// unsaved"


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    write(tmp_path, **{CONFIG: "\ufeffexport {};"})
    config = read(tmp_path).config
    assert config
    assert config.text == "export {};"


def test_line_ends_of_windows_keep_lines_and_columns_right(tmp_path: Path) -> None:
    (write(tmp_path, CONFIG) / CONFIG).write_bytes(b"const a = 1;\r\nconst b = 2;\r\n")
    config = read(tmp_path).config
    assert config
    assert config.position(config.text.index("b")) == (2, 7)
    assert config.line_text(1) == "const a = 1;"


def test_json_files_are_read_where_they_are_imported(tmp_path: Path) -> None:
    texts = {
        CONFIG: 'import { NAME } from "../package.json";',
        "package.json": '{"NAME": "app"}',
        "tsconfig.json": "{}",
        "quickback/features/jobs/unused.json": "{}",
    }
    assert list(read(write(tmp_path, **texts)).all) == ["package.json", CONFIG]
