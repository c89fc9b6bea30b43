"""What a lane must know of a Worker: read from the `wrangler.toml` that was compiled, so that a wrong binding shows."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

SECRET = "a-secret-that-only-local-test-lanes-use-0123456789"


@dataclass(frozen=True, slots=True)
class D1Binding:
    """`migrations` is the folder of SQL files, or None."""

    binding: str
    migrations: Path | None = None


@dataclass(frozen=True, slots=True)
class RateLimitBinding:
    binding: str
    limit: int
    period: int


@dataclass(frozen=True, slots=True)
class Worker:
    """`script` is None for a lane that only serves its databases."""

    script: Path | None
    databases: tuple[D1Binding, ...]
    rate_limits: tuple[RateLimitBinding, ...] = ()
    vars: dict[str, str] = field(default_factory=dict)
    compatibility_date: str = "2026-06-01"
    compatibility_flags: tuple[str, ...] = ("nodejs_compat",)


def read_worker(project: Path, script: Path) -> Worker:
    """The Worker of a compiled project."""
    written = tomllib.loads((project / "wrangler.toml").read_text(encoding="utf-8"))
    databases = tuple(
        D1Binding(entry["binding"], project / entry["migrations_dir"]) for entry in written.get("d1_databases", [])
    )
    limits = tuple(
        RateLimitBinding(entry["name"], entry["simple"]["limit"], entry["simple"]["period"])
        for entry in written.get("ratelimits", [])
    )
    return Worker(
        script,
        databases,
        limits,
        {"BETTER_AUTH_SECRET": SECRET, **written.get("vars", {})},
        str(written["compatibility_date"]),
        tuple(written.get("compatibility_flags", [])),
    )
