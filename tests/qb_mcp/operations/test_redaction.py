"""Secrets are hidden by the name they are given and by their shape; what only looks like one stays."""

import time

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
        ('url: "postgres://user:p@w@db.example.com/x"', f'url: "postgres://user:{MARK}@db.example.com/x"'),
        ('secret: process.env.SECRET ?? "abc"', f'secret: process.env.SECRET ?? "{MARK}"'),
        ('passphrase: ("abc")', f'passphrase: ("{MARK}")'),
        ('headers: ["Bearer abcdefghijkl"]', f'headers: ["{MARK}"]'),
        ('hook("https://hooks.slack.com/services/T0/B0/xyz")', f'hook("{MARK}")'),
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
        "token: Bearer of good news",
    ],
)
def test_what_is_no_secret_stays(source: str) -> None:
    assert redacted(source) == (source, 0)


@pytest.mark.parametrize(
    "piece",
    [
        "a$",
        "a.",
        "a",
        "a://",
        "a://b:",
        "secret=",
        "secret= x",
        'secret="\\',
        "-----BEGIN PRIVATE KEY-----",
        "eyJaaaaaaaa-",
    ],
)
def test_the_time_it_takes_grows_with_the_text_alone(piece: str) -> None:
    """A file that makes a pattern start over at each character takes a hundred times as long for ten times as much."""

    def seconds(length: int) -> float:
        text, times = piece * (length // len(piece)), []
        for _ in range(3):
            started = time.process_time()
            redacted(text)
            times.append(time.process_time() - started)
        return min(times)

    assert seconds(200_000) < 50 * seconds(20_000)
