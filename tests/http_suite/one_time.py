"""An authenticator app."""

import base64
import hmac
import time
from urllib.parse import parse_qs, urlsplit


def one_time(uri: str) -> str:
    """RFC 6238, as authenticator apps compute it."""
    secret = parse_qs(urlsplit(uri).query)["secret"][0]
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, int(time.time() // 30).to_bytes(8, "big"), "sha1")
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"
