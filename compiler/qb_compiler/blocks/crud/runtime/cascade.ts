// A soft delete takes everything below with it, all levels, in the same transaction.
import { type SQL, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Ctx } from "./context";
import type { Database } from "./database";
import type { Resource } from "./resource";
import type { Row } from "./values";

/** A table whose rows go when the row they point at goes. */
export type Child = {
  readonly table: SQLiteTable;
  readonly id: SQLiteColumn;
  readonly deletedAt: SQLiteColumn;
  /** The child's own scope, without its soft delete. */
  readonly scope: (ctx: Ctx) => SQL;
  readonly set: (ctx: Ctx, now: Date) => Row;
  /** The columns that point at other tables of the cascade, by the name of that table. */
  readonly parents: readonly { readonly name: string; readonly column: SQLiteColumn; readonly key: Key }[];
};

export type Children = ReadonlyMap<string, Child>;

/** What a column points at: the primary key of a table, or another column of it. */
export type Key = { readonly table: SQLiteTable; readonly id: SQLiteColumn; readonly column: SQLiteColumn };

/** Statements that soft-delete what is below the given rows, once those carry `now` as their time of deletion. */
export function cascade(
  db: Database,
  ctx: Ctx,
  root: Resource,
  children: Children,
  ids: readonly (string | number)[],
  now: Date,
): BatchItem<"sqlite">[] {
  const below = reachable(root.name, children);
  const gone = goneRows(ctx, root, below, ids, now);
  return [...below].map(([name, child]) =>
    db
      .update(child.table)
      .set(child.set(ctx, now))
      .where(
        sql`${child.deletedAt} is null and ${child.id} in (${gone} select id from gone where kind = ${literal(name)})`,
      ),
  );
}

/** The tables that hang on `root`, directly or through others of them, with only the columns by which they do. */
function reachable(root: string, children: Children): Children {
  const reached = new Set([root]);
  for (let before = 0; before < reached.size; ) {
    before = reached.size;
    for (const [name, { parents }] of children)
      if (parents.some((parent) => reached.has(parent.name))) reached.add(name);
  }
  const within = ([name, { parents }]: [string, Child]) =>
    reached.has(name) && parents.some((p) => reached.has(p.name));
  return new Map(
    [...children]
      .filter(within)
      .map(([name, child]) => [
        name,
        { ...child, parents: child.parents.filter((parent) => reached.has(parent.name)) },
      ]),
  );
}

/** A recursive query over all tables of the cascade; rows that this same delete has reached already still count. */
function goneRows(ctx: Ctx, root: Resource, children: Children, ids: readonly (string | number)[], now: Date): SQL {
  const [id, deletedAt] = [root.fields.get(root.id)?.column, root.fields.get(root.deletedAt ?? "")?.column];
  if (!id || !deletedAt) throw new Error(`${root.name} has no soft delete`);
  const start = sql`select ${literal(root.name)}, ${id} from ${root.table} where ${id} in (select value from json_each(${JSON.stringify(ids)})) and ${deletedAt} = ${stored(deletedAt, now)}`;
  const links = [...children].flatMap(([name, child]) => child.parents.map((parent) => ({ name, child, parent })));
  const open = ({ child }: Link) =>
    sql`${child.scope(ctx)} and (${child.deletedAt} is null or ${child.deletedAt} = ${stored(child.deletedAt, now)})`;
  const steps = links.length < MOST_TERMS ? links.map((link) => step(link, open(link))) : [stepOfMany(links, open)];
  return sql`with recursive gone(kind, id) as (${sql.join([start, ...steps], sql` `)})`;
}

/** How many terms D1 takes in one compound query. */
const MOST_TERMS = 5;

type Link = { readonly name: string; readonly child: Child; readonly parent: Child["parents"][number] };

/** From the rows reached so far along one reference, by its index. */
function step({ name, child, parent: { name: parent, column, key } }: Link, open: SQL): SQL {
  const reached =
    key.column === key.id ? sql`gone.id` : sql`(select ${key.column} from ${key.table} where ${key.id} = gone.id)`;
  return sql`union select ${literal(name)}, ${child.id} from ${child.table}, gone where gone.kind = ${literal(parent)} and ${column} = ${reached} and ${open}`;
}

/** The same along more references than one compound query takes: they are united in groups first. */
function stepOfMany(links: readonly Link[], open: (link: Link) => SQL): SQL {
  const terms = links.map((link) => {
    const { name, child, parent } = link;
    const { column, key } = parent;
    const target =
      key.column === key.id ? column : sql`(select ${key.id} from ${key.table} where ${key.column} = ${column})`;
    return sql`select ${literal(name)} as kind, ${child.id} as id, ${literal(parent.name)} as above, ${target} as target from ${child.table} where ${open(link)}`;
  });
  return sql`union select link.kind, link.id from gone, (${united(terms)}) as link where link.above = gone.kind and link.target = gone.id`;
}

function united(terms: readonly SQL[]): SQL {
  if (terms.length <= MOST_TERMS) return sql.join([...terms], sql` union all `);
  const groups = Array.from({ length: Math.ceil(terms.length / MOST_TERMS) }, (_, index) =>
    terms.slice(index * MOST_TERMS, (index + 1) * MOST_TERMS),
  );
  return united(groups.map((group) => sql`select * from (${united(group)})`));
}

/** A value of the server's own, in the text of the query: of bound parameters D1 takes a hundred. */
const literal = (value: unknown): SQL => sql`${value}`.inlineParams();

const stored = (column: SQLiteColumn, now: Date): SQL =>
  literal(column.mapToDriverValue(column.dataType === "date" ? now : now.toISOString()));
