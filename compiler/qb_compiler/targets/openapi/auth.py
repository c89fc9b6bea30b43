"""Sign-in and organizations: the requests that this API documents; Better Auth has more routes than these."""

from collections.abc import Iterator

from qb_compiler.config.model import Config
from qb_compiler.model.literal import Json
from qb_compiler.model.record import record
from qb_compiler.targets.openapi.names import JsonObject, answer, json_content, schema_reference


@record
class AuthRoute:
    """A POST with the required fields of its body, or a GET. Whoever is not signed in may send what is `open`."""

    path: str
    summary: str
    fields: tuple[str, ...] | None = ()
    open: bool = False

    @property
    def method(self) -> str:
        return "get" if self.fields is None else "post"


_SESSION = (
    AuthRoute("get-session", "The session and its user, or null", None, open=True),
    AuthRoute("sign-out", "End the session"),
)
_PASSWORDS = (
    AuthRoute("sign-up/email", "Create an account and sign in", ("name", "email", "password"), open=True),
    AuthRoute("sign-in/email", "Sign in", ("email", "password"), open=True),
)
_ORGANIZATIONS = (
    AuthRoute("organization/create", "Create an organization and own it", ("name", "slug")),
    AuthRoute("organization/list", "The caller's organizations", None),
    AuthRoute("organization/set-active", "Choose the organization that requests are about", ("organizationId",)),
    AuthRoute("organization/invite-member", "Invite somebody with a role", ("email", "role")),
    AuthRoute("organization/accept-invitation", "Accept an invitation by its id", ("invitationId",)),
    AuthRoute("organization/remove-member", "Remove a member", ("memberIdOrEmail",)),
    AuthRoute("organization/update-member-role", "Give a member another role", ("memberId", "role")),
    AuthRoute("organization/leave", "Leave an organization", ("organizationId",)),
)
_FORGOTTEN = (
    AuthRoute("request-password-reset", "Send a link that sets a new password", ("email",), open=True),
    AuthRoute("reset-password", "Set the password that such a link allows", ("token", "newPassword"), open=True),
)
_MAIL = (
    AuthRoute("send-verification-email", "Send a link that confirms an address", ("email",), open=True),
    AuthRoute("ses/status", "Whether mail can be sent", None, open=True),
)
_CREDENTIAL = ("id", "rawId", "type", "response")
_OF_PLUGINS = {
    "apiKey": (
        AuthRoute("api-key/create", "Make an API key, whose text is in this answer alone", ("name",)),
        AuthRoute("api-key/list", "The caller's API keys", None),
        AuthRoute("api-key/delete", "Delete an API key", ("keyId",)),
    ),
    "emailOtp": (
        AuthRoute("email-otp/send-verification-otp", "Send a code", ("email", "type"), open=True),
        AuthRoute("email-otp/verify-otp", "Sign in with a code", ("email", "otp"), open=True),
        AuthRoute("email-otp/verify-email", "Confirm an address with a code", ("email", "otp"), open=True),
    ),
    "magicLink": (
        AuthRoute("magic-link/send", "Send a link that signs in", ("email",), open=True),
        AuthRoute("magic-link/verify", "Where such a link leads: signs in and goes on to the app", None, open=True),
    ),
    "passkey": (
        AuthRoute("passkey/register/options", "What the browser needs to make a passkey"),
        AuthRoute("passkey/register/verify", "Keep the passkey that the browser made", _CREDENTIAL),
        AuthRoute("passkey/authenticate/options", "What the browser needs to use a passkey", open=True),
        AuthRoute("passkey/authenticate/verify", "Sign in with the passkey that was used", _CREDENTIAL, open=True),
        AuthRoute("passkey/list-user-passkeys", "The caller's passkeys", None),
        AuthRoute("passkey/delete-passkey", "Delete a passkey", ("id",)),
    ),
}


def auth_paths(config: Config) -> dict[str, dict[str, Json]]:
    return {f"/auth/v1/{route.path}": {route.method: _operation(route)} for route in _routes(config)}


def _routes(config: Config) -> Iterator[AuthRoute]:
    yield from _SESSION
    if config.auth.passwords.enabled:
        yield from _PASSWORDS
    if config.auth.passwords.enabled and config.auth.mail:
        yield from _FORGOTTEN
    if config.auth.mail:
        yield from _MAIL
    if config.organizations:
        yield from _ORGANIZATIONS
    for plugin in config.auth.plugins:
        yield from _OF_PLUGINS.get(plugin, ())


def _operation(route: AuthRoute) -> JsonObject:
    name = "".join(word[:1].upper() + word[1:] for word in route.path.replace("/", "-").split("-"))
    return {
        "operationId": f"auth{name}",
        "summary": route.summary,
        "tags": ["auth"],
        **({"security": []} if route.open else {}),
        **_body(route.fields),
        "responses": {
            "200": answer("Done.", {}),
            "default": answer("Refused.", schema_reference("Error")),
        },
    }


def _body(fields: tuple[str, ...] | None) -> JsonObject:
    if fields is None:
        return {}
    body: JsonObject = {"type": "object", "required": list(fields), "properties": {field: {} for field in fields}}
    return {"requestBody": {"required": bool(fields), "content": json_content(body)}}
