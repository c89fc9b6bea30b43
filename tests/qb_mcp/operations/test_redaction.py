"""Secrets are hidden by the name they are given and by their shape; what only looks like one stays."""

import pytest

from qb_mcp.operations.redaction import MARK, redacted


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ('apiKey: "abc123"', f'apiKey: "{MARK}"'),
        ("'client_secret': 'abc'", f"'client_secret': '{MARK}'"),
        ("password = `p\\`w`", f"password = `{MARK}`"),
        ("const githubToken = 'x';", f"const githubToken = '{MARK}';"),
        ('url: "postgres://user:pw@db.example.com/x"', f'url: "postgres://user:{MARK}@db.example.com/x"'),
        ('x = "sk_live_abcdefgh1234"', f'x = "{MARK}"'),
        ('x = "AKIAABCDEFGHIJKLMNOP"', f'x = "{MARK}"'),
        ("-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----", MARK),
        ('jwt("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl")', f'jwt("{MARK}")'),
    ],
)
def test_a_secret_is_hidden(source: str, shown: str) -> None:
    assert redacted(source) == (shown, 1)


@pytest.mark.parametrize(
    "source",
    [
        'keyEnv: "QUICKBACK_SIGNING_KEY"',
        'secret: "BETTER_AUTH_SECRET"',
        "secret: env.SECRET",
        "token: text('token')",
        'primaryKey: "id"',
        "masking: { email: { type: 'email' } }",
        "https://example.com:8080/path",
    ],
)
def test_what_is_no_secret_stays(source: str) -> None:
    assert redacted(source) == (source, 0)
