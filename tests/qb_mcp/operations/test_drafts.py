"""Drafts of tables and actions compile as they are, with the access that their scope promises, for any combination."""

import json
from collections.abc import Iterable
from itertools import product
from pathlib import Path

import pytest

from bench.project import CONFIG
from lanes.build import biome, tsc
from qb_mcp.errors import QbError
from qb_mcp.operations.access import access_matrix
from qb_mcp.operations.compiling import check, compile_files
from qb_mcp.operations.drafts.action import draft_action
from qb_mcp.operations.drafts.scopes import SCOPES, Scope
from qb_mcp.operations.drafts.table import draft_table
from qb_mcp.operations.drafts.wish import Operation, Words, read_wish

COLUMNS = {
    "none": (),
    "types": (
        "title",
        "amount:integer?",
        "ratio:real",
        "price:decimal",
        "active:boolean",
        "due:timestamp?",
        "more:json?",
    ),
    "choices": ("state:draft|open|closed", "kind:a|b?", "some_longer_name:first choice|second-choice|third"),
    "many choices": (f"letter:{'|'.join('word ' + chr(97 + n) for n in range(20))}", "shade:light|dark?"),
    "private": ("workEmail", "phone?", "iban:text", "apiKey:text?", "mobileKind:work|home", "cardNumber:integer"),
    "set by the server": ("id", "createdAt:timestamp", "ownerId", "organization_id"),
}
OPERATIONS: dict[str, tuple[Operation, ...]] = {
    "all": (),
    "list": ("list",),
    "read": ("list", "get"),
    "create": ("create",),
    "change": ("get", "update"),
    "delete": ("delete",),
}


def write_drafts(root: Path, wishes: Iterable[Words]) -> Path:
    """A project with a table for each wish, and an action on it."""
    (root / "quickback").mkdir(parents=True)
    (root / "quickback" / "quickback.config.ts").write_text(CONFIG, encoding="utf-8")
    for words in wishes:
        wish = read_wish(words)
        for draft in (draft_table(wish), draft_action(wish, "approve")):
            (root / draft.path).parent.mkdir(parents=True, exist_ok=True)
            (root / draft.path).write_text(draft.text, encoding="utf-8")
    return root


@pytest.mark.parametrize("scope", SCOPES)
def test_every_combination_compiles_without_a_word(scope: Scope, tmp_path: Path) -> None:
    wishes = [
        Words(f"{columns}-{operations}-rows".replace(" ", "-"), "", scope, COLUMNS[columns], OPERATIONS[operations])
        for columns, operations in product(COLUMNS, OPERATIONS)
    ]
    assert check(write_drafts(tmp_path / "project", wishes)).findings == ()


def test_drafts_are_formatted_and_what_is_compiled_from_them_type_checks(tmp_path: Path) -> None:
    wishes = [
        Words(f"{scope}-{kind}", scope, scope, COLUMNS[kind]) for scope, kind in product(SCOPES, ("types", "private"))
    ]
    root = write_drafts(tmp_path / "project", [*wishes, Words("states", columns=COLUMNS["choices"])])
    outcome = compile_files(root, write=True)
    assert (outcome.written, outcome.findings) == (True, ())
    settings = {"formatter": {"lineWidth": 120, "indentStyle": "space"}, "linter": {"enabled": False}}
    (root / "biome.json").write_text(json.dumps(settings), encoding="utf-8")
    biome(root, "format", "quickback/features")
    tsc(root)


ORGANIZATION = {
    "anonymous": set(),
    "signed-in": set(),
    "member": {"list", "get"},
    "admin": {"list", "get", "create", "update", "delete"},
}
PLATFORM = {"member": {"list", "get"}, "member + admin": {"list", "get", "create", "update", "delete"}}
EXPECTED: dict[Scope, dict[str, set[str]]] = {
    "organization": ORGANIZATION,
    "owner": {**ORGANIZATION, "member": ORGANIZATION["admin"]},
    "personal": {"anonymous": set(), "signed-in": ORGANIZATION["admin"]},
    "shared": {"anonymous": set(), "signed-in": {"list", "get"}, **PLATFORM},
    "public": {"anonymous": {"list", "get"}, "signed-in": {"list", "get"}, **PLATFORM},
}
ROWS: dict[Scope, dict[str, str]] = {
    "organization": {"member": "organizationId = the caller's organization"},
    "owner": {
        "member": "organizationId = the caller's organization and ownerId = the caller",
        "admin": "organizationId = the caller's organization",
    },
    "personal": {"signed-in": "ownerId = the caller"},
    "shared": {"signed-in": "deletedAt = null"},
    "public": {"anonymous": "deletedAt = null"},
}


@pytest.mark.parametrize("scope", SCOPES)
def test_who_can_do_what_is_what_the_scope_says(scope: Scope, tmp_path: Path) -> None:
    root = write_drafts(tmp_path / "project", [Words("rows", "", scope, ("title", "contactEmail"))])
    cells = access_matrix(root, "rows")
    for subject, operations in EXPECTED[scope].items():
        can = {c.operation for c in cells if c.subject == subject and c.column is None and c.verdict == "yes"}
        usual = {operation for operation in can if not operation.startswith(("batch", "action"))}
        assert usual == operations, subject
        assert ("action approve" in can) == ("update" in operations), subject
    for subject, rows in ROWS[scope].items():
        [cell] = [c for c in cells if (c.subject, c.operation, c.column) == (subject, "list", None)]
        assert rows in cell.rows
    [email] = [c for c in cells if (c.subject, c.operation, c.column) == (first_reader(scope), "list", "contactEmail")]
    assert email.verdict == ("masked unless owner" if scope in ("owner", "personal") else "masked")


def first_reader(scope: Scope) -> str:
    return next(subject for subject, operations in EXPECTED[scope].items() if operations)


def test_only_what_was_asked_for_is_there() -> None:
    text = draft_table(read_wish(Words("Job Postings", "hiring", columns=("title",), operations=("list",)))).text
    assert "create" not in text
    assert "guards" not in text
    assert 'export const jobPostings = sqliteTable("job_postings", {' in text


def test_what_the_server_sets_is_left_out_and_told() -> None:
    draft = draft_table(read_wish(Words("jobs", columns=("id", "title", "created_at:timestamp"))))
    assert draft.notes == ("Left out, as the server sets them: id, createdAt.",)
    assert draft.path == "quickback/features/jobs/jobs.ts"


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (Words("delete"), "`delete` is taken"),
        (Words("actions"), "`actions` is taken"),
        (Words("text"), "`text` is taken"),
        (Words("../../etc/passwd"), "cannot be the name of a file"),
        (Words("a\u202eb"), "cannot be the name of a file"),
        (Words("2fa"), "cannot be the name of a file"),
        (Words("jobs", "../up"), "cannot be the name of a file"),
        (Words("jobs", columns=("title:txet",)), "`txet` is no type of a column"),
        (Words("jobs", columns=('x"); process.exit(); ("',)), "is no column"),
        (Words("jobs", columns=('state:a|b"});//',)), "is no choice"),
        (Words("jobs", columns=("state:|",)), "is no choice"),
        (Words("jobs", columns=("title", "title")), "the same name"),
        (Words("jobs", columns=("dueAt", "due_at")), "the same name"),
        (Words("jobs", columns=("",)), "is no column"),
        (Words("jobs", columns=tuple(f"c{n}" for n in range(61))), "too many"),
    ],
)
def test_what_cannot_be_is_refused_with_a_way_out(words: Words, complaint: str) -> None:
    with pytest.raises(QbError, match=complaint) as raised:
        draft_table(read_wish(words))
    assert raised.value.hint


@pytest.mark.parametrize("name", ["", "delete", "x-y", "a b", "Approve", "a'", "__proto__"])
def test_what_cannot_be_the_name_of_an_action_is_refused(name: str) -> None:
    with pytest.raises(QbError, match="cannot be the name of an action"):
        draft_action(read_wish(Words("jobs")), name)


def test_a_near_type_is_suggested() -> None:
    with pytest.raises(QbError) as raised:
        read_wish(Words("jobs", columns=("due:timestmp",)))
    assert raised.value.hint.startswith("did you mean `timestamp`?")
