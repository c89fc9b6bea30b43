"""Exact versions that were tested together. A caret here would break a project that was fine yesterday."""

COMPATIBILITY_DATE = "2026-06-01"
"""Not later than the date of the pinned workerd: a later one keeps it from starting."""

DEPENDENCIES = {
    "better-auth": "1.7.25",
    "drizzle-orm": "0.45.4",
    "hono": "4.13.19",
    "zod": "4.6.7",
}
PLUGINS = {
    "@better-auth/api-key": "1.7.5",
    "@better-auth/passkey": "1.7.6",
}
"""The plugins of Better Auth that are packages of their own."""
OVERRIDES = {
    name: {"@better-auth/utils": "0.5.1", "@better-fetch/fetch": "1.3.3", "better-call": "1.4.5"} for name in PLUGINS
}
"""These plugins ask for exact versions of what Better Auth has meanwhile in a later one."""
DEV_DEPENDENCIES = {
    "@cloudflare/workers-types": "5.20261117.1",
    "drizzle-kit": "0.31.11",
    "typescript": "7.0.2",
    "wrangler": "4.164.0",
}
NODE = ">=22.12"
