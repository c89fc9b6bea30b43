"""`openapi.json` says what the compiled API does: the same routes, and answers of the described form."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from jsonschema import Draft202012Validator

from compiler.platform.sources import codes, compiled
from lanes import identities
from lanes.lane import Lane, NodeLane
from qb_compiler.model.literal import Json

MOUNT = re.compile(r"/\*\* (/api/v1/\S+) \*/")
ROUTE = re.compile(r"^routes\.(get|post|put|patch|delete)\(\s*\"([^\"]+)\"", re.MULTILINE)
TABLES = {
    "rooms": """\
import { defineTable } from "@quickback/compiler";
import { integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const rooms = sqliteTable("rooms", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  name: text("name").notNull(),
  kind: text("kind", { enum: ["office", "hall"] }).notNull().default("office"),
  seats: integer("seats"),
  price: real("price"),
  open: integer("open", { mode: "boolean" }).notNull().default(true),
  opensAt: integer("opens_at", { mode: "timestamp" }),
  details: text("details", { mode: "json" }),
  contact: text("contact"),
});

export default defineTable(rooms, {
  firewall: { organization: {}, errorMode: "hide" },
  guards: {
    createable: ["name", "kind", "seats", "price", "open", "opensAt", "details", "contact"],
    updatable: ["name", "seats", "details"],
  },
  masking: { contact: { type: "email", show: { roles: ["owner"] } } },
  validation: { name: { minLength: 2, maxLength: 40 }, seats: { min: 1 } },
  crud: {
    list: { access: { roles: ["owner", "member"] }, pageSize: 10, maxPageSize: 20 },
    get: { access: { roles: ["owner", "member"] } },
    create: { access: { roles: ["owner"] } },
    update: { access: { roles: ["owner"] } },
    delete: { access: { roles: ["owner"] } },
  },
  views: { plan: { fields: ["id", "name", "seats"], access: { roles: ["owner", "member"] } } },
});
""",
    "visits": """\
import { defineTable } from "@quickback/compiler";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";
import { rooms } from "./rooms";

export const visits = sqliteTable("visits", {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  roomId: text("room_id").notNull().references(() => rooms.id),
});

export default defineTable(visits, {
  firewall: { organization: {} },
  guards: { createable: ["roomId"] },
  crud: {
    list: { access: { roles: ["owner", "member"] } },
    create: { access: { roles: ["owner", "member"] } },
  },
});
""",
    "actions": """\
import { defineActions } from "@quickback/compiler";
import { z } from "zod";
import { rooms } from "./rooms";

export default defineActions(rooms, {
  close: {
    description: "Close the room",
    input: z.object({ reason: z.string().optional() }),
    access: { roles: ["owner"] },
    execute: async ({ record, input }) => ({ closed: record.name, reason: input.reason ?? null }),
  },
  countAll: {
    description: "How many rooms there are",
    standalone: true,
    method: "GET",
    input: z.object({}),
    access: { roles: ["owner", "member"] },
    execute: async ({ db }) => ({ rooms: (await db.select().from(rooms)).length }),
  },
});
""",
}
Document = dict[str, Json]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    assert [code for code in codes(compiled(folder, **TABLES)) if code != "QB4401"] == []
    return folder


@pytest.fixture(scope="module")
def document(root: Path) -> Document:
    content = json.loads((root / "openapi.json").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


@pytest.fixture(scope="module")
def lane(root: Path) -> Iterator[Lane]:
    with NodeLane.of(root) as running:
        yield running


def operations(document: Document) -> dict[tuple[str, str], Document]:
    paths = document["paths"]
    assert isinstance(paths, dict)
    return {(method.upper(), path): of for path, methods in paths.items() for method, of in methods.items()}


def test_the_document_names_exactly_the_routes_of_the_code(root: Path, document: Document) -> None:
    written = {
        (verb.upper(), f"{mounted}{path.rstrip('/')}".replace(":id", "{id}"))
        for code in (path.read_text(encoding="utf-8") for path in root.glob("src/features/*/*.routes.ts"))
        for mounted in MOUNT.findall(code)
        for verb, path in ROUTE.findall(code)
    }
    documented = {key for key in operations(document) if re.match(r"/api/v1/(?!schema|token)", key[1])}
    assert documented == written
    assert len(written) > 12


def test_every_reference_leads_somewhere_and_every_operation_has_a_name_of_its_own(document: Document) -> None:
    text = json.dumps(document)
    for pointer in set(re.findall(r'"#/([^"]+)"', text)):
        found: Json = document
        for part in pointer.split("/"):
            assert isinstance(found, dict) and part in found, pointer
            found = found[part]
    names = [of["operationId"] for of in operations(document).values()]
    assert len(set(names)) == len(names)


def test_the_document_is_served(lane: Lane, document: Document) -> None:
    assert identities.visitor(lane.url).get("/openapi.json").json() == document


def check(document: Document, response: httpx.Response, method: str, path: str) -> None:
    """The status is one that the document names, and the body is of the described form."""
    responses = operations(document)[method, path]["responses"]
    assert isinstance(responses, dict)
    described = responses.get(str(response.status_code))
    assert described is not None, f"{method} {path}: {response.status_code} is not documented\n{response.text}"
    if "$ref" in described:
        components = document["components"]
        assert isinstance(components, dict)
        described = components["responses"][described["$ref"].rpartition("/")[2]]
    schema = described["content"]["application/json"]["schema"]
    whole = {**schema, "components": document["components"]}
    Draft202012Validator(whole).validate(response.json())


def test_answers_have_the_documented_form(lane: Lane, document: Document) -> None:
    owner = identities.owner(lane.url)
    member, stranger = identities.colleague(owner, "member"), identities.owner(lane.url)
    rooms, one = "/api/v1/rooms", "/api/v1/rooms/{id}"
    room = {"name": "Blue", "opensAt": "2026-05-06T07:08:09.000Z", "details": {"floor": 2}, "contact": "a@b.example"}
    made = owner.client.post(rooms, json=room)
    check(document, made, "POST", rooms)
    own = f"{rooms}/{made.json()['id']}"
    changes = {"records": [{"id": made.json()["id"], "seats": 9}]}
    asked = [
        (owner.client.post(rooms, json={"name": "x"}), "POST", rooms),
        (owner.client.post(rooms, json={**room, "organizationId": "other"}), "POST", rooms),
        (member.client.post(rooms, json=room), "POST", rooms),
        (identities.visitor(lane.url).get(rooms), "GET", rooms),
        (member.client.get(rooms, params={"count": "true", "sort": "-seats", "name.like": "lu"}), "GET", rooms),
        (member.client.get(rooms, params={"fields": "id,contact"}), "GET", rooms),
        (member.client.get(rooms, params={"limit": "21"}), "GET", rooms),
        (member.client.get(f"{rooms}/views/plan"), "GET", f"{rooms}/views/plan"),
        (member.client.get(own), "GET", one),
        (stranger.client.get(own), "GET", one),
        (owner.client.patch(own, json={"seats": 4}), "PATCH", one),
        (stranger.client.patch(own, json={"seats": 4}), "PATCH", one),
        (owner.client.patch(own, json={"kind": "hall"}), "PATCH", one),
        (owner.client.post(f"{rooms}/batch", json={"records": [room, {}]}), "POST", f"{rooms}/batch"),
        (owner.client.patch(f"{rooms}/batch", json=changes), "PATCH", f"{rooms}/batch"),
        (owner.client.post(f"{own}/close", json={}), "POST", f"{one}/close"),
        (member.client.get(f"{rooms}/countAll"), "GET", f"{rooms}/countAll"),
        (member.client.post("/api/v1/visits", json={"roomId": made.json()["id"]}), "POST", "/api/v1/visits"),
        (member.client.post("/api/v1/visits", json={"roomId": "nowhere"}), "POST", "/api/v1/visits"),
        (member.client.get("/api/v1/visits"), "GET", "/api/v1/visits"),
        (owner.client.request("DELETE", f"{rooms}/batch", json={"ids": ["nowhere"]}), "DELETE", f"{rooms}/batch"),
        (owner.client.delete(own), "DELETE", one),
        (owner.client.get("/api/v1/schema"), "GET", "/api/v1/schema"),
        (identities.visitor(lane.url).get("/health"), "GET", "/health"),
    ]  # fmt: skip
    for response, method, path in asked:
        check(document, response, method, path)
    assert {response.status_code for response, _, _ in asked} >= {200, 201, 207, 400, 401, 403, 404}


def test_a_body_that_the_document_allows_is_taken_and_one_that_it_forbids_is_refused(
    lane: Lane, document: Document
) -> None:
    owner = identities.owner(lane.url)
    bodies: list[Document] = [
        {"name": "Blue"},
        {"name": "Blue", "seats": None, "kind": "hall", "open": False, "price": 1.5},
        {"name": "B"},
        {"name": "Blue", "seats": 0},
        {"name": "Blue", "kind": "tent"},
        {"name": "Blue", "status": "new"},
        {"seats": 4},
        {"name": "Blue", "open": None},
        {"name": 5},
    ]
    schema = {"$ref": "#/components/schemas/RoomsCreate", "components": document["components"]}
    validator = Draft202012Validator(schema)
    allowed = [validator.is_valid(body) for body in bodies]
    taken = [owner.client.post("/api/v1/rooms", json=body).status_code == 201 for body in bodies]
    assert taken == allowed
    assert allowed == [True, True, *[False] * 7]
