"""Whatever the documentation names exists in the code, and what the code offers is in the documentation."""

import re
from functools import cache
from pathlib import Path

import pytest

from docs.fences import all_fences
from qb_compiler.codes import CODES
from qb_mcp import corpus
from qb_mcp.corpus.load import bundled
from qb_mcp.server.prompts import PROMPTS
from qb_mcp.server.tool import Tool
from qb_mcp.server.tools import offered_tools

ROOT = Path(__file__).parents[2]
INLINE = re.compile(r"`([^`\n]+)`")
UPPER = re.compile(r"[A-Z]+(?:_[A-Z0-9]+)+\Z")
LITERAL = re.compile(r"\"([A-Z]+(?:_[A-Z]+)+)\"")
CODE = re.compile(r"\bQB\d{4}\b")
FLAG = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
HEADER = re.compile(r"\bX-[A-Z][A-Za-z-]+")
API_PATH = re.compile(r"/(?:api|auth)/v1/[a-z][a-z-]*(?:/[a-z-]+)?")
# Read by Python or by other programs that the pages speak of, not by code of ours that could be searched.
OUTSIDE = {"--local", "--remote", "--command", "--exit-code", "--test"}


@cache
def code(*suffixes: str, folder: str = "") -> str:
    """The text of the product's code, or that of one folder."""
    folders = [ROOT / folder] if folder else [ROOT / "compiler", ROOT / "qb_mcp"]
    paths = (path for one in folders for path in sorted(one.rglob("*")) if path.suffix in suffixes)
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


@cache
def error_codes() -> frozenset[str]:
    """Every code that the compiled API can answer with: text in capitals, but for names of the environment."""
    return frozenset(LITERAL.findall(code(".ts", ".jinja", folder="compiler"))) - worker_names()


@cache
def worker_names() -> frozenset[str]:
    """Bindings and variables of the Worker."""
    used = re.findall(r"env\.([A-Z][A-Z_]+)", code(".ts", ".jinja"))
    return frozenset(used) | {"DB", "AUTH_DB", "AUDIT_DB"}


@cache
def documented() -> str:
    return "\n".join(bundled().bodies.values())


def explained() -> str:
    """What is said outside of examples: a key that only an example shows is not documented."""
    return re.sub(r"^```.*?^```", "", documented(), flags=re.DOTALL | re.MULTILINE)


def body(topic: str) -> str:
    page = corpus.page(topic)
    assert page
    return page.body


def inline(text: str) -> set[str]:
    return set(INLINE.findall(text))


def test_there_are_error_codes_to_compare_with() -> None:
    assert {"AUTH_MISSING", "FIREWALL_NOT_FOUND", "GUARD_FIELD_PROTECTED", "BATCH_ATOMIC_FAILED"} <= error_codes()


def test_every_error_code_of_the_api_is_explained_on_the_page_of_errors() -> None:
    assert not sorted(error_codes() - inline(body("compiler/using-the-api/errors")))


def test_every_name_in_capitals_is_in_the_code() -> None:
    named = {name for name in inline(documented()) if UPPER.match(name)}
    everything = code(".ts", ".jinja", ".py", ".mjs")
    assert not sorted(name for name in named if name not in everything)


def test_every_diagnostic_code_that_is_named_exists() -> None:
    assert not sorted(set(CODE.findall(documented())) - set(CODES))


def test_every_variable_that_the_command_line_reads_is_documented() -> None:
    read = set(re.findall(r"environ(?:ment)?(?:\.get\(|\[)\"([A-Z_]+)\"", code(".py")))
    assert "QUICKBACK_PROJECT" in read
    assert not sorted(
        name for name in read - {"_QUICKBACK_COMPLETE", "PATH"} if name not in body("compiler/config/variables")
    )


def test_every_binding_and_variable_of_the_worker_is_documented() -> None:
    assert not sorted(name for name in worker_names() if name not in body("compiler/config/variables"))


def test_every_header_that_is_named_is_sent_or_read() -> None:
    """By the API, or by an action that a page shows."""
    known = code(".ts", ".jinja").lower() + "".join(fence.text for fence in all_fences("ts")).lower()
    assert not sorted(name for name in set(HEADER.findall(documented())) if name.lower() not in known)


def test_every_flag_that_is_named_is_one_of_a_command() -> None:
    reference = body("compiler/cloud-compiler/cli")
    named = {flag for text in inline(documented()) for flag in FLAG.findall(text)}
    named |= {flag for fence in all_fences("bash") for flag in FLAG.findall(fence.text)}
    assert not sorted(named - set(FLAG.findall(reference)) - OUTSIDE - {"--help", "--version"})


@pytest.mark.parametrize("tool", offered_tools(), ids=lambda tool: tool.name)
def test_every_tool_is_documented(tool: Tool) -> None:
    assert f"### {tool.name}" in body("plugins-tools/mcp-server")


def test_every_prompt_is_documented_and_has_its_steps() -> None:
    page = body("plugins-tools/mcp-server")
    assert not [prompt.name for prompt in PROMPTS if f"`{prompt.name}`" not in page]
    assert not [prompt.topic for prompt in PROMPTS if corpus.page(prompt.topic) is None]


def test_every_tool_that_is_named_exists() -> None:
    names = {tool.name for tool in offered_tools()} | {prompt.name for prompt in PROMPTS}
    snake = {name for name in inline(documented()) if re.fullmatch(r"(?:search|get|list|read|explain)_[a-z_]+", name)}
    assert not sorted(snake - names)


def test_every_option_of_the_config_is_documented() -> None:
    """The keys that `config/` reads; an option that a page leaves out cannot be found by anybody."""
    folder = ROOT / "compiler" / "qb_compiler" / "config"
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
    readers = r"\.(?:value|fields|boolean|string|whole|choice|texts|required|read)\(\s*\"(\w+)\""
    read = set(re.findall(readers, text)) - {"customDomain"}
    assert len(read) > 30
    assert not sorted(key for key in read if not re.search(rf"\b{key}\b", explained()))


def test_every_key_of_a_definition_is_documented() -> None:
    """The keys that the readers of the blocks ask for; those of unbuilt blocks are on the page of what is not built."""
    folder = ROOT / "compiler" / "qb_compiler" / "blocks"
    files = [path for path in sorted(folder.rglob("*.py")) if path.parent.name not in {"realtime", "pages"}]
    readers = r"\.(?:value|fields|boolean|string|whole|choice|texts|required|read|entry|get)\(\s*\"(\w+)\""
    read = {key for path in files for key in re.findall(readers, path.read_text(encoding="utf-8"))}
    drizzle = {"autoIncrement", "onConflict", "foreignColumns"}
    assert {"bypassRoles", "maxBatchSize", "defaultSort"} <= read
    assert not sorted(key for key in read - drizzle if not re.search(rf"\b{key}\b", explained()))
