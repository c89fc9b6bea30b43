"""What the command line may say about serving. Kept apart so that reading it imports nothing."""

from typing import NamedTuple


class ServeOptions(NamedTuple):
    """`project` and `debug_log` are paths; `http` is `HOST:PORT` for streamable HTTP instead of stdio."""

    project: str | None = None
    read_only: bool = False
    http: str | None = None
    debug_log: str | None = None


def read_options(args: list[str]) -> ServeOptions | None:
    """The options of a plain command line; None where it holds anything else, which the full parser then explains."""
    values: dict[str, str | bool] = {}
    rest = list(args)
    while rest:
        name, _, value = rest.pop(0).partition("=")
        if name == "--read-only" and not value:
            values["read_only"] = True
        elif name in _VALUED and (value or rest) and not (value or rest[0]).startswith("-"):
            values[_VALUED[name]] = value or rest.pop(0)
        else:
            return None
    return ServeOptions(
        project=str(values["project"]) if "project" in values else None,
        read_only="read_only" in values,
        http=str(values["http"]) if "http" in values else None,
        debug_log=str(values["debug_log"]) if "debug_log" in values else None,
    )


_VALUED = {"--project": "project", "--http": "http", "--debug-log": "debug_log"}
