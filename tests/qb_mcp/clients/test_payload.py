"""Skill, agent, rule and block: installed whole, told apart from a person's work, taken back exactly."""

from pathlib import Path

import pytest

from qb_mcp.clients import block, payload
from qb_mcp.clients.apply import apply
from qb_mcp.clients.block import Block
from qb_mcp.clients.kit import ClaudeScope, claude, cursor
from qb_mcp.clients.ledger import open_ledger
from qb_mcp.clients.payload import Payload
from qb_mcp.clients.plan import Plan
from qb_mcp.clients.status import Status, Verb
from qb_mcp.errors import QbError

KITS = [*(claude(scope) for scope in ClaudeScope), cursor()]
EVERY_KIT = pytest.mark.parametrize("kit", KITS, ids=["global", "local", "project", "cursor"])
BLOCK = Block("AGENTS.md", "## Quickback\n\nCompile.\n")


def snapshot(root: Path) -> dict[str, bytes | None]:
    return {str(path): path.read_bytes() if path.is_file() else None for path in sorted(root.rglob("*"))}


def install(kit: Payload, root: Path, *, force: bool = False) -> Plan:
    return carried_out(payload.plan_install(kit, open_ledger(root), force=force))


def remove(kit: Payload, root: Path, *, force: bool = False) -> Plan:
    return carried_out(payload.plan_remove(kit, open_ledger(root), force=force))


def carried_out(plan: Plan) -> Plan:
    apply(plan)
    return plan


def status(kit: Payload, root: Path) -> Status:
    return payload.overall(payload.stand(kit, open_ledger(root)))


def verbs(plan: Plan) -> set[Verb]:
    return {change.verb for change in plan.changes}


def older(kit: Payload) -> Payload:
    """The kit of an earlier version, with one file that is no longer shipped."""
    texts = {path: f"{text}\nquickback of yesterday\n" for path, text in kit.files.items()}
    gone = {f"{home}/references/gone.md": "quickback, gone\n" for home in kit.homes}
    return Payload(kit.name, {**texts, **gone}, kit.homes)


@EVERY_KIT
def test_install_and_remove_leave_nothing_behind(tmp_path: Path, kit: Payload) -> None:
    (tmp_path / ".cursor" / "rules").mkdir(parents=True)
    (tmp_path / ".claude").mkdir()
    before = snapshot(tmp_path)
    assert status(kit, tmp_path) is Status.MISSING
    assert verbs(install(kit, tmp_path)) == {Verb.CREATE}
    assert status(kit, tmp_path) is Status.CURRENT
    installed = snapshot(tmp_path)
    assert verbs(install(kit, tmp_path)) == {Verb.NOTHING}
    assert snapshot(tmp_path) == installed
    remove(kit, tmp_path)
    assert snapshot(tmp_path) == before


@EVERY_KIT
def test_an_earlier_version_is_outdated_updated_and_its_dropped_files_go(tmp_path: Path, kit: Payload) -> None:
    install(older(kit), tmp_path)
    assert status(kit, tmp_path) is Status.OUTDATED
    install(kit, tmp_path)
    assert status(kit, tmp_path) is Status.CURRENT
    assert not list(tmp_path.rglob("gone.md"))


@EVERY_KIT
def test_line_ends_that_version_control_changed_count_as_current(tmp_path: Path, kit: Payload) -> None:
    install(kit, tmp_path)
    for path in kit.files:
        target = tmp_path / path
        target.write_bytes(target.read_bytes().replace(b"\n", b"\r\n"))
    assert status(kit, tmp_path) is Status.CURRENT


@EVERY_KIT
def test_an_edited_file_is_kept_by_update_and_remove_and_overwritten_by_force(tmp_path: Path, kit: Payload) -> None:
    install(kit, tmp_path)
    edited = tmp_path / next(iter(kit.files))
    edited.write_text(edited.read_text() + "our own rule\n")
    text = edited.read_text()
    assert status(kit, tmp_path) is Status.MODIFIED
    assert install(kit, tmp_path).refused
    assert remove(kit, tmp_path).refused
    assert edited.read_text() == text
    install(kit, tmp_path, force=True)
    assert status(kit, tmp_path) is Status.CURRENT


@EVERY_KIT
def test_somebody_elses_file_is_refused_and_comes_back_after_force_and_remove(tmp_path: Path, kit: Payload) -> None:
    theirs = tmp_path / next(iter(kit.files))
    theirs.parent.mkdir(parents=True)
    theirs.write_text("a skill of somebody else\n")
    assert payload.stand(kit, open_ledger(tmp_path))[0].status is Status.FOREIGN
    assert install(kit, tmp_path).refused
    assert theirs.read_text() == "a skill of somebody else\n"
    install(kit, tmp_path, force=True)
    remove(kit, tmp_path)
    assert theirs.read_text() == "a skill of somebody else\n"
    assert not list(tmp_path.rglob("*.bak"))


@EVERY_KIT
def test_a_link_that_leads_outside_is_refused(tmp_path: Path, kit: Payload) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / Path(next(iter(kit.files))).parts[0]).symlink_to(outside)
    assert install(kit, root).refused
    assert not list(outside.iterdir())


def test_a_damaged_ledger_is_an_error_and_not_forgotten(tmp_path: Path) -> None:
    (tmp_path / ".quickback").mkdir()
    (tmp_path / ".quickback" / "tools.json").write_text("{]")
    with pytest.raises(QbError, match="damaged"):
        open_ledger(tmp_path)


@pytest.mark.parametrize("text", [None, "", "# Ours\n", "# Ours", "# Ours\r\n\r\nlines\r\n", "\ufeff# Ours\n"])
def test_a_block_goes_in_and_out_without_a_trace(tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "AGENTS.md"
    if text is not None:
        file.write_bytes(text.encode())
    before = snapshot(tmp_path)
    install_block(tmp_path)
    assert file.read_bytes().decode().startswith(text or "<!-- quickback:start -->")
    assert "Compile." in file.read_text()
    installed = snapshot(tmp_path)
    assert install_block(tmp_path) is Verb.NOTHING
    assert snapshot(tmp_path) == installed
    remove_block(tmp_path)
    assert snapshot(tmp_path) == before


def install_block(root: Path, text: str = BLOCK.text, *, force: bool = False) -> Verb:
    ledger = open_ledger(root)
    change = block.plan_install(Block("AGENTS.md", text), ledger, force=force)
    apply(Plan(ledger, (change,)))
    return change.verb


def remove_block(root: Path) -> Verb:
    ledger = open_ledger(root)
    change = block.plan_remove(BLOCK, ledger)
    apply(Plan(ledger, (change,)))
    return change.verb


def test_a_block_is_renewed_where_it_stands_and_text_around_it_stays(tmp_path: Path) -> None:
    file = tmp_path / "AGENTS.md"
    file.write_text("# Ours\n")
    install_block(tmp_path, "## Quickback\n\nYesterday.\n")
    file.write_text(file.read_text() + "\nadded later\n")
    assert install_block(tmp_path) is Verb.UPDATE
    assert "Yesterday" not in file.read_text()
    remove_block(tmp_path)
    assert file.read_text().startswith("# Ours\n")
    assert "added later" in file.read_text()
    assert "Compile." not in file.read_text()


def test_an_edited_block_is_kept_unless_forced(tmp_path: Path) -> None:
    install_block(tmp_path)
    file = tmp_path / "AGENTS.md"
    file.write_text(file.read_text().replace("Compile.", "Compile, but slowly."))
    assert install_block(tmp_path) is Verb.REFUSE
    assert remove_block(tmp_path) is Verb.REFUSE
    assert "slowly" in file.read_text()
    assert install_block(tmp_path, force=True) is Verb.UPDATE


def test_a_lone_marker_is_refused(tmp_path: Path) -> None:
    (tmp_path / "AGENTS.md").write_text("# Ours\n<!-- quickback:start -->\n")
    assert install_block(tmp_path, force=True) is Verb.REFUSE
