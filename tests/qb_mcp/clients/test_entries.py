"""Every client, scope and state of its file: others unchanged, idempotent, taken back exactly."""

import json
import tomllib
from pathlib import Path

import pytest

from qb_mcp.clients import files
from qb_mcp.clients.apply import apply
from qb_mcp.clients.catalogue import CLIENTS
from qb_mcp.clients.client import Client, Launch, Machine, Scope
from qb_mcp.clients.entries import Entry, entry, plan_install, plan_remove, stand
from qb_mcp.clients.ledger import open_ledger
from qb_mcp.clients.plan import Change, Plan
from qb_mcp.clients.status import Status, Verb

LAUNCH = Launch("/opt/my tools/quickback", ("mcp",))
PLACES = [(client, scope) for client in CLIENTS for scope in client.scopes]
EVERYWHERE = pytest.mark.parametrize(("client", "scope"), PLACES, ids=[f"{c.slug}-{s}" for c, s in PLACES])


def others(client: Client) -> dict[str, str]:
    """Texts of one client's file that hold other people's settings, by what is special about them."""
    key = client.keys[0]
    if client.format.name == "toml":
        table = f'[{key}.other]\ncommand = "a"\n\n[profile.deep]\nnote = """\n[{key}.quickback]\n"""\n'
        plain = f'model = "x" # mine\n\n{table}'
        return {
            "empty": "",
            "plain": plain,
            "no last newline": 'model = "x"',
            "comments": "# first\n[a] # why\nb = 1\n# last\n",
            "crlf": plain.replace("\n", "\r\n"),
            "bom": "\ufeff" + plain,
            "out of order": f"[{key}.a] # one\nx = 1\n[b]\ny = 1\n[{key}.c] # two\nz = 1\n# last\n",
            "arrays of tables": f"[[a]]\nx = 1\n[{key}.o]\n[[b]]\ny = 1\n[[b]]\n",
            "holder with a header": f"[{key}] # the servers\nx = 1\n# end\n[z]\n",
        }
    if client.format.name == "yaml":
        plain = f"GOOSE_MODEL: x # mine\n{key}:\n  other:\n    cmd: a # b\n    args:\n    - c\n\n# last\nz: [1, 2]\n"
        return {
            "empty": "",
            "plain": plain,
            "other indent": f"{key}:\n    other:\n        cmd: a\n",
            "empty holder": f"a: 1\n{key}: {{}} # none\n",
            "null holder": f"{key}:\nb: 2\n",
            "no last newline": "a: 1",
            "crlf": plain.replace("\n", "\r\n"),
        }
    plain = json.dumps({"theme": "dark", key: {"other": {"command": "a", "args": ["b"]}}, "z": [1, {"a": 2}]}, indent=2)
    texts = {
        "empty": "",
        "blank": " \n",
        "braces": "{}",
        "spaced braces": "{ }\n",
        "plain": plain + "\n",
        "tabs": json.dumps(json.loads(plain), indent="\t") + "\n",
        "minified": json.dumps(json.loads(plain), separators=(",", ":")),
        "no holder": '{\n    "theme": "dark"\n}',
        "empty holder": f'{{\n  "{key}": {{}}\n}}\n',
        "crlf": plain.replace("\n", "\r\n") + "\r\n",
        "bom": "\ufeff" + plain + "\n",
    }
    if client.format.name == "jsonc":
        texts["comments"] = (
            f'// top\n{{\n  "theme": 1, // why\n  "{key}": {{\n    /* one */ "o": {{}} // two\n    // end\n  }}\n}}\n'
        )
        texts["trailing comma"] = f'{{\n  "{key}": {{\n    "o": {{}}, // two\n  }},\n}}\n// after\n'
        texts["only a comment"] = f'{{\n  "{key}": {{\n    // none yet\n  }}\n}}\n'
    return texts


def malformed(client: Client) -> str:
    return {"toml": "a = = 1\n", "yaml": "a: [1\nb: {\n"}.get(client.format.name, '{"a": 1,, "b"}')


def is_kept(before: str, after: str) -> bool:
    """Whether the one text is the other with something put in; an empty holder may have been opened."""
    rest = iter(after)
    return all(letter in rest for letter in before if not letter.isspace())


class Place:
    """One client's file on a machine and in a project that belong to the test."""

    def __init__(self, folder: Path, client: Client, scope: Scope) -> None:
        self.client, self.scope, self.folder = client, scope, folder
        self.machine = Machine(folder / "home", {}, "linux")
        self.root = folder / "home" if scope is Scope.USER else folder / "project"
        self.root.mkdir(parents=True)
        self.path = client.file(scope, self.machine, self.root)

    def entry(self, launch: Launch = LAUNCH) -> Entry:
        return entry(self.client, self.scope, launch, self.machine, open_ledger(self.root))

    def write(self, text: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_bytes(text.encode())

    def install(self, launch: Launch = LAUNCH, *, force: bool = False) -> Change:
        return self._do(plan_install(self.entry(launch), force=force))

    def remove(self, launch: Launch = LAUNCH, *, force: bool = False) -> Change:
        return self._do(plan_remove(self.entry(launch), force=force))

    def _do(self, change: Change) -> Change:
        apply(Plan(open_ledger(self.root), (change,)))
        return change

    def snapshot(self) -> dict[str, bytes | None]:
        """Every file and folder of the test's machine and project."""
        found = sorted(self.folder.rglob("*"))
        return {str(path): path.read_bytes() if path.is_file() else None for path in found}

    def data(self) -> object:
        text = self.path.read_text(encoding="utf-8")
        return tomllib.loads(text) if self.client.format.name == "toml" else self.client.format.read(text)


@EVERYWHERE
def test_install_without_a_file_creates_it_and_remove_leaves_nothing_behind(
    tmp_path: Path, client: Client, scope: Scope
) -> None:
    place = Place(tmp_path, client, scope)
    before = place.snapshot()
    assert place.install().verb is Verb.CREATE
    assert stand(place.entry()).status is Status.CURRENT
    assert place.remove().verb is Verb.DELETE
    assert place.snapshot() == before


@EVERYWHERE
def test_install_keeps_everything_else_and_remove_is_its_inverse(tmp_path: Path, client: Client, scope: Scope) -> None:
    for number, (name, text) in enumerate(others(client).items()):
        place = Place(tmp_path / str(number), client, scope)
        place.write(text)
        before = place.snapshot()
        place.install()
        assert is_kept(text.replace(": {}", ":"), place.path.read_bytes().decode()), name
        assert stand(place.entry()).status is Status.CURRENT, name
        place.remove()
        assert place.snapshot() == before, name


@EVERYWHERE
def test_a_second_install_changes_no_byte(tmp_path: Path, client: Client, scope: Scope) -> None:
    for number, text in enumerate(others(client).values()):
        place = Place(tmp_path / str(number), client, scope)
        place.write(text)
        place.install()
        before = place.snapshot()
        assert place.install().verb is Verb.NOTHING
        assert place.snapshot() == before


@EVERYWHERE
def test_an_entry_of_ours_with_an_old_command_is_outdated_and_updated_and_still_taken_back(
    tmp_path: Path, client: Client, scope: Scope
) -> None:
    for number, text in enumerate(others(client).values()):
        place = Place(tmp_path / str(number), client, scope)
        place.write(text)
        before = place.snapshot()
        place.install(Launch("/old/quickback", ("mcp",)))
        assert stand(place.entry()).status is Status.OUTDATED
        assert place.install().verb is Verb.UPDATE
        assert stand(place.entry()).status is Status.CURRENT
        place.remove()
        assert place.snapshot() == before


@EVERYWHERE
def test_later_edits_of_other_settings_survive_removal(tmp_path: Path, client: Client, scope: Scope) -> None:
    place = Place(tmp_path, client, scope)
    place.install()
    holder = (*client.keys, "added-later")
    edited = client.format.put(place.path.read_text(), holder, {"command": "theirs"})
    place.write(edited)
    place.remove()
    rest = client.format.read(place.path.read_text())
    for key in client.keys:
        rest = rest[key]  # type: ignore[assignment]
    assert rest == {"added-later": {"command": "theirs"}}


@EVERYWHERE
def test_an_entry_that_a_person_edited_is_kept_unless_forced(tmp_path: Path, client: Client, scope: Scope) -> None:
    place = Place(tmp_path, client, scope)
    place.install()
    edited = client.format.put(place.path.read_text(), client.path, {"command": "quickback", "args": ["mcp", "--x"]})
    place.write(edited)
    before = place.snapshot()
    for change in (place.install(), place.remove()):
        assert (change.verb, change.status) == (Verb.REFUSE, Status.MODIFIED)
        assert "quickback" in change.snippet
        assert place.snapshot() == before
    assert place.install(force=True).verb is Verb.UPDATE
    assert stand(place.entry()).status is Status.CURRENT


@EVERYWHERE
def test_a_foreign_entry_of_the_same_name_is_refused_and_comes_back_after_force_and_remove(
    tmp_path: Path, client: Client, scope: Scope
) -> None:
    place = Place(tmp_path, client, scope)
    place.write(client.format.put("", client.path, {"command": "something-else", "args": []}))
    before = place.snapshot()
    for change in (place.install(), place.remove()):
        assert (change.verb, change.status) == (Verb.REFUSE, Status.FOREIGN)
        assert place.snapshot() == before
    assert place.install(force=True).verb is Verb.UPDATE
    place.remove()
    assert place.snapshot() == before


@EVERYWHERE
def test_a_malformed_file_is_refused_with_its_line_and_left_alone(tmp_path: Path, client: Client, scope: Scope) -> None:
    place = Place(tmp_path, client, scope)
    place.write(malformed(client))
    before = place.snapshot()
    for change in (place.install(), place.install(force=True), place.remove()):
        assert (change.verb, change.status) == (Verb.REFUSE, Status.UNREADABLE)
        assert "line 1" in change.reason
        assert "quickback" in change.snippet
        assert place.snapshot() == before


@EVERYWHERE
def test_a_file_that_is_not_text_is_refused(tmp_path: Path, client: Client, scope: Scope) -> None:
    place = Place(tmp_path, client, scope)
    place.write("")
    place.path.write_bytes(b"\xff\xfe{\x00}\x00")
    assert place.install(force=True).verb is Verb.REFUSE
    assert place.path.read_bytes() == b"\xff\xfe{\x00}\x00"


@EVERYWHERE
def test_a_read_only_file_is_refused(tmp_path: Path, client: Client, scope: Scope) -> None:
    place = Place(tmp_path, client, scope)
    place.write(others(client)["plain"])
    place.path.chmod(0o444)
    assert place.install().verb is Verb.REFUSE
    assert place.path.read_bytes().decode() == others(client)["plain"]


@EVERYWHERE
def test_a_link_is_refused_and_with_force_its_target_is_edited_in_place(
    tmp_path: Path, client: Client, scope: Scope
) -> None:
    place = Place(tmp_path, client, scope)
    target = tmp_path / "dotfiles"
    target.write_bytes(others(client)["plain"].encode())
    place.path.parent.mkdir(parents=True, exist_ok=True)
    place.path.symlink_to(target)
    assert place.install().verb is Verb.REFUSE
    assert place.install(force=True).verb is Verb.UPDATE
    assert place.path.is_symlink()
    assert stand(place.entry(), force=True).status is Status.CURRENT
    place.remove(force=True)
    assert target.read_bytes().decode() == others(client)["plain"]
    assert place.path.is_symlink()


@EVERYWHERE
def test_the_file_keeps_its_mode(tmp_path: Path, client: Client, scope: Scope) -> None:
    place = Place(tmp_path, client, scope)
    place.write(others(client)["plain"])
    place.path.chmod(0o600)
    place.install()
    assert place.path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("client", [c for c in CLIENTS if c.user], ids=lambda client: client.slug)
def test_a_persons_own_file_is_backed_up_once(tmp_path: Path, client: Client) -> None:
    place = Place(tmp_path, client, Scope.USER)
    place.write(others(client)["plain"])
    place.install(Launch("/old/quickback", ("mcp",)))
    place.install()
    backup = place.path.with_name(place.path.name + ".quickback.bak")
    assert backup.read_bytes().decode() == others(client)["plain"]


def test_a_file_that_changes_under_our_hands_is_not_overwritten(tmp_path: Path) -> None:
    place = Place(tmp_path, CLIENTS[0], Scope.USER)
    place.write("{}")
    change = plan_install(place.entry())
    place.write('{"a": 1}')
    with pytest.raises(Exception, match="changed while"):
        apply(Plan(open_ledger(place.root), (change,)))
    assert files.read(place.path).text == '{"a": 1}'
