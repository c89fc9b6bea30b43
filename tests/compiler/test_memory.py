"""A session that remembers finds and generates what a compile on its own does, whatever is edited in between."""

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qb_compiler import compile_project
from qb_compiler.model.memory import Memory

PROJECTS = Path(__file__).parents[1] / "http_suite" / "projects"
SAMPLES = sorted(path.name for path in PROJECTS.iterdir() if (path / "quickback").is_dir())
EDITS_A_SAMPLE = 14
_TIME = re.compile(r'"generatedAt": "[^"]*"')


def outcome(root: Path, memory: Memory | None) -> tuple[object, ...]:
    result = compile_project(root, write=False, memory=memory)
    shown = [(d.code, d.message, d.hint, d.primary, d.related, d.edits) for d in result.diagnostics]
    return {path: _TIME.sub("", text) for path, text in result.files.items() if "report" not in path}, repr(shown)


def shifted(text: str, draw: random.Random) -> str:
    return f"// a line more\n{text}"


def without_a_line(text: str, draw: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    del lines[draw.randrange(len(lines))]
    return "".join(lines)


def with_a_word_changed(text: str, draw: random.Random) -> str:
    found = draw.choice(list(re.finditer(r"\b[a-z]\w{3,}\b", text)))
    return f"{text[: found.start()]}{found[0]}x{text[found.end() :]}"


def with_a_line_twice(text: str, draw: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    at = draw.randrange(len(lines))
    return "".join([*lines[:at], lines[at], *lines[at:]])


EDITS: tuple[Callable[[str, random.Random], str], ...] = (
    shifted,
    without_a_line,
    with_a_word_changed,
    with_a_line_twice,
)


@pytest.mark.parametrize("sample", SAMPLES)
def test_after_every_edit_a_session_finds_and_generates_what_a_fresh_compile_does(sample: str, tmp_path: Path) -> None:
    shutil.copytree(PROJECTS / sample / "quickback", tmp_path / "quickback")
    draw, memory = random.Random(sample), Memory()
    files = sorted((tmp_path / "quickback").rglob("*.ts"))
    assert outcome(tmp_path, memory) == outcome(tmp_path, None)
    for _ in range(EDITS_A_SAMPLE):
        file = draw.choice(files)
        before = file.read_text()
        file.write_text(draw.choice(EDITS)(before, draw))
        assert outcome(tmp_path, memory) == outcome(tmp_path, None), file.name
        if draw.random() < 0.7:
            file.write_text(before)


TABLE = """import {{ sqliteTable, text }} from "drizzle-orm/sqlite-core";
import {{ defineTable }} from "@quickback/compiler";
import {{ READERS }} from "../shared/roles";

export const {name} = sqliteTable("{name}", {{
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  title: text("title").notNull(),
}});

export default defineTable({name}, {{
  firewall: {{ organization: {{}} }},
  guards: {{ createable: ["title"], updatable: [] }},
  crud: {{ list: {{ access: {{ roles: READERS }} }} }},
}});
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "quickback"
    shutil.copytree(PROJECTS / "counted" / "quickback", folder)
    write(tmp_path, "shared/roles.ts", 'export const READERS = ["member"];\n')
    write(tmp_path, "notes/notes.ts", TABLE.format(name="notes"))
    return tmp_path


def write(root: Path, path: str, text: str) -> None:
    file = root / "quickback" / "features" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def rules(root: Path, memory: Memory | None) -> str:
    files = compile_project(root, write=False, memory=memory).files
    return files.get("src/features/notes/notes.resource.ts", "")


def test_a_constant_that_other_files_import_reaches_them(root: Path) -> None:
    memory = Memory()
    assert 'roles: ["member"]' in rules(root, memory)
    write(root, "shared/roles.ts", 'export const READERS = ["owner"];\n')
    assert rules(root, memory) == rules(root, None)
    assert 'roles: ["owner"]' in rules(root, memory)


def test_a_change_of_a_constant_from_a_third_file_takes_its_value_away(root: Path) -> None:
    memory = Memory()
    compile_project(root, write=False, memory=memory)
    write(root, "shared/more.ts", 'import { READERS } from "./roles";\nREADERS.push("owner");\n')
    write(root, "notes/notes.ts", f'import "../shared/more";\n{TABLE.format(name="notes")}')
    assert [d.code for d in compile_project(root, write=False, memory=memory).diagnostics] == ["QB2012"]
    write(root, "shared/more.ts", 'import { READERS } from "./roles";\n')
    assert compile_project(root, write=False, memory=memory).ok


def test_files_that_come_and_go_are_noticed(root: Path) -> None:
    memory = Memory()
    assert compile_project(root, write=False, memory=memory).ok
    write(root, "tasks/tasks.ts", TABLE.format(name="tasks"))
    assert "src/features/tasks/tasks.routes.ts" in compile_project(root, write=False, memory=memory).files
    (root / "quickback" / "features" / "tasks" / "tasks.ts").unlink()
    assert "src/features/tasks/tasks.routes.ts" not in compile_project(root, write=False, memory=memory).files


def test_what_did_not_change_is_the_same_object(root: Path) -> None:
    memory = Memory()
    first = compile_project(root, write=False, memory=memory).project
    write(root, "notes/notes.ts", f"{TABLE.format(name='notes')}\n// done\n")
    second = compile_project(root, write=False, memory=memory).project
    assert first and second
    same = {a.key for a in first.resources for b in second.resources if a is b}
    assert same == {resource.key for resource in first.resources} - {"notes"}


def test_a_migration_that_a_person_edits_is_read_again(root: Path) -> None:
    memory = Memory()
    assert compile_project(root, memory=memory).written
    path = "quickback/drizzle/features/0000_initial.sql"
    assert compile_project(root, memory=memory).plan.updated == ()
    edited = (root / path).read_text(encoding="utf-8").replace("CREATE", "create")
    (root / path).write_text(edited, encoding="utf-8")
    for _ in range(2):
        again = compile_project(root, memory=memory)
        assert again.files[path] == edited and path in again.plan.unchanged
    (root / path).unlink()
    assert [d.code for d in compile_project(root, memory=memory).diagnostics] == ["QB6102"]


def test_a_compile_that_another_one_overtook_leaves_no_mixture(root: Path) -> None:
    assert compile_project(root).written
    overtaken: list[bool] = []

    def overtake(stage: str, step: int, steps: int) -> None:
        if stage == "verify" and not overtaken:
            table = TABLE.format(name="notes").replace('id: text("id")', 'more: text("more"),\n  id: text("id")', 1)
            write(root, "notes/notes.ts", table)
            overtaken.append(compile_project(root).written)

    assert compile_project(root, progress=overtake).written and overtaken == [True]
    again = compile_project(root)
    assert again.ok, again.diagnostics
    assert compile_project(root).plan.updated == ()
