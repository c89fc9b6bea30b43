"""What every project has: errors, pages, health, the registry, and sign-in."""

from collections.abc import Mapping

from qb_compiler.config.model import Config
from qb_compiler.model.literal import Json
from qb_compiler.targets.openapi.auth import auth_paths
from qb_compiler.targets.openapi.names import JsonObject, answer, schema_reference
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
    if config.auth.mail:
        paths["/api/v1/system/email-status"] = {"get": _email_status()}
    if config.registry_generate:
        paths["/api/v1/schema"] = {"get": _registry()}
    return {**paths, **auth_paths(config)}


def _health() -> JsonObject:
    return {
        "operationId": "health",
        "summary": "Whether the API answers",
        "tags": ["system"],
        "security": [],
        "responses": {"200": answer("It does.", {"type": "object", "properties": {"status": {"const": "ok"}}})},
    }


def _email_status() -> JsonObject:
    status: JsonObject = {
        "type": "object",
        "required": ["emailConfigured"],
        "properties": {"emailConfigured": {"type": "boolean"}},
    }
    return {
        "operationId": "emailStatus",
        "summary": "Whether mail can be sent",
        "tags": ["system"],
        "security": [],
        "responses": {"200": answer("Whether it can.", status)},
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
