"""The frozen opening says exactly what the SDK's own server says, in every version of the protocol."""

import json
import os

import anyio
import pytest

from mcp_peers.wire import INITIALIZED, answers, initialize, request
from qb_mcp.server.app import App
from qb_mcp.server.frames import encoded
from qb_mcp.server.opening import FILE, FIXED_LISTS, HANDSHAKE, MODERN, Opening
from qb_mcp.server.options import ServeOptions


def opening_messages(version: str) -> list[dict[str, object]]:
    modern = version == MODERN
    first = [request(0, "server/discover", modern=True)] if modern else [initialize(version), INITIALIZED]
    return [*first, *(request(number, method, modern=modern) for number, method in enumerate(FIXED_LISTS, start=1))]


def sdk_answers(version: str) -> list[object]:
    said = anyio.run(answers, App(ServeOptions()), opening_messages(version))
    return [answer["result"] for answer in said]


@pytest.fixture(scope="module", autouse=True)
def fresh_file() -> None:
    if os.environ.get("QB_UPDATE"):
        eras = {"handshake": HANDSHAKE[-1], "modern": MODERN}
        names = {"handshake": "initialize", "modern": "server/discover"}
        fresh = {
            era: dict(zip([names[era], *FIXED_LISTS], sdk_answers(version), strict=True))
            for era, version in eras.items()
        }
        FILE.write_text(json.dumps(fresh, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@pytest.mark.parametrize("version", [HANDSHAKE[-1], MODERN])
def test_the_list_of_tools_costs_a_client_less_than_8_kilobytes(version: str) -> None:
    listed = sdk_answers(version)[1]
    assert len(encoded(listed)) < 8 * 1024


@pytest.mark.parametrize("version", [*HANDSHAKE, MODERN])
def test_the_frozen_opening_is_what_the_sdk_answers(version: str) -> None:
    opening = Opening()
    said = [opening.answer(message) for message in opening_messages(version) if "id" in message]
    assert said == sdk_answers(version), "run this file with QB_UPDATE=1 after a change of tools or texts"
