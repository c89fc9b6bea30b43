"""What every project has: errors, pages, health, the registry, and sign-in."""

from collections.abc import Mapping

from qb_compiler.config.model import Config
from qb_compiler.model.literal import Json
from qb_compiler.targets.openapi.names import JsonObject, answer, json_content, schema_reference
from qb_compiler.targets.openapi.parameters import shared_parameters

_ERRORS = {
    "400": "The query, the body or a guarded field is not valid.",
    "401": "Nobody is signed in.",
    "403": "The caller may not do this, or no such record is visible to them.",
    "404": "No such record is visible to the caller.",
    "409": "The change conflicts with the data as it is.",
    "413": "The body is larger than 1 MiB.",
    "415": "A write with a cookie must be JSON.",
    "429": "Too many requests; `Retry-After` says when to come back.",
}
_TEXT: JsonObject = {"type": "string"}
_OPEN: JsonObject = {"type": "object"}


def shared_schemas() -> dict[str, JsonObject]:
    count: JsonObject = {"type": "integer", "minimum": 0}
    error: JsonObject = {
        "type": "object",
        "required": ["error", "layer", "code", "hint", "requestId"],
        "properties": {
            **dict.fromkeys(("error", "layer", "code", "hint", "requestId"), _TEXT),
            "details": _OPEN,
        },
    }
    return {
        "Error": error,
        "Pagination": {
            "type": "object",
            "required": ["limit", "offset", "count"],
            "properties": dict.fromkeys(("limit", "offset", "count", "total"), count),
        },
        "Deleted": {
            "type": "object",
            "required": ["success", "id"],
            "properties": {"success": {"const": True}, "id": {"type": ["string", "integer"]}},
        },
        "BatchResult": _batch_result(count),
    }


def _batch_result(count: JsonObject) -> JsonObject:
    failure: JsonObject = {
        "type": "object",
        "required": ["index", "error"],
        "properties": {"index": count, "record": {}, "id": {}, "error": _OPEN},
    }
    meta: JsonObject = {
        "type": "object",
        "required": ["total", "succeeded", "failed", "atomic"],
        "properties": {**dict.fromkeys(("total", "succeeded", "failed"), count), "atomic": {"type": "boolean"}},
    }
    return {
        "type": "object",
        "required": ["success", "errors", "meta"],
        "properties": {
            "success": {"type": "array", "items": _OPEN},
            "errors": {"type": "array", "items": failure},
            "meta": meta,
        },
    }


def components(config: Config, schemas: Mapping[str, Json]) -> JsonObject:
    return {
        "securitySchemes": security_schemes(config),
        "parameters": shared_parameters(),
        "headers": {"TotalCount": {"description": "With `count=true`.", "schema": {"type": "integer", "minimum": 0}}},
        "responses": {f"Error{code}": answer(said, schema_reference("Error")) for code, said in _ERRORS.items()},
        "schemas": {**shared_schemas(), **schemas},
    }


def security_schemes(config: Config) -> dict[str, JsonObject]:
    """How a caller is recognized; one of them is enough."""
    schemes: dict[str, JsonObject] = {
        "session": {"type": "apiKey", "in": "cookie", "name": "better-auth.session_token"},
        "bearer": {"type": "http", "scheme": "bearer"},
    }
    if config.auth.api_keys:
        schemes["apiKey"] = {"type": "apiKey", "in": "header", "name": "x-api-key"}
    return schemes


def system_paths(config: Config) -> dict[str, dict[str, Json]]:
    """Health, the registry, sign-in and organizations; Better Auth has more routes than these."""
    paths: dict[str, dict[str, Json]] = {"/health": {"get": _health()}}
    paths["/api/v1/token"] = {"post": _token(config)}
    if config.registry_generate:
        paths["/api/v1/schema"] = {"get": _registry()}
    for path, method, summary, fields in _auth_routes(config):
        paths[f"/auth/v1/{path}"] = {method: _auth(path, summary, fields)}
    return paths


def _health() -> JsonObject:
    return {
        "operationId": "health",
        "summary": "Whether the API answers",
        "tags": ["system"],
        "security": [],
        "responses": {"200": answer("It does.", {"type": "object", "properties": {"status": {"const": "ok"}}})},
    }


def _token(config: Config) -> JsonObject:
    token: JsonObject = {"type": "object", "required": ["token"], "properties": {"token": _TEXT}}
    return {
        "operationId": "mintToken",
        "summary": "A JWT for the session or API key, to send as a bearer token until it expires",
        "tags": ["auth"],
        "security": [{name: []} for name in security_schemes(config)],
        "responses": {"200": answer("The JWT.", token), "401": {"$ref": "#/components/responses/Error401"}},
    }


def _registry() -> JsonObject:
    return {
        "operationId": "getSchemaRegistry",
        "summary": "What tables there are and who may do what",
        "tags": ["system"],
        "responses": {"200": answer("The schema registry.", _OPEN), "401": {"$ref": "#/components/responses/Error401"}},
    }


def _auth_routes(config: Config) -> list[tuple[str, str, str, tuple[str, ...] | None]]:
    """(path, method, what it does, required fields of the body)."""
    routes: list[tuple[str, str, str, tuple[str, ...] | None]] = [
        ("get-session", "get", "The session and its user, or null", None),
        ("sign-out", "post", "End the session", ()),
    ]
    if config.auth.email_and_password:
        routes += [
            ("sign-up/email", "post", "Create an account and sign in", ("name", "email", "password")),
            ("sign-in/email", "post", "Sign in", ("email", "password")),
        ]
    if config.organizations:
        routes += [
            ("organization/create", "post", "Create an organization and own it", ("name", "slug")),
            ("organization/list", "get", "The caller's organizations", None),
            ("organization/set-active", "post", "Choose the organization that requests are about", ("organizationId",)),
            ("organization/invite-member", "post", "Invite somebody with a role", ("email", "role")),
            ("organization/accept-invitation", "post", "Accept an invitation by its id", ("invitationId",)),
            ("organization/remove-member", "post", "Remove a member", ("memberIdOrEmail",)),
            ("organization/update-member-role", "post", "Give a member another role", ("memberId", "role")),
            ("organization/leave", "post", "Leave an organization", ("organizationId",)),
        ]
    if config.auth.api_keys:
        routes += [
            ("api-key/create", "post", "Make an API key, whose text is in this answer alone", ("name",)),
            ("api-key/list", "get", "The caller's API keys", None),
            ("api-key/delete", "post", "Delete an API key", ("keyId",)),
        ]
    return routes


def _auth(path: str, summary: str, fields: tuple[str, ...] | None) -> JsonObject:
    entry = path.endswith("/email")
    name = "".join(word[:1].upper() + word[1:] for word in path.replace("/", "-").split("-"))
    properties: dict[str, Json] = {field: {} for field in fields or ()}
    body: JsonObject = {"type": "object", "required": list(fields or ()), "properties": properties}
    said: JsonObject = (
        {} if fields is None else {"requestBody": {"required": bool(fields), "content": json_content(body)}}
    )
    return {
        "operationId": f"auth{name}",
        "summary": summary,
        "tags": ["auth"],
        **({"security": []} if entry or fields is None else {}),
        **said,
        "responses": {
            "200": answer("Done.", {}),
            "default": answer("Refused.", schema_reference("Error")),
        },
    }
