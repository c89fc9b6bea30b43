"""Exact versions that were tested together. A caret here would break a project that was fine yesterday."""

COMPATIBILITY_DATE = "2026-06-01"
"""Not later than the date of the pinned workerd: a later one keeps it from starting."""

DEPENDENCIES = {
    "better-auth": "1.7.25",
    "drizzle-orm": "0.45.4",
    "hono": "4.13.19",
    "zod": "4.6.7",
}
DEV_DEPENDENCIES = {
    "@cloudflare/workers-types": "5.20261117.1",
    "drizzle-kit": "0.31.11",
    "typescript": "7.0.2",
    "wrangler": "4.164.0",
}
NODE = ">=22.12"
