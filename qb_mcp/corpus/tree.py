"""Keys that other versions of the documentation use: renamed ones, and those of topics that this version lacks."""

RENAMED_FOLDERS = (
    ("stack/cms", "cms"),
    ("stack/account-ui", "account-ui"),
    ("stack/auth/plugins/aws-ses", "stack/auth/email"),
    ("stack/auth/plugins/combo-auth", "stack/auth/email"),
    ("plugins-tools/better-auth-plugins/aws-ses", "stack/auth/email"),
    ("plugins-tools/better-auth-plugins/combo-auth", "stack/auth/email"),
    ("account-ui/features/passkeys", "stack/auth/passkeys"),
    ("stack/auth/plugins/upgrade-anonymous", "plugins-tools/better-auth-plugins/upgrade-anonymous"),
    ("compiler/targets/hono-api/using-the-api", "compiler/using-the-api"),
    ("compiler/targets/hono-api", "compiler/using-the-api"),
)

RENAMED = {
    "compiler/config/email": "stack/auth/email",
    "compiler/definitions/database-schema": "compiler/definitions/schema",
    "concepts": "compiler/definitions",
    "crud-endpoints": "compiler/using-the-api/crud",
    "definitions": "compiler/definitions",
    "installation": "compiler/getting-started",
    "quickstart": "compiler/getting-started",
}

NOT_BUILT_PAGE = "not-built-yet"

# A key here, or below one of these, that has no page of its own means the page on what is not built.
NOT_BUILT = (
    "account-ui",
    "cms",
    "compiler/cloud-compiler",
    "compiler/config/agents",
    "compiler/config/pinned-organization",
    "compiler/definitions/pages",
    "compiler/definitions/realtime",
    "compiler/getting-started/template-blog",
    "compiler/getting-started/template-bun",
    "compiler/integrations/neon",
    "compiler/integrations/supabase",
    "compiler/integrations/turso",
    "plugins-tools/better-auth-plugins",
    "stack/queues",
    "stack/realtime",
    "stack/schedules",
    "stack/storage",
    "stack/vector",
    "stack/webhooks",
)


def is_not_built(name: str) -> bool:
    """Whether a key, or the last segment of one, belongs to a part of the product that does not exist yet."""
    wanted = name.lower()
    return any(wanted == key or wanted.startswith(f"{key}/") or key.endswith(f"/{wanted}") for key in NOT_BUILT)
