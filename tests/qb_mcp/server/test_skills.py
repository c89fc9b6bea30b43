"""The bundled skill is served whole: listed by the extension's methods, and each file readable as it is on disk."""

import hashlib
from pathlib import Path

import anyio
import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError
from mcp_types import TextResourceContents

from mcp_peers.client import MODES, with_client
from mcp_peers.project import write_project
from mcp_peers.wire import INITIALIZED, MODERN, answers, initialize, request
from qb_mcp import assets
from qb_mcp.server.app import App
from qb_mcp.server.options import ServeOptions

MAIN = "skill://quickback/SKILL.md"


def ask(mode: str, method: str, **params: object) -> dict[str, object]:
    """The SDK's answer to one request of an era."""
    modern = mode == MODERN
    opening = [] if modern else [initialize(), INITIALIZED]
    answer = anyio.run(answers, App(ServeOptions()), [*opening, request(1, method, modern, **params)])[-1]
    return answer


def result(answer: dict[str, object]) -> dict[str, object]:
    found = answer["result"]
    assert isinstance(found, dict), answer
    return found


def test_the_extension_is_declared() -> None:
    capabilities = result(ask(MODERN, "server/discover"))["capabilities"]
    assert isinstance(capabilities, dict)
    assert capabilities["extensions"] == {"io.modelcontextprotocol/skills": {}}


@pytest.mark.parametrize("mode", MODES)
def test_the_listed_files_are_all_that_the_skill_has_on_disk(mode: str) -> None:
    [skill] = result(ask(mode, "skills/list"))["skills"]  # type: ignore[misc]
    on_disk = {path.relative_to(assets.skills()).as_posix(): path.read_bytes() for path in disk_files()}
    assert skill["uri"] == MAIN
    assert {file["uri"].removeprefix("skill://"): (file["size"], file["digest"]) for file in skill["resources"]} == {
        path: (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}") for path, content in on_disk.items()
    }


def disk_files() -> list[Path]:
    return [path for path in (assets.skills() / "quickback").rglob("*") if path.is_file()]


@pytest.mark.parametrize("mode", MODES)
def test_one_skill_is_fetched_by_its_address_with_its_head_as_written(mode: str) -> None:
    skill = result(ask(mode, "skills/get", uri=MAIN))["skill"]
    assert isinstance(skill, dict)
    assert skill["frontmatter"]["name"] == "quickback"
    assert skill["frontmatter"]["allowed-tools"] == "Read Grep Glob"
    assert skill["frontmatter"]["metadata"].keys() == {"quickback-version"}
    assert skill == result(ask(mode, "skills/list"))["skills"][0]  # type: ignore[index]


@pytest.mark.parametrize(
    "uri", ["skill://other/SKILL.md", "skill://quickback", "skill://quickback/references/api.md", "", "a\u202eb"]
)
def test_what_is_no_skill_is_refused_with_those_there_are(uri: str) -> None:
    error = ask(MODERN, "skills/get", uri=uri)["error"]
    assert isinstance(error, dict)
    assert error["code"] == -32602
    assert MAIN in error["message"]
    assert "\u202e" not in error["message"]


@pytest.mark.parametrize("mode", MODES)
def test_every_file_is_listed_and_read_byte_for_byte(mode: str, tmp_path: Path) -> None:
    async def work(client: Client) -> dict[str, str]:
        listed = [one.uri for one in (await client.list_resources()).resources if one.uri.startswith("skill://")]
        contents = [(await client.read_resource(uri)).contents[0] for uri in listed]
        return {c.uri: c.text for c in contents if isinstance(c, TextResourceContents)}

    found = with_client(write_project(tmp_path), mode, work)
    assert {uri.removeprefix("skill://"): text.encode() for uri, text in found.items()} == {
        path.relative_to(assets.skills()).as_posix(): path.read_bytes() for path in disk_files()
    }


@pytest.mark.parametrize("uri", ["skill://quickback/../../pyproject.toml", "skill://block.md", "skill:///etc/passwd"])
def test_only_files_of_skills_are_read(uri: str, tmp_path: Path) -> None:
    async def work(client: Client) -> object:
        return await client.read_resource(uri)

    with pytest.raises(MCPError, match="no resource"):
        with_client(write_project(tmp_path), MODERN, work)
