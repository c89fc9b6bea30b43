"""Resources, prompts and completions as the protocol has them."""

from pathlib import Path

from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INVALID_PARAMS,
    Annotations,
    CompleteRequestParams,
    CompleteResult,
    Completion,
    GetPromptRequestParams,
    GetPromptResult,
    ListPromptsResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    PaginatedRequestParams,
    PromptMessage,
    PromptReference,
    ReadResourceRequestParams,
    ReadResourceResult,
    Resource,
    ResourceLink,
    ResourceTemplate,
    TextContent,
    TextResourceContents,
)
from mcp_types import Prompt as ListedPrompt
from mcp_types import PromptArgument as ListedArgument

from qb_mcp.corpus import page
from qb_mcp.errors import QbError
from qb_mcp.operations.find_project import FoundProject
from qb_mcp.operations.names import nearest_names
from qb_mcp.operations.text import one_line
from qb_mcp.server.completions import check_argument, complete
from qb_mcp.server.desk import Desk
from qb_mcp.server.prompts import PROMPTS, Prompt
from qb_mcp.server.resources import (
    DOCS,
    ERRORS,
    MARKDOWN,
    PROJECT,
    SKILLS,
    TEMPLATES,
    Content,
    Listed,
    list_resources,
    read_error,
    read_project_resource,
    read_skill,
    read_topic,
)
from qb_mcp.server.roots import client_roots
from qb_mcp.server.watching import Watcher

HOUR_MS = 3_600_000
Context = ServerRequestContext[Watcher, object]


class Catalogue:
    """What clients may attach to a conversation."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def list_resources(self, context: Context, _: PaginatedRequestParams | None) -> ListResourcesResult:
        project = await self._project_or_none(context)
        return ListResourcesResult(resources=[_listed(resource) for resource in list_resources(project)])

    async def list_templates(self, _: Context, __: PaginatedRequestParams | None) -> ListResourceTemplatesResult:
        templates = [
            ResourceTemplate(
                uri_template=template.uri,
                name=template.name,
                title=template.title,
                description=template.description,
                mime_type=template.mime_type,
            )
            for template in TEMPLATES
        ]
        return ListResourceTemplatesResult(resource_templates=templates)

    async def read_resource(self, context: Context, params: ReadResourceRequestParams) -> ReadResourceResult:
        try:
            content = await self._content(context, params.uri)
        except QbError as error:
            raise MCPError(code=INVALID_PARAMS, message=str(error), data={"uri": params.uri}) from None
        text = TextResourceContents(uri=params.uri, mime_type=content.mime_type, text=content.text)
        return ReadResourceResult(
            contents=[text],
            ttl_ms=HOUR_MS if content.public else 0,
            cache_scope="public" if content.public else "private",
        )

    async def _content(self, context: Context, uri: str) -> Content:
        if uri.startswith(DOCS):
            return read_topic(uri)
        if uri.startswith(SKILLS):
            return read_skill(uri)
        if uri.startswith(ERRORS):
            return read_error(uri)
        if not uri.startswith(PROJECT):
            kinds = ", ".join((DOCS, PROJECT, ERRORS, SKILLS))
            raise QbError(f"no resource `{one_line(uri, 120)}`", f"addresses begin with one of {kinds}")
        return read_project_resource(uri, self._desk.open_project(await self._roots(context)))

    async def list_prompts(self, _: Context, __: PaginatedRequestParams | None) -> ListPromptsResult:
        return ListPromptsResult(prompts=[_listed_prompt(prompt) for prompt in PROMPTS])

    async def get_prompt(self, _: Context, params: GetPromptRequestParams) -> GetPromptResult:
        prompt = next((prompt for prompt in PROMPTS if prompt.name == params.name), None)
        if prompt is None:
            near = nearest_names(params.name, [prompt.name for prompt in PROMPTS]) or [p.name for p in PROMPTS]
            message = f"Unknown prompt `{one_line(params.name, 60)}`. Prompts: {', '.join(near)}."
            raise MCPError(code=INVALID_PARAMS, message=message)
        try:
            text = prompt.text(params.arguments or {})
        except QbError as error:
            raise MCPError(code=INVALID_PARAMS, message=str(error)) from None
        steps = page(prompt.topic)
        links = [_link(topic) for topic in (steps.related if steps else ()) if page(topic)]
        contents: list[TextContent | ResourceLink] = [TextContent(text=text), *links]
        messages = [PromptMessage(role="user", content=content) for content in contents]
        return GetPromptResult(description=prompt.description, messages=messages)

    async def complete(self, context: Context, params: CompleteRequestParams) -> CompleteResult:
        reference = params.ref.name if isinstance(params.ref, PromptReference) else params.ref.uri
        try:
            check_argument(reference, params.argument.name)
        except QbError as error:
            raise MCPError(code=INVALID_PARAMS, message=str(error)) from None
        project = await self._project_or_none(context)
        values, total = complete(params.argument.name, params.argument.value, project.root if project else None)
        return CompleteResult(completion=Completion(values=values, total=total, has_more=total > len(values)))

    async def _roots(self, context: Context) -> tuple[Path, ...]:
        return await client_roots(context.session) if self._desk.asks_client else ()

    async def _project_or_none(self, context: Context) -> FoundProject | None:
        return self._desk.open_project_or_none(await self._roots(context))


def _listed(resource: Listed) -> Resource:
    return Resource(
        uri=resource.uri,
        name=resource.name,
        title=resource.title,
        description=resource.description,
        mime_type=resource.mime_type,
        size=resource.size,
        annotations=Annotations(audience=["user", "assistant"], priority=resource.priority),
    )


def _listed_prompt(prompt: Prompt) -> ListedPrompt:
    argument = ListedArgument(name=prompt.argument, description=prompt.meaning, required=prompt.required)
    return ListedPrompt(name=prompt.name, title=prompt.title, description=prompt.description, arguments=[argument])


def _link(topic: str) -> ResourceLink:
    found = page(topic)
    title = found.title if found else topic
    return ResourceLink(uri=f"{DOCS}{topic}", name=topic, title=title, mime_type=MARKDOWN)
