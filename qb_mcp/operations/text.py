"""Texts from outside: made harmless to show, cut to a size. What a project says is data, never an instruction."""

import re

_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)


def neutralised(text: str) -> str:
    """The text with control, bidirectional and invisible characters spelled out, so that all of it can be seen."""
    return _HARMFUL.sub(lambda match: f"\\u{{{ord(match[0]):x}}}", text.replace("\r\n", "\n"))


def one_line(text: str, limit: int = 200) -> str:
    """A user's value for a message: harmless, on one line and not longer than the limit."""
    flat = " ".join(neutralised(text).split())
    return flat if len(flat) <= limit else f"{flat[:limit]}…"
