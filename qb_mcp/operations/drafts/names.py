"""What a table, a feature, an action and a role may be called."""

import re

from qb_compiler.checks.duplicate_route import RESERVED as RESERVED_ROUTES
from qb_mcp.corpus.words import parts
from qb_mcp.errors import QbError
from qb_mcp.operations.text import one_line

_PLAIN = re.compile(r"[A-Za-z0-9 _/-]{1,60}")
_ACTION = re.compile(r"[a-z][A-Za-z0-9]{0,60}")
_IMPORTED = "defineActions defineTable eq integer numeric real sqliteTable text z readers writers"
_KEYWORDS = (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends"
    " false finally for function if implements import in instanceof interface let new null package private protected"
    " public return static super switch this throw true try typeof undefined var void while with yield"
)
_TAKEN_NAMES = frozenset(f"{_IMPORTED} {_KEYWORDS}".split())
_TAKEN_FILES = RESERVED_ROUTES | {"actions", "index"}


def camel(name: str) -> str:
    """`job-postings` and `job_postings` as `jobPostings`."""
    first, *others = parts(name)
    return first + "".join(word.capitalize() for word in others)


def folder_name(name: str) -> str:
    """The name of a feature as its folder is called."""
    words = parts(name) if _PLAIN.fullmatch(name) else []
    if not words or words[0].isdigit():
        raise QbError(f"`{one_line(name, 60)}` cannot be the name of a file", "for example `job-postings`")
    return "-".join(words)


def table_file(name: str) -> str:
    """The name of a table as its file is called."""
    file = folder_name(name)
    if file in _TAKEN_FILES or camel(file) in _TAKEN_NAMES:
        raise QbError(f"`{file}` is taken and cannot be the name of a table", f"for example `{file}-items`")
    return file


def action_name(name: str) -> str:
    if not _ACTION.fullmatch(name) or name in _TAKEN_NAMES:
        raise QbError(f"`{one_line(name, 60)}` cannot be the name of an action", "for example `approve` or `sendOffer`")
    return name
