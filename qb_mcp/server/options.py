"""What the command line may say about serving. Kept apart so that reading it imports nothing."""

from typing import NamedTuple


class ServeOptions(NamedTuple):
    """`project` and `debug_log` are paths; `http` is `HOST:PORT` for streamable HTTP instead of stdio."""

    project: str | None = None
    read_only: bool = False
    http: str | None = None
    debug_log: str | None = None
