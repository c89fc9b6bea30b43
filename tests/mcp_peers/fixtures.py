"""What the conformance suite asks a server for: its named tools, resources and prompts, beside ours in tests only."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias, TypeVar

from mcp.server.context import ServerRequestContext
from mcp_types import (
    AudioContent,
    BlobResourceContents,
    CallToolRequestParams,
    CallToolResult,
    CompleteRequestParams,
    CompleteResult,
    Completion,
    ContentBlock,
    EmbeddedResource,
    GetPromptRequestParams,
    GetPromptResult,
    ImageContent,
    ListPromptsResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ListToolsResult,
    PaginatedRequestParams,
    Prompt,
    PromptArgument,
    PromptMessage,
    PromptReference,
    ReadResourceRequestParams,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    TextContent,
    TextResourceContents,
    Tool,
)
from pydantic import BaseModel

from qb_mcp.server.app import App
from qb_mcp.server.watching import Watcher

Context: TypeAlias = ServerRequestContext[Watcher, object]
Params = TypeVar("Params", bound=BaseModel)
Handler: TypeAlias = Callable[[Context, Params], Awaitable[BaseModel | None]]
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAESsAACJWAAACABAAZGF0YQAAAAA="
ANY_OBJECT: dict[str, object] = {"type": "object", "properties": {}}
KEYWORDS: dict[str, object] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "$defs": {
        "address": {
            "$anchor": "addressDef",
            "type": "object",
            "properties": {"street": {"type": "string"}, "city": {"type": "string"}},
        }
    },
    "properties": {
        "name": {"type": "string"},
        "address": {"$ref": "#/$defs/address"},
        "contactMethod": {"type": "string", "enum": ["phone", "email"]},
        "phone": {"type": "string"},
        "email": {"type": "string"},
    },
    "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
    "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
    "then": {"required": ["phone"]},
    "else": {"required": ["email"]},
    "additionalProperties": False,
}


def text(words: str) -> TextContent:
    return TextContent(text=words)


def embedded(uri: str, mime_type: str, words: str) -> EmbeddedResource:
    return EmbeddedResource(resource=TextResourceContents(uri=uri, mime_type=mime_type, text=words))


CONTENTS: Mapping[str, list[ContentBlock]] = {
    "test_simple_text": [text("This is a simple text response for testing.")],
    "test_image_content": [ImageContent(data=PNG, mime_type="image/png")],
    "test_audio_content": [AudioContent(data=WAV, mime_type="audio/wav")],
    "test_embedded_resource": [
        embedded("test://embedded-resource", "text/plain", "This is an embedded resource content.")
    ],
    "test_multiple_content_types": [
        text("Multiple content types test:"),
        ImageContent(data=PNG, mime_type="image/png"),
        embedded("test://mixed-content-resource", "application/json", '{"test":"data","value":123}'),
    ],
    "json_schema_2020_12_tool": [text("ok")],
    "test_tool_with_progress": [text("done")],
}
FAILURE = "test_error_handling"


async def call_tool(context: Context, params: CallToolRequestParams) -> CallToolResult | None:
    if params.name == FAILURE:
        return CallToolResult(content=[text("This tool intentionally returns an error for testing")], is_error=True)
    if params.name == "test_tool_with_progress":
        for step in (0, 50, 100):
            await context.session.report_progress(step, 100)
    return CallToolResult(content=CONTENTS[params.name]) if params.name in CONTENTS else None


async def list_tools(_: Context, __: PaginatedRequestParams) -> ListToolsResult:
    return ListToolsResult(
        tools=[
            Tool(
                name=name,
                description=f"Serves the conformance suite as {name}.",
                input_schema=KEYWORDS if name.startswith("json") else ANY_OBJECT,
            )
            for name in (*CONTENTS, FAILURE)
        ]
    )


async def list_resources(_: Context, __: PaginatedRequestParams) -> ListResourcesResult:
    names = ("static-text", "static-binary", "watched-resource")
    return ListResourcesResult(resources=[Resource(uri=f"test://{name}", name=name) for name in names])


async def list_templates(_: Context, __: PaginatedRequestParams) -> ListResourceTemplatesResult:
    template = ResourceTemplate(uri_template="test://template/{id}/data", name="template")
    return ListResourceTemplatesResult(resource_templates=[template])


async def read_resource(_: Context, params: ReadResourceRequestParams) -> ReadResourceResult | None:
    uri = params.uri
    if uri == "test://static-binary":
        return ReadResourceResult(contents=[BlobResourceContents(uri=uri, mime_type="image/png", blob=PNG)])
    if uri.startswith("test://template/"):
        identity = uri.split("/")[3]
        words = json.dumps({"id": identity, "templateTest": True, "data": f"Data for ID: {identity}"})
        return ReadResourceResult(contents=[TextResourceContents(uri=uri, mime_type="application/json", text=words)])
    if uri in ("test://static-text", "test://watched-resource"):
        words = "This is the content of the static text resource."
        return ReadResourceResult(contents=[TextResourceContents(uri=uri, mime_type="text/plain", text=words)])
    return None


PROMPT_ARGUMENTS: Mapping[str, tuple[str, ...]] = {
    "test_simple_prompt": (),
    "test_prompt_with_arguments": ("arg1", "arg2"),
    "test_prompt_with_embedded_resource": ("resourceUri",),
    "test_prompt_with_image": (),
}


async def list_prompts(_: Context, __: PaginatedRequestParams) -> ListPromptsResult:
    return ListPromptsResult(
        prompts=[
            Prompt(
                name=name,
                description=f"Serves the conformance suite as {name}.",
                arguments=[PromptArgument(name=argument, required=True) for argument in arguments],
            )
            for name, arguments in PROMPT_ARGUMENTS.items()
        ]
    )


async def get_prompt(_: Context, params: GetPromptRequestParams) -> GetPromptResult | None:
    given = params.arguments or {}
    contents: dict[str, list[ContentBlock]] = {
        "test_simple_prompt": [text("This is a simple prompt for testing.")],
        "test_prompt_with_arguments": [
            text(f"Prompt with arguments: arg1='{given.get('arg1')}', arg2='{given.get('arg2')}'")
        ],
        "test_prompt_with_embedded_resource": [
            embedded(given.get("resourceUri", ""), "text/plain", "Embedded resource content for testing."),
            text("Please process the embedded resource above."),
        ],
        "test_prompt_with_image": [
            ImageContent(data=PNG, mime_type="image/png"),
            text("Please analyze the image above."),
        ],
    }
    messages = [PromptMessage(role="user", content=content) for content in contents.get(params.name, [])]
    return GetPromptResult(messages=messages) if messages else None


async def complete(_: Context, params: CompleteRequestParams) -> CompleteResult | None:
    named = isinstance(params.ref, PromptReference) and params.ref.name in PROMPT_ARGUMENTS
    return CompleteResult(completion=Completion(values=[])) if named else None


def add_fixtures(app: App) -> None:
    """Serve the fixtures first and our own answers for everything else."""
    _beside(app, "tools/call", CallToolRequestParams, call_tool)
    _beside(app, "resources/read", ReadResourceRequestParams, read_resource)
    _beside(app, "prompts/get", GetPromptRequestParams, get_prompt)
    _beside(app, "completion/complete", CompleteRequestParams, complete)
    _after(app, "tools/list", list_tools, "tools")
    _after(app, "resources/list", list_resources, "resources")
    _after(app, "resources/templates/list", list_templates, "resource_templates")
    _after(app, "prompts/list", list_prompts, "prompts")


def _beside(app: App, method: str, params: type[Params], fixture: Handler[Params]) -> None:
    ours = app.server.get_request_handler(method)
    assert ours

    async def handle(context: Context, given: Params) -> BaseModel:
        answer = await fixture(context, given)
        return answer if answer is not None else await ours.handler(context, given)

    app.server.add_request_handler(method, params, handle)


def _after(app: App, method: str, fixture: Handler[PaginatedRequestParams], field: str) -> None:
    ours = app.server.get_request_handler(method)
    assert ours

    async def handle(context: Context, given: PaginatedRequestParams) -> BaseModel:
        answer, more = await ours.handler(context, given), await fixture(context, given)
        return answer.model_copy(update={field: [*getattr(answer, field), *getattr(more, field)]})

    app.server.add_request_handler(method, PaginatedRequestParams, handle)
