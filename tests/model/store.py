"""The rows of a running project during one request: finding, constraints, writing, cascades (decisions 3 and 5)."""

from model.answer import ANYTHING, NEW_ID, NOW, Either, Fault
from model.definition import Column, Project, Row, Rows, Rule, Table
from model.rules import Caller, allows, has_code, is_visible
from model.values import stored


class Store:
    """A private copy of the rows; a refused request throws it away."""

    def __init__(self, project: Project, rows: Rows, before: "Store | None" = None) -> None:
        self.project = project
        self.before = before
        self.written: set[tuple[str, object]] = set()
        self.rows = {table.name: [dict(row) for row in rows.get(table.name, [])] for table in project.tables}

    def copy(self) -> "Store":
        found = Store(self.project, self.rows, self.before)
        found.written = set(self.written)
        return found

    def after(self, before: "Store") -> "Store":
        """These rows, where what may be seen and changed is judged by the rows of another store."""
        return Store(self.project, self.rows, before)

    def of(self, table: Table) -> list[Row]:
        return self.rows[table.name]

    def visible(self, table: Table, caller: Caller) -> list[Row]:
        """The rows inside the caller's firewall."""
        return [row for row in self.of(table) if is_visible(table, row, caller)]

    def find(self, table: Table, key: object, caller: Caller) -> Row | None:
        judged = self.before or self
        return next((row for row in judged.visible(table, caller) if row["id"] == key), None)

    def exists(self, table: Table, key: object) -> bool:
        return any(row["id"] == key for row in (self.before or self).of(table))

    def _own(self, table: Table, row: Row) -> Row:
        return next(own for own in self.of(table) if own["id"] == row["id"])

    def again(self, table: Table, key: object, rule: Rule, caller: Caller) -> None:
        """A row that an earlier item of the batch wrote is written again only while it is as the rule wants it."""
        if (table.name, key) not in self.written:
            return
        row = next((row for row in self.visible(table, caller) if row["id"] == key), None)
        if row is None or has_code(rule) or not allows(rule, caller, table, row):
            raise not_visible(table)

    def get(self, table: Table, key: object, caller: Caller) -> Row:
        """A row that the firewall shows; in hide mode one that `get` shows, too."""
        return _unhidden(table, self.find(table, key, caller), caller)

    def anywhere(self, table: Table, key: object, caller: Caller) -> Row:
        """A row of any tenant that is not deleted; in hide mode, too, one that the rule of `get` allows."""
        row = next((row for row in self.of(table) if row["id"] == key and row.get("deletedAt") is None), None)
        return _unhidden(table, row, caller)

    def check_references(self, table: Table, body: Row, caller: Caller) -> None:
        """Each reference given must point into the caller's firewall."""
        for column in table.columns:
            if column.target is None or body.get(column.name) is None:
                continue
            if self.find(self.project.table(column.target), body[column.name], caller) is None:
                raise Fault(400, "FK_NOT_FOUND", None)

    def check_unique(self, table: Table, row: Row) -> None:
        """Unique columns, among live rows where the index is partial."""
        for columns in (*((c.name,) for c in table.columns if c.unique), *table.uniques, ("id",)):
            key = [row[name] for name in columns]
            if None in key or NEW_ID in key:
                continue
            partial = table.soft and columns != ("id",)
            if partial and row.get("deletedAt") is not None:
                continue
            others = [other for other in self.of(table) if other is not row]
            if any(key == [o[n] for n in columns] and not (partial and o["deletedAt"] is not None) for o in others):
                raise Fault(409, "UNIQUE_VIOLATION", "database")

    def insert(self, table: Table, body: Row, caller: Caller) -> Row:
        """A new row: defaults, scopes and audit columns are the server's. What is unique is not checked yet."""
        row: Row = {"id": body.get("id", NEW_ID)}
        for column in table.columns:
            row[column.name] = stored(column, body.get(column.name, column.default))
        row |= _stamps(table, caller)
        row |= {"createdAt": NOW, "createdBy": actor(caller), "modifiedAt": NOW, "modifiedBy": actor(caller)}
        if table.soft:
            row |= {"deletedAt": None, "deletedBy": None}
        self.of(table).append(row)
        self.written.add((table.name, row["id"]))
        return row

    def change(self, table: Table, row: Row, values: Row, caller: Caller) -> Row:
        """Writes values into a row of the store."""
        changed: Row = {name: _stored(table.column(name), value) for name, value in values.items()}
        row = self._own(table, row)
        self.written.add((table.name, row["id"]))
        row |= {**changed, "modifiedAt": NOW, "modifiedBy": actor(caller)}
        self.check_unique(table, row)
        return row

    def act(self, table: Table, row: Row, values: Row) -> None:
        """What an action's handler writes through the scoped database; its audit columns are not compared."""
        row |= {**values, "modifiedAt": ANYTHING, "modifiedBy": ANYTHING}
        self.check_unique(table, row)

    def remove(self, table: Table, row: Row, caller: Caller) -> None:
        """Deletes a row as its table says; a soft delete cascades."""
        row = self._own(table, row)
        self.written.add((table.name, row["id"]))
        if not table.soft:
            self.of(table).remove(row)
            return
        row |= {"deletedAt": NOW, "deletedBy": actor(caller), "modifiedAt": NOW, "modifiedBy": actor(caller)}
        self._cascade(table, row, caller)

    def _cascade(self, parent: Table, row: Row, caller: Caller) -> None:
        for table, column in self.project.referring(parent):
            if table.feature != parent.feature or not table.soft:
                continue
            for child in self.visible(table, caller):
                if child[column.name] == row["id"]:
                    touched = {"modifiedAt": Either((child["modifiedAt"], NOW)), "modifiedBy": ANYTHING}
                    child |= {"deletedAt": NOW, "deletedBy": actor(caller), **touched}
                    self._cascade(table, child, caller)


def actor(caller: Caller) -> object:
    """Who is written into audit columns; the specification leaves open what an anonymous write leaves there."""
    return Either((None, "system")) if caller.user_id is None else caller.user_id


def not_visible(table: Table) -> Fault:
    """Absent, soft-deleted and foreign rows alike."""
    if table.firewall.hide:
        return Fault(404, "NOT_FOUND", None)
    return Fault(403, "FIREWALL_NOT_FOUND", "firewall")


def _unhidden(table: Table, row: Row | None, caller: Caller) -> Row:
    reading = table.crud.get("get")
    if row is None or (table.firewall.hide and not (reading and allows(reading.access, caller, table, row))):
        raise not_visible(table)
    return row


def _stamps(table: Table, caller: Caller) -> Row:
    firewall = table.firewall
    pairs = ((firewall.organization, caller.org), (firewall.owner, caller.user_id), (firewall.team, caller.team))
    return {column: value for column, value in pairs if column}


def _stored(column: Column | None, value: object) -> object:
    return stored(column, value) if column else value
