"""Hypothesis strategies for requests: mostly sensible ones, with every kind of mistake and attack mixed in."""

from dataclasses import replace

from hypothesis import strategies as st

from differential.people import WHO
from differential.rows import TIMES, VALUES, values_of
from differential.ruling import STATUSES
from model.definition import AUDIT, Action, Column, Json, Project, Raw, Request, Rows, Table, Tools
from model.rules import kind_of
from model.semantics import BASE, BATCH_VERBS

WRONG: dict[str, tuple[Json, ...]] = {
    "text": (5, ["x"], {"a": 1}),
    "integer": (1.5, "5", True),
    "real": ("1.5", False),
    "boolean": (1, "true"),
    "millis": (5, "soon"),
    "seconds": (True, "soon"),
    "json": (),
}
BROKEN: dict[str, tuple[Json, ...]] = {
    "name": ("x", "y" * 41),
    "title": ("z" * 31,),
    "status": ("odd",),
    "amount": (-1, 1001),
    "webUrl": ("no url",),
    "replyTo": ("nobody",),
    "area": ("west",),
    "code": ("ab-1", "AB-1 "),
    "group": ("", "longer than twelve"),
}
OFTEN = {"list": 6, "get": 6, "create": 6, "update": 8, "delete": 5, "put": 5}
STRANGE = ("foo", "constructor", "toString", "__proto__", "hasOwnProperty")
BAD_QUERIES = (
    *(("limit", text) for text in ("0", "101", "x", "-1", "1.5", "")),
    *(("offset", text) for text in ("-1", "x")),
    *(("sort", text) for text in ("nope", "name:up", "constructor")),
    *(("fields", text) for text in ("nope", "id,nope")),
    ("order", "up"),
    ("zzz", "1"),
    ("__proto__", "1"),
    ("constructor", "x"),
    ("name.near", "x"),
    ("amount", "x"),
    ("amount", ""),
    ("rank.gt", "one"),
    ("active", "yes"),
    ("dueAt.gt", "soon"),
)


@st.composite
def requests(draw: st.DrawFn, project: Project, rows: Rows) -> Request:
    """One request to one of the group's tables, or to its actions without one."""
    if project.tools and draw(st.integers(0, 9)) == 0:
        tools = project.tools[0]
        maker = _Maker(draw, project, project.reached_by(tools), rows, draw(st.sampled_from(WHO)))
        return maker.tool(tools)
    table = draw(st.sampled_from([table for table in project.tables if not table.internal]))
    who = draw(st.sampled_from(("ann", "ann", "ada", "max", "max", "rec", "two", "duo", *WHO)))
    verbs = [verb for verb in table.crud for _ in range(OFTEN[verb])]
    verbs += [verb for verb in BASE if BASE[verb] in table.crud] * 2
    verbs += [f"view {name}" for name in table.views] * 2 + [f"action {name}" for name in table.actions] * 6
    verb = draw(st.sampled_from([*verbs, "list", "get", "odd"]))
    return _Maker(draw, project, table, rows, who).request(verb)


class _Maker:
    """Draws the parts of one request."""

    def __init__(self, draw: st.DrawFn, project: Project, table: Table, rows: Rows, who: str) -> None:
        self.draw, self.project, self.table, self.rows, self.who = draw, project, table, rows, who

    def chance(self, one_in: int) -> bool:
        return self.draw(st.integers(1, one_in)) == one_in

    def request(self, verb: str) -> Request:
        base = f"/{self.table.route}"
        if verb.startswith("view "):
            return Request(self.who, "GET", f"{base}/views/{verb[5:]}", self.query(is_view=True))
        if verb.startswith("action "):
            return self.action(self.table.actions[verb[7:]])
        if verb in BASE:
            method = next(method for method, name in BATCH_VERBS.items() if name == verb)
            return Request(self.who, method, f"{base}/batch", body=self.batch(verb))
        match verb:
            case "list":
                return Request(self.who, "GET", base, self.query(is_view=False))
            case "get":
                query = (("fields", self.fields("get")),) if self.chance(4) else ()
                query = (("limit", "1"),) if self.chance(20) else query
                return Request(self.who, "GET", f"{base}/{self.key()}", query)
            case "create":
                return Request(self.who, "POST", base, body=self.text() or self.new_row(with_id=True))
            case "update":
                return Request(self.who, "PATCH", f"{base}/{self.key()}", body=self.text() or self.change())
            case "delete":
                return Request(self.who, "DELETE", f"{base}/{self.key()}")
            case "put":
                return Request(self.who, "PUT", f"{base}/{self.key()}", body=self.text() or self.new_row(with_id=False))
            case _:
                return self.odd(base)

    def action(self, action: Action) -> Request:
        """A call of an action, of an unsafe one mostly by a platform admin."""
        who = self.draw(st.sampled_from(("sam", "sam", "sys", self.who))) if action.unsafe else self.who
        below = action.path or action.name if action.standalone else f"{self.key()}/{action.name}"
        path = f"/{self.table.route}/{below}"
        values = self.input(action.name)
        if action.method != "GET":
            return Request(who, action.method, path, body=values)
        query = {} if isinstance(values, Raw) else values
        assert isinstance(query, dict)
        return Request(who, "GET", path, tuple((name, str(value)) for name, value in query.items()))

    def tool(self, tools: Tools) -> Request:
        """A call of an action without a table, now and then by another method or another path."""
        action = self.draw(st.sampled_from(list(tools.actions.values())))
        found = self.action(action)
        method = self.draw(st.sampled_from(("GET", "POST", "DELETE"))) if self.chance(12) else found.method
        path = (
            action.path or action.name if not self.chance(15) else self.draw(st.sampled_from(("none", "", "count/x")))
        )
        return replace(found, method=method, path=f"/{tools.feature}/{path}".rstrip("/"))

    def odd(self, base: str) -> Request:
        """Routes and methods that may not exist."""
        who = self.who if self.who != "nobody" else "ann"
        paths = (
            f"{base}/views/none",
            f"{base}/x/none",
            "/nothing",
            f"{base}/x/y/z",
            base,
            f"{base}/x",
            f"{base}/batch",
        )
        method = self.draw(st.sampled_from(("GET", "POST", "PATCH", "PUT", "DELETE")))
        return Request(who, method, self.draw(st.sampled_from(paths)), body=None if method == "GET" else {})

    def key(self) -> str:
        return self.draw(st.sampled_from([*self.ids(), *self.ids(), *self.ids(), "absent"]))

    def ids(self) -> list[str]:
        return [str(row["id"]) for row in self.rows[self.table.name]]

    def text(self) -> Raw | None:
        return Raw(self.draw(st.sampled_from(("{", "", "nul", "[1,")))) if self.chance(25) else None

    def value(self, column: Column) -> Json:
        """A value for a body: mostly a good one."""
        if column.target:
            return self.draw(st.sampled_from([*(str(row["id"]) for row in self.rows[column.target]), None, "absent"]))
        if self.chance(12):
            bad = (*WRONG[column.kind], *BROKEN.get(column.name, ()), None)
            return self.draw(st.sampled_from(bad))
        if column.name in ("slug", "badge"):
            taken = [str(row[column.name]) for row in self.rows[self.table.name] if row[column.name]]
            return self.draw(st.sampled_from([f"new {column.name}", None, *taken]))
        return self.draw(st.sampled_from(values_of(column)))

    def new_row(self, *, with_id: bool) -> dict[str, Json]:
        guards, scopes = self.table.guards, self.table.firewall.scopes
        own = [column for column in self.table.columns if column.name not in scopes]
        allowed = own if guards.off else [c for c in own if c.name in (*guards.createable, *guards.immutable)]
        must = [column for column in allowed if column.required and not self.chance(15)]
        may = [column for column in allowed if column not in must and self.chance(2)]
        body = {column.name: self.value(column) for column in (*must, *may)}
        if self.project.client_ids and with_id and not self.chance(8):
            body["id"] = self.draw(st.sampled_from(("fresh", "fresh", *self.ids())))
        elif self.project.client_ids and not with_id and self.chance(6):
            body["id"] = "other"
        return body | self.mischief()

    def change(self) -> dict[str, Json]:
        guards, scopes = self.table.guards, self.table.firewall.scopes
        own = [column for column in self.table.columns if column.name not in scopes]
        allowed = own if guards.off else [column for column in own if column.name in guards.updatable]
        body = {column.name: self.value(column) for column in allowed if self.chance(2)}
        return body | self.mischief()

    def mischief(self) -> dict[str, Json]:
        """Keys that nobody may send."""
        if not self.chance(4):
            return {}
        guards, own = self.table.guards, [column.name for column in self.table.columns]
        system = (*AUDIT, *self.table.firewall.scopes, *(() if self.project.client_ids else ("id",)))
        kinds = [kind for kind in (system, tuple(guards.protected), guards.immutable, STRANGE, tuple(own)) if kind]
        kind = st.sampled_from(kinds).flatmap(st.sampled_from)
        chosen = self.draw(st.lists(kind, min_size=1, max_size=2, unique=True))
        return {name: self.evil(name) for name in chosen}

    def evil(self, name: str) -> Json:
        column = self.table.column(name)
        if column and name not in self.table.firewall.scopes:
            return self.value(column)
        return self.draw(st.sampled_from(("@B", "@bob", TIMES[0], None)))

    def batch(self, verb: str) -> Json | Raw:
        if broken := self.text():
            return broken
        limit = self.table.batches[verb].max_size if verb in self.table.batches else 100
        size = self.draw(st.sampled_from((0, 1, 2, 2, 3, 3, limit + 1 if limit < 10 else 4)))
        body: dict[str, Json] = {"options": {"atomic": True}} if self.chance(3) else {}
        if verb == "batchDelete":
            return body | {"ids": list(self.several(size))}
        if verb == "batchCreate":
            return body | {"records": [self.new_row(with_id=True) for _ in range(size)]}
        make = self.change if verb == "batchUpdate" else lambda: self.new_row(with_id=False)
        records: list[Json] = [{**make(), "id": key} for key in self.several(size)]
        if records and self.chance(12):
            records[-1] = {"name": "No id"}
        return body | {"records": records}

    def several(self, size: int) -> list[str]:
        """Ids, mostly existing ones, now and then one of them again."""
        known = [*self.ids(), "absent", "absent too"]
        found = self.draw(st.lists(st.sampled_from(known), min_size=min(size, 3), max_size=max(size, 1), unique=True))
        return [*found[:-1], found[0]] if len(found) > 1 and self.chance(5) else found

    def input(self, name: str) -> Json | Raw:
        if broken := self.text():
            return broken
        values, transition = self.table.actions[name].input, self.table.actions[name].transition
        if transition and not self.chance(8):
            return {transition.via: self.draw(st.sampled_from((*STATUSES, "odd", "constructor")))}
        return {key: 5 if self.chance(8) else "because" for key in values if not self.chance(10)}

    def fields(self, verb: str) -> str:
        names = self.table.crud[verb].fields if verb in self.table.crud else ()
        chosen = st.lists(st.sampled_from(names or self.table.names), min_size=1, max_size=4, unique=True)
        return ",".join(self.draw(chosen))

    def query(self, *, is_view: bool) -> tuple[tuple[str, str], ...]:
        """A few parameters, each at most once unless that is the mistake."""
        parts: list[tuple[str, str]] = []
        if self.chance(9):
            bad = self.draw(st.sampled_from(BAD_QUERIES))
            return (bad,) if self.chance(2) else (bad, ("limit", "3"))
        if self.chance(30):
            return (("limit", "3"), ("limit", "3"))
        for _ in range(self.draw(st.sampled_from((0, 0, 1, 1, 2)))):
            parts.append(self.filter())
        parts += self.sort() if self.chance(2) else []
        if self.chance(3):
            parts.append(("limit", self.draw(st.sampled_from(("1", "2", "3", "5")))))
        if self.chance(4):
            parts.append(("offset", self.draw(st.sampled_from(("0", "1", "2")))))
        if self.chance(4):
            parts.append(("search", self.draw(st.sampled_from(("oak", "OAK", "%", "_", "a", "555", "nothing")))))
        if self.chance(3):
            parts.append(("count", "true"))
        if self.chance(5) and not is_view:
            parts.append(("fields", self.fields("list")))
        return tuple(dict(parts).items())

    def filter(self) -> tuple[str, str]:
        names = [name for name in self.table.names if kind_of(self.table, name) != "json"]
        name = self.draw(st.sampled_from(names))
        kind = kind_of(self.table, name)
        operators = {"boolean": ("", ".ne"), "text": ("", ".ne", ".like", ".in")}
        operator = self.draw(st.sampled_from(operators.get(kind, ("", ".gt", ".gte", ".lt", ".lte", ".ne", ".in"))))
        found = [row[name] for row in self.rows[self.table.name] if row[name] is not None]
        values = found or [TIMES[0] if kind in ("millis", "seconds") else VALUES.get(kind, ("x",))[0]]
        text = self.spelled(kind, self.draw(st.sampled_from(values)), operator)
        return f"{name}{operator}", text

    def spelled(self, kind: str, value: object, operator: str) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        if kind in ("millis", "seconds"):
            return str(value)[:10] if operator not in ("", ".in") and self.chance(2) else str(value)
        text = str(value)
        if operator == ".like":
            part = text[: self.draw(st.integers(1, 4))]
            return part.upper() if self.chance(2) and part.isascii() else part
        if operator == ".in":
            return ",".join([text, "5" if kind in ("integer", "real") else "draft"]) if "," not in text else text
        return text

    def sort(self) -> list[tuple[str, str]]:
        names = [name for name in self.table.names if kind_of(self.table, name) != "json"]
        chosen = self.draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
        match self.draw(st.sampled_from(("one", "ordered", "minus", "many"))):
            case "one":
                return [("sort", chosen[0])]
            case "ordered":
                return [("sort", chosen[0]), ("order", self.draw(st.sampled_from(("asc", "desc"))))]
            case "minus":
                return [("sort", f"-{chosen[0]}")]
            case _:
                ways = [f"{name}:{self.draw(st.sampled_from(('asc', 'desc')))}" for name in chosen]
                return [("sort", ",".join(ways))]
