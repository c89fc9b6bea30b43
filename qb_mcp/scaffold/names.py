"""What a project may be called: its name becomes that of a Worker, of databases and of a package."""

import re

from qb_mcp.errors import QbError

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST = 48
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(1, 10))})


def check_name(name: str) -> None:
    """Raise unless the name is one."""
    if not name:
        raise QbError("a project needs a name", "for example `my-app`")
    if not _NAME.fullmatch(name) or len(name) > _LONGEST:
        rule = f"lower-case letters, digits and single dashes, starting with a letter, at most {_LONGEST}"
        near = suggestion(name)
        raise QbError(f"`{name}` cannot be a project's name: {rule}", f"`{near}` would do" if near else "try `my-app`")
    if name in _DEVICES:
        raise QbError(f"`{name}` is the name of a device on Windows", "add a word, such as `" + name + "-app`")


def suggestion(name: str) -> str:
    """The nearest name that would do, or nothing."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"([a-z0-9])([A-Z])", r"\1-\2", name).lower())
    near = "-".join(words).lstrip("0123456789-")[:_LONGEST].rstrip("-")
    return near if _NAME.fullmatch(near) and near not in _DEVICES else ""
