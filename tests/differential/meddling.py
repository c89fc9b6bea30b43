"""Changes a caller must not be able to notice: in rows they do not see, in values masked for them."""

import re

from differential.rows import TIMES, values_of
from differential.ruling import columns_of, rules_of
from model.definition import Column, Project, Row, Rows, Table
from model.masks import is_plain, mask_of, owner_column
from model.rules import Caller, is_visible


def with_other_tenants_changed(group: Project, rows: Rows, caller: Caller) -> dict[str, list[Row]]:
    """Every row that the firewall hides from the caller gets other values, and a twin."""
    changed: dict[str, list[Row]] = {}
    for table in group.tables:
        changed[table.name] = []
        for row in rows[table.name]:
            hidden = not is_visible(table, row, caller)
            changed[table.name].append(_scrambled(table, row) if hidden else dict(row))
        changed[table.name] += [_twin(table, row) for row in rows[table.name] if not is_visible(table, row, caller)]
    return changed


def _scrambled(table: Table, row: Row) -> Row:
    """Other values in every column that is neither key, scope nor unique across tenants."""
    found = dict(row)
    for column in table.columns:
        if column.name in table.firewall.scopes or column.unique or column.name == "slug":
            continue
        found[column.name] = None if column.target else _different(column, row[column.name])
    time = TIMES[0] if row["createdAt"] != TIMES[0] else TIMES[-1]
    return found | {"createdAt": time, "modifiedAt": time, "createdBy": "someone else", "modifiedBy": "someone else"}


def _different(column: Column, value: object) -> object:
    return next((other for other in values_of(column) if other != value), value)


def _twin(table: Table, row: Row) -> Row:
    unique = {column.name: None for column in table.columns if column.unique or column.name == "slug" or column.target}
    return {**row, **unique, "id": f"{row['id']}-twin"}


def with_masked_values_changed(group: Project, rows: Rows, caller: Caller) -> dict[str, list[Row]]:
    """Every value that is masked for the caller becomes another one with the same mask."""
    return {table.name: [_masked_changed(table, row, caller) for row in rows[table.name]] for table in group.tables}


def _masked_changed(table: Table, row: Row, caller: Caller) -> Row:
    found = dict(row)
    for name in masked_columns(table, caller):
        mask, column = mask_of(table, name), table.column(name)
        assert mask and column
        if not (mask.or_owner and row[owner_column(table)] == caller.user_id):
            found[name] = same_mask(mask.kind, column, row[name])
    return found


def masked_columns(table: Table, caller: Caller) -> list[str]:
    """Columns masked for the caller that no rule of the table looks at: what a rule tells is the author's choice."""
    used = {name for rule in rules_of(table) for name in columns_of(rule)}
    return [c.name for c in table.columns if c.name not in used and not is_plain(table, c.name, caller)]


def same_mask(kind: str, column: Column, value: object) -> object:
    """Another value that its mask does not tell apart from this one."""
    if value is None or column.kind != "text" or not isinstance(value, str):
        return None if value is None else _other(kind, column, value)
    match kind:
        case "email":
            found = re.fullmatch(r"([^@])([^@]*)@([^@])([^@]*)(\.[^@.]+)", value)
            if not found:
                return f"un{value}@@"
            return f"{found[1]}{_turned(found[2])}@{found[3]}{_turned(found[4])}{found[5]}"
        case "phone" | "ssn" | "creditCard":
            digits = len(re.sub(r"\D", "", value))
            return "0" * (digits - 4) + re.sub(r"\D", "", value)[-4:] if digits >= 8 else f"{value} no"
        case "name":
            words = (word[:1] + _turned(word[1:]) if len(word) > 1 else _turned(word) for word in value.split(" "))
            return " ".join(words)
        case _:
            return f"{value} and more"


def _turned(text: str) -> str:
    return re.sub(r"\w", "q", text)


def _other(kind: str, column: Column, value: object) -> object:
    """Another value of the column: one that is redacted alike, or too short to leave a digit."""
    if kind != "redact" and len(str(value)) >= 8:
        return value
    return _different(column, value)
