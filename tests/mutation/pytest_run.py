"""How both kinds of HTTP run start pytest: one module, in the Node lanes, with a limit for each test."""

import signal
import ssl
from functools import cache
from pathlib import Path
from types import FrameType

import pytest

SUITE = Path(__file__).resolve().parents[1] / "http_suite"
OPTIONS = ("-o", "addopts=--import-mode=importlib", "-p", "no:cacheprovider", "-p", "no:terminal")


def run(module: str, plugin: object, *options: str) -> int:
    signal.signal(signal.SIGALRM, too_long)
    # Every client would read the certificates anew.
    ssl.create_default_context = cache(ssl.create_default_context)  # type: ignore[assignment]
    return pytest.main([*OPTIONS, *options, str(SUITE / module)], plugins=[plugin])


def too_long(number: int, frame: FrameType | None) -> None:
    raise TimeoutError


def is_in_node(item: pytest.Item) -> bool:
    call = getattr(item, "callspec", None)
    return call is not None and call.params.get("kind") == "node"
