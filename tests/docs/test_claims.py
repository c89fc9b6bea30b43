"""What text claims in passing: names, statuses, commands, scripts and files are those of the product."""

import fnmatch
import re
from functools import cache
from pathlib import Path

import pytest

from docs.fences import all_fences
from docs.test_commands import OTHERS
from docs.test_names import INLINE, code
from lanes.packages import packages
from qb_compiler import compile_project
from qb_mcp.cli.commands import COMMANDS
from qb_mcp.corpus.load import bundled
from qb_mcp.scaffold.create import create
from qb_mcp.scaffold.template import template
from qb_mcp.server.prompts import PROMPTS
from qb_mcp.server.tools import offered_tools

FENCED = re.compile(r"```.*?```", re.DOTALL)
WORD = re.compile(r"[A-Za-z_]\w+")
STATUS = re.compile(r"\b([1-5]\d\d) `([A-Z]+(?:_[A-Z]+)+)`")
ROW = re.compile(r"^\| `([A-Z]+(?:_[A-Z]+)+)` \| (\d{3}) \|", re.MULTILINE)
THROWN = re.compile(r"\b(\d{3}),\s*\"\w+\",\s*\"([A-Z]+(?:_[A-Z]+)+)\"")
FILE = re.compile(r"`((?:src|reports|quickback/drizzle|\.quickback|scripts)/[\w./*<>-]+)`")
# Names of standards and browsers, placeholders, and parts of examples.
FOREIGN = {"HttpOnly", "SameSite", "visibilityState", "executionCtx", "jbs_0b9c", "cnd_", "_000"}


@cache
def prose() -> dict[str, str]:
    return {topic: FENCED.sub("", body) for topic, body in bundled().bodies.items()}


@cache
def words() -> frozenset[str]:
    """Every word of the product, of the examples, and of Better Auth, which the auth pages speak of."""
    better_auth = [
        path.read_text(encoding="utf-8")
        for package in ("better-auth", "@better-auth")
        for path in (packages() / package).rglob("*.mjs")
        if "node_modules" not in path.relative_to(packages() / package).parts
    ]
    examples = [fence.text for fence in all_fences("ts", "json", "http")]
    return frozenset(WORD.findall("\n".join([code(".ts", ".jinja", ".py", ".mjs"), *examples, *better_auth])))


def camel(name: str) -> str:
    """`created_at` as the column's property: `createdAt`."""
    return re.sub(r"_([a-z])", lambda match: match[1].upper(), name)


@pytest.mark.parametrize("topic", sorted(bundled().summaries))
def test_names_in_text_exist(topic: str) -> None:
    """Names of several words, as options, columns, tools and functions have."""
    named = {word for text in INLINE.findall(prose()[topic]) for word in WORD.findall(text)}
    several = {word for word in named if re.search(r"[a-z][A-Z]|[a-z]_[a-z]", word)} - FOREIGN
    assert not sorted(word for word in several if word not in words() and camel(word) not in words())


def test_tools_that_are_named_are_offered() -> None:
    """What is snake_case, and no name of the database or of OAuth, is a tool, a prompt, or something of the product."""
    offered = {tool.name for tool in offered_tools()} | {prompt.name for prompt in PROMPTS}
    page = prose()["plugins-tools/mcp-server"] + prose()["compiler/getting-started/claude-code"]
    named = {text for text in INLINE.findall(page) if re.fullmatch(r"[a-z]+(?:_[a-z]+)+", text)}
    assert named
    assert not sorted(named - offered - set(re.findall(r'"(\w+_\w+)"', code(".py"))))


def test_a_code_has_one_status_everywhere() -> None:
    statuses = dict(ROW.findall(prose()["compiler/using-the-api/errors"]))
    assert len(statuses) > 30
    wrong = [
        f"{topic}: {status} `{name}`"
        for topic, text in prose().items()
        for status, name in STATUS.findall(text)
        if statuses.get(name, status) != status
    ]
    assert not wrong


def test_the_statuses_on_the_page_of_errors_are_those_of_the_code() -> None:
    statuses = dict(ROW.findall(prose()["compiler/using-the-api/errors"]))
    thrown = {(name, status) for status, name in THROWN.findall(code(".ts", ".jinja"))}
    assert len(thrown) > 15
    assert not sorted((name, status) for name, status in thrown if statuses.get(name, status) != status)


def test_commands_that_are_named_exist() -> None:
    commands = {name for name, _, _ in COMMANDS} | {name.split()[0] for name, _, _ in COMMANDS}
    named = {
        text.split()[1]
        for body in prose().values()
        for text in INLINE.findall(body)
        if text.startswith("quickback ") and re.match(r"[a-z][a-z-]*$", text.split()[1])
    }
    assert not sorted(named - commands)


@cache
def project(root: Path) -> Path:
    """A compiled project of the template."""
    made = create(template("cloudflare"), str(root / "sample")).root
    assert compile_project(made).ok
    return made


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("claims"))


def test_scripts_that_are_named_are_written(compiled: Path) -> None:
    scripts = (compiled / "package.json").read_text(encoding="utf-8")
    named = {match for body in prose().values() for match in re.findall(r"`npm run ([\w:]+)", body)}
    audit = {"db:migrate:audit:local", "db:migrate:audit:remote"}
    assert not sorted(name for name in named - audit if f'"{name}":' not in scripts)


def test_files_that_are_named_are_written(compiled: Path) -> None:
    """`<name>` and `*` stand for any name."""
    files = [path.relative_to(compiled).as_posix() for path in compiled.rglob("*")]
    named = {match for body in prose().values() for match in FILE.findall(body)}
    named |= listed("compiler/config/output")
    patterns = {re.sub(r"<\w+>", "*", name.strip(",").rstrip("/")) for name in named}
    missing = {name for name in patterns if not fnmatch.filter(files, name)}
    assert not sorted(missing - {"quickback/drizzle/audit"})


def listed(topic: str) -> set[str]:
    """The paths in the first listing of files on a page; what is indented is in the folder above."""
    folder, found = "", set()
    for line in next(fence.text for fence in all_fences("text") if fence.topic == topic).splitlines():
        names = re.split(r"\s{2,}(?=[a-zA-Z`])", line.strip())[0].replace(",", " ").split()
        if not line.startswith(" "):
            folder = names[0] if names[0] == "src/" else ""
        found |= {folder + name if line.startswith(" ") else name for name in names}
    return found


@pytest.mark.parametrize("name", ["cloudflare", "b2b-saas"])
def test_the_page_of_a_template_lists_what_create_makes(name: str, tmp_path: Path) -> None:
    """Every file of the author's, and whatever else stands at the top."""
    topic = f"compiler/getting-started/template-{name}"
    shown = next(fence.text for fence in all_fences("text") if fence.topic == topic)
    listed = {word.rstrip("/") for word in re.findall(r"[\w.-]*\w[\w-]*\.\w+|\.\w+|\w+/", shown)}
    made = create(template(name), str(tmp_path / "my-app"))
    paths = [Path(path) for path in made.files]
    wanted = {path.name for path in paths if path.parts[0] == "quickback"} | {path.parts[0] for path in paths}
    assert not sorted(wanted - listed)
    assert not sorted(listed - {part for path in paths for part in path.parts} - {"my-app", "app"})


def test_programs_in_text_are_known() -> None:
    """A command line in text starts with ours or with one of those that blocks may use."""
    named = {
        text.split()[0] for body in prose().values() for text in INLINE.findall(body) if re.match(r"\w+ --?\w", text)
    }
    assert not sorted(named - OTHERS - {"quickback", "node"})
