"""Hypothesis strategies for definitions: groups of related tables with every security layer drawn at random.

A group is a small `Project` of its own. Many groups are compiled into one project (`printer`), so their tables carry
the group's number. Drawn are only definitions that the specification allows.
"""

from dataclasses import replace

from hypothesis import strategies as st

from differential.ruling import STATUSES, Draw, Rules, has_roles
from differential.settings import HIERARCHY, Setting
from model.definition import (
    Action,
    Batch,
    Checks,
    Column,
    Firewall,
    Guards,
    Input,
    Json,
    Mask,
    Operation,
    Project,
    Rule,
    Table,
    Tools,
    Transition,
    Unsafe,
    View,
)
from model.masks import mask_of

NAMES = ("tenantId", "holderId")


PLAIN = (
    Column("name", not_null=True, checks=Checks(min_length=2, max_length=40)),
    Column("title", length=30),
    Column("status", not_null=True, default="draft", enum=STATUSES),
    Column("notes"),
    Column("amount", "integer", checks=Checks(minimum=0, maximum=1000)),
    Column("score", "real"),
    Column("active", "boolean", not_null=True, default=True),
    Column("rank", "integer", not_null=True, default=1),
    Column("details", "json"),
    Column("dueAt", "millis"),
    Column("startAt", "seconds"),
    Column("flagged", "boolean"),
    Column("webUrl", checks=Checks(url=True)),
    Column("area", checks=Checks(enum=("north", "south"))),
    Column("code", checks=Checks(pattern="^[A-Z]{2}-[0-9]+$")),
    Column("paused", "boolean", not_null=True, default=False),
    Column("visits", "integer", not_null=True, default=0),
    Column("size", "integer", not_null=True),
    Column("heldAt", "millis", not_null=True),
    Column("tags", "json", not_null=True),
    Column("group", length=12, checks=Checks(min_length=1)),
)
MORE = ("total", "sweep", "audit", "inspect", "move", "census", "open", "shift")
STEPS: tuple[dict[str, tuple[str, ...]], ...] = (
    {"draft": ("open",), "open": ("draft", "closed")},
    {"draft": ("closed", "draft")},
    {"draft": ("open",), "open": ("closed",), "closed": ()},
)
SENSITIVE = (Column("workEmail"), Column("contactPhone"), Column("token"), Column("replyTo", checks=Checks(email=True)))


@st.composite
def groups(draw: Draw, number: int, setting: Setting) -> Project:
    """A group of one to three tables: a hub, what refers to it, and what refers to that."""
    scope = draw(st.sampled_from(setting.scopes))
    hub = _table(draw, f"hubs{number}", f"area{number}", scope, setting, None)
    tables = [hub]
    for name in draw(st.sampled_from((("parts",), ("parts", "smallBits"), ()))):
        parent = tables[-1]
        below = "exception" if parent.firewall.exception else draw(st.sampled_from(setting.scopes))
        feature = draw(st.sampled_from((parent.feature, parent.feature, parent.feature, f"other{number}")))
        tables.append(_table(draw, f"{name}{number}", feature, below, setting, parent))
    scopes = {table.firewall.organization for table in tables if table.feature == hub.feature}
    if scopes == {"organizationId"} and draw(st.booleans()):
        tables.append(_internal(f"links{number}", hub))
    hierarchy = HIERARCHY if setting.hierarchy else ()
    fitting = _with_one_actor_a_feature(_with_soft_targets(tables))
    tools = tuple(_tools(draw, f"tools{number}", table, setting) for table in fitting[:1] if draw(st.booleans()))
    return Project(tuple(fitting), hierarchy, setting.organizations, setting.client_ids, setting.teams, tools)


def _tools(draw: Draw, feature: str, table: Table, setting: Setting) -> Tools:
    """Actions without a table, which reach the rows of one."""
    names = draw(
        st.lists(st.sampled_from(("count", "close", "report", "everything")), min_size=1, max_size=3, unique=True)
    )
    return Tools(feature, table.name, {name: _tool(draw, name, table, Rules(draw, table, setting)) for name in names})


def _tool(draw: Draw, name: str, table: Table, rules: Rules) -> Action:
    answers = draw(st.sampled_from(("json", "json", "file", "stream")))
    alone = Rule(("PUBLIC",)) if draw(st.integers(0, 4)) == 0 else rules.rule(record=False, code=True)
    tool = Action(name, alone, standalone=True, tableless=True, answers=answers)
    match name:
        case "count":
            takes = {"reason": "text"} if draw(st.booleans()) else {}
            return replace(tool, method="GET", path=draw(st.sampled_from(("", "rows/all"))), input=takes)
        case "close" if table.column("status"):
            return replace(
                tool, sets={"status": draw(st.sampled_from(STATUSES))}, method=draw(st.sampled_from(("POST", "PUT")))
            )
        case "everything":
            unsafe = draw(st.sampled_from((Unsafe(), Unsafe(admin_only=True), Unsafe(cross_tenant=True))))
            return replace(tool, access=rules.rule(record=False), unsafe=unsafe)
        case _:
            return tool


def _internal(name: str, hub: Table) -> Table:
    """A table without routes that a soft delete of the hub reaches."""
    columns = (Column("organizationId", not_null=True), Column("notes"), Column("parentId", target=hub.name))
    return Table(name, hub.feature, columns, Firewall(organization="organizationId"), {}, internal=True)


def _with_one_actor_a_feature(tables: list[Table]) -> list[Table]:
    """A feature has one `actions.ts`, which serves one table."""
    actors = {table.feature: table.name for table in reversed(tables) if table.actions}
    return [t if actors.get(t.feature) == t.name else replace(t, actions={}, guards=_open(t.guards)) for t in tables]


def _open(guards: Guards) -> Guards:
    return replace(guards, protected={}, updatable=(*guards.updatable, *guards.protected))


def _with_soft_targets(tables: list[Table]) -> list[Table]:
    """Only a table that nothing refers to may delete for good; what the database does then is the author's choice."""
    targets = {column.target for table in tables for column in table.columns}
    keep = []
    for table in tables:
        delete = table.crud.get("delete")
        if delete and delete.mode == "hard" and (table.name in targets or any(c.target for c in table.columns)):
            table = replace(table, crud={**table.crud, "delete": replace(delete, mode="soft")})
        keep.append(table)
    return keep


def _table(draw: Draw, name: str, feature: str, scope: str, setting: Setting, parent: Table | None) -> Table:
    scopes, firewall = _firewall(draw, scope)
    usual = st.sampled_from((*PLAIN[1:], *[PLAIN[2]] * 6))
    plain = draw(st.lists(usual, min_size=3, max_size=6, unique_by=lambda column: column.name))
    sensitive = [] if not has_roles(firewall) else draw(st.lists(st.sampled_from(SENSITIVE), max_size=2, unique=True))
    columns = [*scopes, PLAIN[0], *plain, *sensitive, *_references(draw, name, parent)]
    uniques: tuple[tuple[str, ...], ...] = ()
    if firewall.organization and draw(st.booleans()):
        columns.append(Column("slug"))
        uniques = ((firewall.organization, "slug"),)
    if draw(st.integers(0, 4)) == 0:
        columns.append(Column("badge", unique=True))
    display = "title" if draw(st.booleans()) and any(column.name == "title" for column in columns) else None
    table = Table(name, feature, tuple(columns), firewall, {}, uniques=uniques, display=display)
    table = replace(table, masking=_masking(draw, table, setting))
    rules = Rules(draw, table, setting)
    table = replace(table, crud=_crud(draw, table, rules, setting), actions=_actions(draw, table, rules))
    if table.soft and draw(st.integers(0, 3)) == 0:
        table = replace(table, firewall=replace(table.firewall, declares_soft=True))
    table = replace(table, views=_views(draw, table, rules))
    return replace(table, guards=_guards(draw, table, setting), batches=_batches(draw, table, rules))


def _firewall(draw: Draw, scope: str) -> tuple[list[Column], Firewall]:
    hide = draw(st.booleans())
    tenant, holder = draw(st.sampled_from((("organizationId", "ownerId"), ("organizationId", "ownerId"), NAMES)))
    org, owner = Column(tenant, not_null=True), Column(holder, not_null=True)
    match scope:
        case "organization":
            derived = draw(st.integers(0, 3)) == 0 and tenant == "organizationId" and not hide
            return [org], Firewall(organization=tenant, hide=hide, derived=derived)
        case "owned":
            return [org, owner], Firewall(organization=tenant, owner=holder, hide=hide)
        case "shared":
            roles = draw(st.sampled_from((("owner", "admin"), ("owner", "admin"), ("recruiter",))))
            return [org, owner], Firewall(tenant, holder, owner_optional=True, bypass_roles=roles, hide=hide)
        case "team":
            return [org, Column("teamId", not_null=True)], Firewall(tenant, team="teamId", hide=hide)
        case "squad":
            return [Column("squadId", not_null=True)], Firewall(team="squadId", hide=hide)
        case "crew":
            columns = [org, owner, Column("teamId", not_null=True)]
            optional = draw(st.booleans())
            return columns, Firewall(tenant, holder, owner_optional=optional, team="teamId", hide=hide)
        case "personal":
            return [owner], Firewall(owner=holder, hide=hide)
        case _:
            return [], Firewall(exception=True, hide=hide, org_roles=scope == "open")


def _references(draw: Draw, name: str, parent: Table | None) -> list[Column]:
    found = []
    if parent:
        how = draw(st.sampled_from(("drizzle", "map")))
        label = how == "map" or draw(st.integers(0, 3)) > 0
        found.append(Column("parentId" if label else "parentKey", target=parent.name, declared_by=how))
    if draw(st.integers(0, 5)) == 0:
        found.append(Column("nextId", target=name, declared_by="map"))
    return found


def _masking(draw: Draw, table: Table, setting: Setting) -> dict[str, Mask]:
    roles = st.sampled_from(setting.seeing)
    masks = {}
    for column in table.columns:
        if column.name in table.firewall.scopes or column.target or column.name == "status":
            continue
        if draw(st.integers(0, 3 if column in SENSITIVE else 6)) == 0:
            shown = draw(roles) if has_roles(table.firewall) else ()
            kind = draw(st.sampled_from(_kinds(column)))
            off = mask_of(table, column.name) is not None and draw(st.integers(0, 3)) == 0
            masks[column.name] = Mask(kind, shown, draw(st.booleans()), off)
    return masks


def _kinds(column: Column) -> tuple[str, ...]:
    if column.kind == "text":
        return ("email", "phone", "ssn", "creditCard", "name", "redact", "custom")
    return ("redact", "phone") if column.kind == "integer" else ("redact",)


def _crud(draw: Draw, table: Table, rules: Rules, setting: Setting) -> dict[str, Operation]:
    reading = rules.rule(public=True)
    same = draw(st.booleans())
    narrow = draw(st.integers(0, 5)) == 0
    fields = ("id", *(column.name for column in table.columns[:4])) if narrow else ()
    page, most = draw(st.sampled_from(((50, 100), (2, 100), (2, 5), (5, 5))))
    single = reading if same else rules.rule(public=True, code=True)
    crud = {
        "list": Operation(reading, fields, page, most),
        "get": Operation(single, fields if draw(st.booleans()) else ()),
        "create": Operation(rules.rule(record=False, public=True, code=True)),
        "update": Operation(rules.rule(code=True)),
        "delete": Operation(rules.rule(code=True), mode=draw(st.sampled_from(("soft", "soft", "hard")))),
    }
    if setting.client_ids:
        crud["put"] = Operation(rules.rule(code=True))
    droppable = ("list", "create", "update", "delete") if table.firewall.hide else ("list", "get", "create", "delete")
    dropped = draw(st.sampled_from(("", "", "", *droppable)))
    return {verb: operation for verb, operation in crud.items() if verb != dropped}


def _views(draw: Draw, table: Table, rules: Rules) -> dict[str, View]:
    names = st.lists(st.sampled_from(table.names), min_size=1, max_size=5, unique=True)
    found = {}
    for name in draw(st.sampled_from(((), ("board",), ("board", "report")))):
        found[name] = View(tuple(draw(names)), rules.rule(public=True))
    return found


def _actions(draw: Draw, table: Table, rules: Rules) -> dict[str, Action]:
    if not table.column("status") or draw(st.integers(0, 3)) == 0:
        return {}
    sets: dict[str, Json | Input] = {"status": draw(st.sampled_from(STATUSES))}
    if table.column("notes"):
        sets["notes"] = Input("reason")
    takes = {"reason": "text"} if draw(st.booleans()) or "notes" in sets else {}
    advance = Action("advance", rules.rule(code=True), takes, sets, returns_record=draw(st.booleans()))
    more = draw(st.lists(st.sampled_from(MORE), max_size=3))
    return {"advance": advance} | {name: _more(draw, name, sets, rules) for name in dict.fromkeys(more)}


def _more(draw: Draw, name: str, sets: dict[str, Json | Input], rules: Rules) -> Action:
    """An action without a row, or one that leaves the firewall in some way."""
    sets, alone = {"status": sets["status"]}, rules.rule(record=False)
    match name:
        case "total":
            path = draw(st.sampled_from(("", "figures", "figures/all")))
            takes = {"reason": "text"} if draw(st.booleans()) else {}
            answers = draw(st.sampled_from(("json", "json", "file", "stream")))
            return Action(name, alone, takes, standalone=True, method="GET", path=path, answers=answers)
        case "sweep":
            method = draw(st.sampled_from(("POST", "PUT")))
            return Action(name, alone, sets=sets, standalone=True, method=method)
        case "audit":
            return Action(name, alone, standalone=True, unsafe=Unsafe(), sets=sets if draw(st.booleans()) else {})
        case "inspect":
            return Action(name, rules.rule(), sets=sets, unsafe=Unsafe(admin_only=True))
        case "move":
            takes = {"reason": "text"} if draw(st.booleans()) else {}
            return Action(name, rules.rule(), takes, sets, unsafe=Unsafe(cross_tenant=True))
        case "shift":
            shift = Transition("status", "next", draw(st.sampled_from(STEPS)))
            return Action(name, alone, {"next": "text"}, {"status": Input("next")}, transition=shift)
        case "census":
            method = draw(st.sampled_from(("POST", "GET")))
            return Action(name, alone, standalone=True, method=method, unsafe=Unsafe(cross_tenant=True))
        case _:
            return Action(name, rules.rule(), sets=sets, unsafe=Unsafe())


def _guards(draw: Draw, table: Table, setting: Setting) -> Guards:
    if setting.client_ids or draw(st.integers(0, 5)) == 0:
        return Guards(off=True)
    createable, updatable, immutable, protected = [], [], [], {}
    for column in table.columns:
        if column.name in table.firewall.scopes:
            continue
        kinds = ["both", "both", "both", "create", "immutable"]
        kinds += [] if column.required else ["update", "none"]
        if column.name == "status" and table.actions and not column.required:
            kinds = ["protected", "protected", "both"]
        kind = draw(st.sampled_from(kinds))
        createable += [column.name] if kind in ("both", "create") else []
        updatable += [column.name] if kind in ("both", "update") else []
        immutable += [column.name] if kind == "immutable" else []
        if kind == "protected":
            protected[column.name] = ("advance",)
    return Guards(tuple(createable), tuple(updatable), tuple(immutable), protected)


def _batches(draw: Draw, table: Table, rules: Rules) -> dict[str, Batch]:
    found = {}
    bases = {"create": "batchCreate", "update": "batchUpdate", "delete": "batchDelete", "put": "batchUpsert"}
    for base, verb in bases.items():
        if base not in table.crud:
            continue
        choice = draw(st.integers(0, 7))
        if choice == 0:
            found[verb] = Batch(enabled=False)
        elif choice == 1:
            found[verb] = Batch(max_size=3)
        elif choice == 2:
            found[verb] = Batch(access=rules.rule(record=base != "create", code=True))
    return found
