"""Hides secrets in source text before an assistant sees it: values of telling names and strings of telling shapes.

The text may be hostile, so each pattern starts at the beginning of a word only and looks at each character a bounded
number of times: otherwise a file of one megabyte could keep the server busy for hours.
"""

import re

MARK = "[redacted]"
_KEYS = "(?:api|private|signing|access|auth)_?key"
_NAME = rf"[\w$]*(?:secret|passw(?:or)?d|passphrase|token|credential|{_KEYS})s?"
_FALLBACK = r"""(?:[^"'`\n,;{}]{0,120}(?:\?\?|\|\|)\s*)?"""
_NAMED = re.compile(
    rf"""(["']?(?<![\w$]){_NAME}["']?\s*[:=]\s*{_FALLBACK}\(?)(["'`])((?:(?!\2)[^\\]|\\.)+)\2""", re.IGNORECASE
)
_SHAPES = re.compile(
    r"""-----BEGIN [A-Z ]*PRIVATE KEY-----(?:(?!-----).)*-----END [A-Z ]*PRIVATE KEY-----"""
    r"""|\b(?:sk|pk|rk)_(?:live|test)_\w{8,}|\bsk-[\w-]{16,}|\bgh[opsur]_\w{16,}|\bgithub_pat_\w{16,}"""
    r"""|\bAKIA[0-9A-Z]{12,}|\bxox[abprs]-[\w-]{8,}|\bAIza[\w-]{20,}|\bwhsec_\w{8,}|\bre_\w{16,}"""
    r"""|\bBearer\s+[\w.~+/-]{12,}|https://hooks\.slack\.com/services/[\w/-]+"""
    r"""|(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}""",
    re.DOTALL,
)
_CREDENTIALS = re.compile(r"""((?<![a-z0-9+.-])[a-z][a-z0-9+.-]*://[^\s:/@"'`]+:)[^\s"'`/]+(@)""", re.IGNORECASE)
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")


def redacted(text: str) -> tuple[str, int]:
    """The text with secrets replaced by a mark, and how many there were."""
    count = 0

    def named(match: re.Match[str]) -> str:
        nonlocal count
        if _VARIABLE.fullmatch(match[3]) or match[3].startswith("${"):
            return match[0]
        count += 1
        return f"{match[1]}{match[2]}{MARK}{match[2]}"

    text = _NAMED.sub(named, text)
    text, shapes = _SHAPES.subn(MARK, text)
    text, credentials = _CREDENTIALS.subn(rf"\g<1>{MARK}\g<2>", text)
    return text, count + shapes + credentials
