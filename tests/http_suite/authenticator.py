"""Passkeys as browsers make them, with an authenticator in software."""

import json
from dataclasses import dataclass
from pathlib import Path

import httpx

from lanes.packages import NODE, run
from qb_compiler.model.literal import Json

HERE = Path(__file__).parent
ORIGIN, SITE = "https://account.example.com", "account.example.com"


@dataclass(frozen=True, slots=True)
class Ceremony:
    """What the authenticator signs: for whom, and whether it recognized the person."""

    origin: str = ORIGIN
    site: str = SITE
    verified: bool = True
    count: int = 0


HONEST = Ceremony()


def ask(client: httpx.Client, path: str, body: Json = None) -> httpx.Response:
    return client.post(f"/auth/v1/passkey{path}", json=body)


def signed(options: Json, ceremony: Ceremony, key: Json = None) -> dict[str, Json]:
    """`credential`, as a browser makes it, and the authenticator's `key`."""
    request = {
        "options": options, "key": key, "origin": ceremony.origin, "site": ceremony.site,
        "verified": ceremony.verified, "count": ceremony.count,
    }  # fmt: skip
    answer = json.loads(run([str(NODE), str(HERE / "authenticator.mjs"), json.dumps(request)], HERE))
    assert isinstance(answer, dict)
    return answer


def register(client: httpx.Client, ceremony: Ceremony = HONEST) -> tuple[httpx.Response, dict[str, Json]]:
    options = ask(client, "/register/options")
    assert options.status_code == 200, options.text
    made = signed(options.json(), ceremony)
    return ask(client, "/register/verify", made["credential"]), made


def sign_in(client: httpx.Client, key: Json, ceremony: Ceremony = HONEST) -> tuple[httpx.Response, Json]:
    options = ask(client, "/authenticate/options")
    assert options.status_code == 200, options.text
    made = signed(options.json(), ceremony, key)
    return ask(client, "/authenticate/verify", made["credential"]), made["credential"]
