"""Masking: which columns a caller sees plainly, and what the others become (decisions 6)."""

import re

from model.definition import Mask, Row, Table
from model.rules import Caller, holds_role

REDACTED = "[REDACTED]"
SENSITIVE = {
    "email": ("email",),
    "phone": ("phone", "mobile", "fax"),
    "ssn": ("ssn", "social security", "national id"),
    "creditCard": ("credit card", "cc", "card number", "cvv"),
    "redact": ("password", "secret", "token", "api key", "private key"),
}


def mask_of(table: Table, name: str) -> Mask | None:
    """The mask of a column: the declared one, else the automatic one of a sensitive text column."""
    if declared := table.masking.get(name):
        return None if declared.off else declared
    column = table.column(name)
    if column is None or column.kind != "text":
        return None
    words = f" {re.sub(r'(?=[A-Z])', ' ', name).lower()} "
    for kind, names in SENSITIVE.items():
        if any(f" {sensitive} " in words for sensitive in names):
            return Mask(kind, ("owner", "admin"), or_owner=True)
    return None


def is_plain(table: Table, name: str, caller: Caller) -> bool:
    """Whether the caller's roles alone show the column; being a record's owner does not count."""
    mask = mask_of(table, name)
    return mask is None or (bool(mask.roles) and holds_role(mask.roles, caller))


def shown(table: Table, row: Row, name: str, caller: Caller) -> object:
    """The value of a column as the caller may see it."""
    value, mask = row[name], mask_of(table, name)
    if value is None or mask is None or is_plain(table, name, caller):
        return value
    if mask.or_owner and caller.user_id is not None and row[owner_column(table)] == caller.user_id:
        return value
    return masked(mask.kind, value)


def owner_column(table: Table) -> str:
    """The column that `or: "owner"` compares: the firewall's, else `ownerId`, else `createdBy`."""
    return table.firewall.owner or ("ownerId" if table.column("ownerId") else "createdBy")


def masked(kind: str, value: object) -> str:
    """A masked value: total, and never the original."""
    text = value if isinstance(value, str) else _string_form(value)
    match kind:
        case "email":
            return _email(text)
        case "name":
            return " ".join(_word(word) for word in text.split(" ")) if text.strip() else REDACTED
        case "phone" | "ssn":
            return _digits(text)
        case "creditCard":
            stars = _digits(text)
            return stars if stars == REDACTED else " ".join(re.findall(r".{1,4}", stars))
        case "custom":
            return "hidden"
        case _:
            return REDACTED


def _string_form(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _email(text: str) -> str:
    local, _, domain = text.partition("@")
    base, _, ending = domain.rpartition(".")
    if not (local and base and ending) or "@" in domain:
        return REDACTED
    return f"{local[0]}{_stars(local)}@{base[0]}{_stars(base)}.{ending}"


def _stars(text: str) -> str:
    return "*" * max(len(text) - 1, 1)


def _word(word: str) -> str:
    return "*" if len(word) == 1 else word[:1] + "*" * (len(word) - 1)


def _digits(text: str) -> str:
    digits = re.sub(r"[^0-9]", "", text)
    return "*" * (len(digits) - 4) + digits[-4:] if len(digits) >= 8 else REDACTED
