"""Skills over MCP (the extension `io.modelcontextprotocol/skills`): what is served is listed and fetched by two methods
of the extension and read like any other resource. The SDK has no part for it, only room for methods of one's own."""

from typing import Literal, TypeAlias

from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError
from mcp_types import INVALID_PARAMS, CacheableResult, PaginatedRequestParams, RequestParams
from pydantic import BaseModel

from qb_mcp.operations.skills import Skill, bundled_skills
from qb_mcp.operations.text import one_line
from qb_mcp.server.resources import SKILLS
from qb_mcp.server.watching import Watcher

EXTENSION = "io.modelcontextprotocol/skills"
DAY_MS = 86_400_000
Context: TypeAlias = ServerRequestContext[Watcher, object]


class GetSkillParams(RequestParams):
    uri: str


class SkillResource(BaseModel):
    uri: str
    digest: str
    size: int


class SkillEntry(BaseModel):
    """One skill with a complete list of its files."""

    uri: str
    frontmatter: dict[str, object]
    resources: list[SkillResource]


class _Cached(CacheableResult):
    """What is bundled stays the same as long as the process lives."""

    ttl_ms: int = DAY_MS
    cache_scope: Literal["public", "private"] = "public"


class ListSkillsResult(_Cached):
    skills: list[SkillEntry]


class GetSkillResult(_Cached):
    skill: SkillEntry


def serve_skills(server: Server[Watcher]) -> None:
    """Declare the extension and answer its methods."""
    server.extensions[EXTENSION] = {}
    server.add_request_handler("skills/list", PaginatedRequestParams, _list_skills)
    server.add_request_handler("skills/get", GetSkillParams, _get_skill)


async def _list_skills(_: Context, __: PaginatedRequestParams) -> ListSkillsResult:
    return ListSkillsResult(skills=[_entry(skill) for skill in bundled_skills()])


async def _get_skill(_: Context, params: GetSkillParams) -> GetSkillResult:
    entries = {entry.uri: entry for entry in map(_entry, bundled_skills())}
    if params.uri not in entries:
        message = f"no skill is served at `{one_line(params.uri, 120)}`\nskills: {', '.join(entries)}"
        raise MCPError(code=INVALID_PARAMS, message=message)
    return GetSkillResult(skill=entries[params.uri])


def _entry(skill: Skill) -> SkillEntry:
    resources = [
        SkillResource(uri=f"{SKILLS}{file.path}", digest=file.digest, size=len(file.content)) for file in skill.files
    ]
    return SkillEntry(uri=resources[0].uri, frontmatter=dict(skill.frontmatter), resources=resources)
