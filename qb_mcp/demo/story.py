"""What the demo shows, in order, and the table it ends with."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import anyio

from qb_mcp.demo.assistant import Assistant, assistant
from qb_mcp.demo.node import find_node
from qb_mcp.demo.person import Answer, Person
from qb_mcp.demo.worker import Workshop
from qb_mcp.errors import QbError
from qb_mcp.scaffold.create import create
from qb_mcp.scaffold.template import template

_CANDIDATE = {
    "name": "Ada Moreno",
    "email": "ada.moreno@mail.example",
    "phone": "+1 555 010 4477",
    "source": "referral",
}
_LIST = "/api/v1/candidates"
_WIDEST = 90


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: who did what, what came back, and whether that is what a tenant-safe API answers."""

    who: str
    organization: str
    did: str
    got: str
    as_promised: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened; `folder` is the project, where it was kept."""

    rows: tuple[Row, ...]
    seconds: float
    folder: Path | None

    @property
    def as_promised(self) -> bool:
        return all(row.as_promised for row in self.rows)


@dataclass(frozen=True, slots=True)
class Teller:
    """Where the story is told: `step` opens one and returns what closes it with a remark."""

    step: Callable[[str], Callable[[str], None]]


def tell(teller: Teller, *, keep: bool) -> Outcome:
    """Run the demo from an empty folder to an answered table."""
    started = time.monotonic()
    node = find_node()
    with _folder(keep) as folder:
        project = _create(teller, folder)
        workshop = Workshop.at(project, node, folder)
        _converse(teller, workshop)
        done = teller.step("npm install")
        workshop.install()
        done(f"Node {node.version} from {node.origin}")
        done = teller.step("npm run db:migrate:local")
        workshop.migrate()
        done("two local D1 databases")
        done = teller.step("npm run dev")
        with workshop.serving() as url:
            done(url)
            done = teller.step("two users, two organizations, one colleague")
            rows = tuple(_play(url))
            done(f"{len(rows)} requests judged")
        return Outcome(rows, time.monotonic() - started, project if keep else None)


@contextmanager
def _folder(keep: bool) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="quickback-demo-"))
    try:
        yield folder
    except QbError as error:
        raise QbError(error.message, f"{error.hint}\nkept: {folder}" if keep else error.hint) from error
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def _create(teller: Teller, folder: Path) -> Path:
    done = teller.step("quickback create cloudflare hiring-demo")
    created = create(template("cloudflare"), str(folder / "hiring-demo"))
    done(f"{len(created.files)} files in {created.root}")
    return created.root


def _converse(teller: Teller, workshop: Workshop) -> None:
    """The assistant's part. Task groups wrap what goes wrong inside them; a person wants the thing itself."""
    try:
        anyio.run(_with_assistant, teller, workshop)
    except BaseExceptionGroup as group:
        error: BaseException = group
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        raise error from None


async def _with_assistant(teller: Teller, workshop: Workshop) -> None:
    done = teller.step("quickback mcp, as an AI client starts it")
    async with assistant(workshop.project, workshop.environment) as client:
        done(f"{len(await client.tools())} tools")
        await _ask(teller, client, workshop.project)


async def _ask(teller: Teller, client: Assistant, project: Path) -> None:
    done = teller.step('get_doc "firewal"')
    text = await client.ask("get_doc", topic="firewal")
    done(next((line.lstrip("# ") for line in text.splitlines() if line.strip()), ""))
    done = teller.step("list_features")
    done(_telling_line(await client.ask("list_features")))
    done = teller.step("compile")
    done(_telling_line(await client.ask("compile")))
    done = teller.step("compile write:true")
    said = await client.ask("compile", write=True)
    done(_telling_line(said))
    if not (project / "package.json").exists():
        raise QbError("the sample does not compile", said)


def _telling_line(text: str) -> str:
    """The first line that says something about the answer itself."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    line = next((line for line in lines if not line.startswith("Project ")), "")
    return line if len(line) <= _WIDEST else line[: _WIDEST - 1] + "…"


def _play(url: str) -> Iterator[Row]:
    """Olga owns Northwind, Mia is a member there, Rita owns a rival. What may each see and do?"""
    olga, mia, rita = _cast(url)
    made = olga.call("POST", _LIST, _CANDIDATE)
    if made.status != 201:
        raise QbError(f"creating a candidate answered {made.status}", str(made.body))
    one = f"{_LIST}/{made.text('id')}"
    owner, member, rival = ("Olga, owner", "Northwind"), ("Mia, member", "Northwind"), ("Rita, owner", "Rival")
    yield Row(*owner, "adds a candidate", "201 stage: " + made.text("stage"), True)
    yield _field(olga.call("GET", one), owner, "reads the e-mail", "email", _CANDIDATE["email"])
    yield _field(mia.call("GET", one), member, "reads the e-mail", "email", "a*********@m***.example")
    yield _refusal(mia.call("POST", _LIST, _CANDIDATE), member, "adds a candidate", "ACCESS_ROLE_REQUIRED")
    yield _refusal(olga.call("PATCH", one, {"stage": "hired"}), owner, "edits the stage", "GUARD_FIELD_PROTECTED")
    yield _field(olga.call("POST", f"{one}/advance", {"stage": "offer"}), owner, "uses the action", "stage", "offer")
    yield _refusal(rita.call("GET", one), rival, "reads it by id", "FIREWALL_NOT_FOUND")
    yield _refusal(rita.call("PATCH", one, {"name": "x"}), rival, "renames it", "FIREWALL_NOT_FOUND")
    yield _refusal(rita.call("DELETE", one), rival, "deletes it", "FIREWALL_NOT_FOUND")
    yield _count(rita.call("GET", _LIST), rival, 0)
    yield _count(mia.call("GET", _LIST), member, 1)
    yield _refusal(Person(url, "Nobody").call("GET", _LIST), ("not signed in", ""), "lists candidates", "AUTH_MISSING")


def _cast(url: str) -> tuple[Person, Person, Person]:
    """An owner with a member in one organization, and the owner of another: made over HTTP, as in life."""
    olga, mia, rita = (Person(url, name) for name in ("Olga", "Mia", "Rita"))
    for person in (olga, mia, rita):
        person.sign_up()
    olga.found("Northwind")
    rita.found("Rival")
    olga.invite(mia, "member")
    return olga, mia, rita


def _field(answer: Answer, who: tuple[str, str], did: str, key: str, expected: str) -> Row:
    got = answer.text(key) or answer.text("code")
    said = got if key == "email" else f"{key}: {got}"
    return Row(*who, did, f"{answer.status} {said}", answer.status == 200 and got == expected)


def _refusal(answer: Answer, who: tuple[str, str], did: str, code: str) -> Row:
    got = answer.text("code")
    return Row(*who, did, f"{answer.status} {got}", got == code and answer.status >= 400)


def _count(answer: Answer, who: tuple[str, str], expected: int) -> Row:
    rows = answer.body.get("data") if isinstance(answer.body, dict) else None
    count = len(rows) if isinstance(rows, list) else -1
    said = f"{answer.status} {count} row{'' if count == 1 else 's'}"
    return Row(*who, "lists candidates", said, answer.status == 200 and count == expected)
