import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Ctx } from "./context";
import type { Database } from "./database";
import { type ListQuery, orderOf, type Queryable, readColumns, readListQuery, selectionOf, viewOf } from "./list-query";
import { redact } from "./masks";
import type { Resource } from "./resource";
import { asked, member, opened, refused, resourceOf, things } from "./support";

const resource: Resource = resourceOf(things, {
  defaultSort: [{ name: "rank", descending: true }],
  searchable: ["name", "secret", "absent"],
  masks: new Map([["secret", { hide: redact, roles: ["admin"] }]]),
  ownerColumn: "parentId",
});
const COLUMNS = [...resource.fields.keys()];
const LIST: Queryable = { columns: COLUMNS, pageSize: 10, maxPageSize: 50 };
const admin: Ctx = { ...member, roles: ["admin"] };
let db: Database;

before(async () => {
  ({ db } = await opened(things));
  const at = (day: string) => new Date(`${day}T00:00:00Z`);
  await db.insert(things).values([
    { id: "a", name: "Ann", secret: "x", rank: 1, weight: 0.5, price: "9.5", open: true, seen: at("2026-01-01"), millis: at("2026-01-01"), createdAt: "2026-01-01T00:00:00.000Z", modifiedAt: "2026-02-01T00:00:00.000Z" },
    { id: "b", name: "bob ann", secret: "y", rank: 2, weight: 1.5, price: "10", open: false, seen: at("2026-03-01"), millis: at("2026-03-01"), createdAt: "2026-03-01T00:00:00.000Z", modifiedAt: "2026-04-01T00:00:00.000Z" },
    { id: "c", name: "Cy", secret: "ann", rank: 3, weight: 2.5, price: "100", open: true, seen: at("2026-05-01"), millis: at("2026-05-01"), createdAt: "2026-05-01T00:00:00.000Z", modifiedAt: "2026-06-01T00:00:00.000Z" },
  ]);
});

const read = (query: string, ctx = member, queryable = LIST): Promise<ListQuery> => asked(`/?${query}`, (c) => readListQuery(c, resource, queryable, ctx));

async function found(query: string, ctx = member, queryable = LIST): Promise<string> {
  const { filter, orderBy, limit, offset } = await read(query, ctx, queryable);
  const rows = await db.select().from(things).where(filter).orderBy(...orderBy).limit(limit).offset(offset);
  return rows.map(({ id }) => id).join("");
}

const FOUND: [string, string][] = [
  ["", "cba"],
  ["rank=2", "b"],
  ["rank.ne=2", "ca"],
  ["rank.gt=1", "cb"],
  ["rank.gte=2", "cb"],
  ["rank.lt=2", "a"],
  ["rank.lte=2", "ba"],
  ["rank.in=1,3", "ca"],
  ["weight=1.5", "b"],
  ["weight=15e-1", "b"],
  ["weight.in=0.5,2.5", "ca"],
  ["price.gt=9.5", "cb"],
  ["open=true", "ca"],
  ["open=false", "b"],
  ["open.ne=true", "b"],
  ["open.in=true,false", "cba"],
  ["open.in=false", "b"],
  ["seen.gt=2026-01-01", "cb"],
  ["seen.in=2026-01-01,2026-05-01", "ca"],
  ["millis=2026-03-01T01:00:00%2B01:00", "b"],
  ["millis.in=2026-03-01", "b"],
  ["createdAt.lt=2026-03-01", "a"],
  ["createdAt.in=2026-03-01", "b"],
  ["name.like=ANN", "ba"],
  ["search=ann", "ba"],
  ["search=", "cba"],
  ["rank.gt=1&open=true", "c"],
  ["search=ann&rank=2", "b"],
  ["sort=name&order=asc", "acb"],
  ["sort=name", "bca"],
  ["sort=name&order=desc", "bca"],
  ["sort=name:asc", "acb"],
  ["sort=-rank", "cba"],
  ["sort=rank:asc,name:desc", "abc"],
  ["order=asc", "abc"],
  ["order=desc", "cba"],
  ["sort=open:asc", "bac"],
  ["sort=open:asc,id:desc", "bca"],
  ["limit=1", "c"],
  ["limit=2&offset=1", "ba"],
];

for (const [query, ids] of FOUND) test(`${query || "nothing"} finds ${ids}`, async () => assert.equal(await found(query), ids));

test("a caller who sees the column plainly may search, filter and sort by it", async () => {
  assert.equal(await found("search=ann", admin), "cba");
  assert.equal(await found("secret=y", admin), "b");
  assert.equal(await found("sort=secret:asc", admin), "cab");
});

const WHOLE = "Expected a whole number from";
const REFUSED: [string, Record<string, string>][] = [
  ["limit=0", { limit: `${WHOLE} 1 to 50` }],
  ["limit=51", { limit: `${WHOLE} 1 to 50` }],
  ["limit=x", { limit: `${WHOLE} 1 to 50` }],
  ["offset=-1", { offset: `${WHOLE} 0 to 1000000000` }],
  ["offset=1000000001", { offset: `${WHOLE} 0 to 1000000000` }],
  ["count=yes", { count: "Expected true or false" }],
  ["fields=id,nope", { fields: "Unknown field nope" }],
  ["order=up", { order: "Expected asc or desc" }],
  ["sort=name:up", { sort: "Unknown direction in name:up" }],
  ["sort=name:asc:desc", { sort: "Unknown direction in name:asc:desc" }],
  ["sort=nope", { sort: "Unknown field nope" }],
  ["sort=data", { sort: "data has no order" }],
  ["sort=bytes", { sort: "bytes has no order" }],
  ["sort=name,name", { sort: "A field is named twice" }],
  ["sort=-name&order=asc", { order: "Give the direction in sort or in order, not in both" }],
  ["sort=name,rank&order=asc", { order: "Give the direction in sort or in order, not in both" }],
  ["sort=id,name,rank,weight,price,open,seen,createdAt,modifiedAt", { sort: "At most 8 fields" }],
  ["rank=1&rank=2", { rank: "Given more than once" }],
  ["nope=1", { nope: "Unknown parameter" }],
  ["data=1", { data: "This field cannot be filtered" }],
  ["bytes=1", { bytes: "This field cannot be filtered" }],
  ["rank.like=1", { "rank.like": "like needs a text field" }],
  ["rank.about=1", { "rank.about": "Unknown operator about" }],
  ["rank.eq=1", { "rank.eq": "Unknown operator eq" }],
  ["open.gt=true", { "open.gt": "A boolean has no order" }],
  ["open=yes", { open: "Expected true or false" }],
  ["rank=1.5", { rank: "Expected a whole number" }],
  ["weight=heavy", { weight: "Expected a number" }],
  ["weight=0x10", { weight: "Expected a number" }],
  ["price=1e3", { price: "Expected a decimal number" }],
  ["seen=yesterday", { seen: "Expected an ISO 8601 date or time with offset" }],
  ["rank.in=1,x", { "rank.in": "Expected a list of a whole number" }],
];

for (const [query, fields] of REFUSED)
  test(`${query} is refused`, () => refused(() => read(query), "QUERY_INVALID", { fields }));

test("a list has a hundred values, a query twenty filters and a sort eight fields", async () => {
  const numbers = (count: number) => Array.from({ length: count }, (_, at) => String(at + 10));
  assert.equal(await found(`rank.in=${numbers(100).join(",")}`), "");
  await refused(() => read(`rank.in=${numbers(101).join(",")}`), "QUERY_INVALID");
  const operators = ["", ".ne", ".gt", ".gte", ".lt", ".lte", ".in"];
  const filters = ["rank", "weight", "price"].flatMap((name) => operators.map((operator) => `${name}${operator}=1`));
  assert.equal(await found(filters.slice(0, 20).join("&")), "");
  await refused(() => read(filters.join("&")), "QUERY_INVALID", { fields: { filters: "At most 20 filters" } });
  assert.equal(await found("sort=id,name,rank,weight,price,open,seen,createdAt"), "abc");
});

test("a column that the caller does not see plainly is refused by name", async () => {
  for (const query of ["secret=x", "sort=secret", "secret.like=x", "secret.in=x"]) await refused(() => read(query), "ACCESS_FIELD_MASKED", { fields: ["secret"] });
});

test("a view filters by what it shows, by the times, and by what the list shows the caller whatever the row is", async () => {
  const view = (list: Queryable["list"]) => viewOf(resource.fields, ["name", "id"], list ?? null);
  const listed = (more: object) => view({ ...LIST, rule: { roles: ["member"], ...more } });
  assert.deepEqual(view(null), { columns: ["id", "name"], fields: ["name", "id"], pageSize: 50, maxPageSize: 100, list: null });
  assert.deepEqual([listed({}).pageSize, listed({}).maxPageSize], [10, 50]);
  assert.equal(await found("name=Cy&createdAt.gt=2026-01-01&modifiedAt.gt=2026-01-01", member, view(null)), "c");
  assert.equal(await found("rank=2", member, listed({})), "b");
  await refused(() => read("rank=2", member, view(null)), "ACCESS_FIELD_MASKED", { fields: ["rank"] });
  await refused(() => read("rank=2", admin, listed({})), "ACCESS_FIELD_MASKED");
  await refused(() => read("rank=2", member, listed({ record: { open: { equals: true } } })), "ACCESS_FIELD_MASKED");
  await refused(() => read("seen.gt=2026-01-01", member, view({ ...LIST, columns: ["rank"], rule: {} })), "ACCESS_FIELD_MASKED");
  const { columns, fields } = await read("fields=id", member, view(null));
  assert.deepEqual([columns, fields], [["id"], ["id"]]);
  assert.deepEqual((await read("", member, view(null))).fields, ["name", "id"]);
});

test("only a query without filter, sort and search is the usual one", async () => {
  const isUsual = async (query: string) => (await read(query)).isDefault;
  for (const query of ["", "limit=3", "offset=2", "count=true", "fields=id", "search="]) assert.equal(await isUsual(query), true, query);
  for (const query of ["sort=id", "order=asc", "rank=1", "search=x"]) assert.equal(await isUsual(query), false, query);
  assert.deepEqual([(await read("count=true")).count, (await read("count=false")).count, (await read("")).count], [true, false, false]);
});

test("a record takes the columns to return, and nothing else", async () => {
  const columns = (query: string) => asked(`/?${query}`, (c) => readColumns(c, resource, ["id", "name", "rank"], member));
  assert.deepEqual(await columns(""), ["id", "name", "rank"]);
  assert.deepEqual(await columns("fields=rank,id"), ["id", "rank"]);
  await refused(() => columns("fields=secret"), "QUERY_INVALID", { fields: { fields: "Unknown field secret" } });
  await refused(() => columns("limit=1"), "QUERY_INVALID", { fields: { limit: "Unknown parameter" } });
});

test("a view reads its columns and the one that says whose the row is", () => {
  const selected = (columns: string[]) => Object.keys(selectionOf(resource, { ...LIST, columns }));
  assert.deepEqual(selected(["name", "nope"]), ["name", "parentId"]);
});

test("the primary key ends every order, once", () => {
  const directions = (...names: string[]) => orderOf(resource, names.map((name) => ({ name, descending: name === "rank" }))).length;
  assert.deepEqual([directions(), directions("rank"), directions("id"), directions("rank", "id"), directions("nope")], [1, 2, 1, 2, 1]);
});
