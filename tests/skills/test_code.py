"""Every example that assistants are shown compiles; the mistakes they are warned of are refused with a way back."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from qb_compiler import CheckResult, check_project

ROOT = Path(__file__).resolve().parents[2]
MATERIAL = [*(ROOT / "skills").rglob("*.md"), ROOT / "cursor_rules" / "quickback.mdc"]
FENCE = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)
PLACE = re.compile(r"// (quickback/\S+\.ts)\n")


@dataclass(frozen=True)
class Example:
    source: Path
    path: str
    text: str


def examples() -> list[Example]:
    found = []
    for source in sorted(MATERIAL):
        for language, text in FENCE.findall(source.read_text()):
            place = PLACE.match(text)
            assert language == "ts" and place, f"{source.name}: a fence that is no whole file of a project"
            found.append(Example(source, place[1], text))
    return found


def sample() -> dict[str, str]:
    """The files that the skill shows, as one project."""
    files: dict[str, str] = {}
    for example in examples():
        assert files.setdefault(example.path, example.text) == example.text, f"two versions of {example.path}"
    return files


def checked(root: Path, files: dict[str, str]) -> CheckResult:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return check_project(root)


def test_there_are_examples_in_the_skill_its_references_and_the_rule() -> None:
    assert {example.source.name for example in examples()} >= {"SKILL.md", "actions.md", "security.md", "quickback.mdc"}


def test_the_examples_are_one_project_without_errors_and_warnings(tmp_path: Path) -> None:
    result = checked(tmp_path, sample())
    assert [diagnostic.message for diagnostic in result.diagnostics] == []
    assert result.project is not None
    assert {resource.key for resource in result.project.resources} == {"tickets", "replies"}


TABLE, ACTIONS = "quickback/features/support/tickets.ts", "quickback/features/support/actions.ts"
WRONG = {
    "no firewall and no scope column": (
        TABLE,
        "firewall: { organization: {} },",
        "",
        'organizationId: text("organization_id").notNull(),',
        "",
    ),
    "a scope column in guards": (TABLE, 'updatable: ["subject"]', 'updatable: ["subject", "organizationId"]'),
    "an operation without access": (TABLE, "delete: { access: { roles: leads } }", "delete: {}"),
    "everyone as a star": (TABLE, "get: { access: { roles: team } }", 'get: { access: { roles: ["*"] } }'),
    "public on a tenant's rows": (TABLE, "get: { access: { roles: team } }", 'get: { access: { roles: ["PUBLIC"] } }'),
    "protected and updatable": (TABLE, 'updatable: ["subject"]', 'updatable: ["subject", "status"]'),
    "immutable and updatable": (TABLE, 'updatable: ["subject"]', 'updatable: ["subject", "channel"]'),
    "an action that does not exist": (TABLE, 'status: ["close"]', 'status: ["shut"]'),
    "a mask on no column": (TABLE, "masking: { customerEmail:", "masking: { customerMail:"),
    "a mask that does not exist": (TABLE, 'type: "email", show', 'type: "mail", show'),
    "an operator that does not exist": (TABLE, "createdBy: { equals:", "createdBy: { equal:"),
    "a condition on no column": (TABLE, "record: { createdBy:", "record: { createdByUser:"),
    "a view of no column": (TABLE, 'fields: ["id", "subject"', 'fields: ["id", "title"'),
    "exception beside a scope": (
        TABLE,
        "firewall: { organization: {} }",
        "firewall: { organization: {}, exception: true }",
    ),
    "a misspelt block": (TABLE, "guards: {", "guard: {"),
    "a call that would have to run": (TABLE, 'const team = ["owner", "admin", "member"];', "const team = loadRoles();"),
    "raw SQL": (
        ACTIONS,
        "async ({ db, record }) => {",
        "async ({ db, record }) => {\n      await db.run(sql`delete from tickets`);",
    ),
    "an action for no table": (ACTIONS, "defineActions(tickets, {", "defineActions(ticket, {"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_refused_with_its_place_and_a_way_back(tmp_path: Path, name: str) -> None:
    path, *replacements = WRONG[name]
    files = sample()
    for old, new in zip(replacements[::2], replacements[1::2], strict=True):
        assert old in files[path], f"the skill no longer shows {old!r}"
        files[path] = files[path].replace(old, new)
    result = checked(tmp_path, files)
    errors = [diagnostic for diagnostic in result.diagnostics if str(diagnostic.level) == "error"]
    assert errors, f"{name} was accepted"
    first = errors[0]
    assert first.primary is not None and first.primary.span.file.path.startswith("quickback/")
    assert first.hint or first.docs
    assert first.docs, f"{first.code} leads to no page"
    topic = first.docs.split("#")[0]
    assert any((ROOT / "docs_corpus" / name).exists() for name in (f"{topic}.md", f"{topic}/index.md")), topic
