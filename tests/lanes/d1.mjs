// A D1 database over node:sqlite, for running a Workers bundle in Node. It keeps to what workerd's D1 does: its limits, its
// error texts, one transaction per call, rows as JSON would carry them. test_d1_conformance.py holds it to that.
import { DatabaseSync } from "node:sqlite";

const LIMITS = {
  sqlLength: 100_000, column: 100, exprDepth: 100, compoundSelect: 5, functionArg: 127, attach: 0,
  likePatternLength: 50, variableNumber: 100, triggerDepth: 10,
};
const PRIMARY = { 1: "SQLITE_ERROR", 18: "SQLITE_TOOBIG", 19: "SQLITE_CONSTRAINT", 20: "SQLITE_MISMATCH", 23: "SQLITE_AUTH" };
const EXTENDED = {
  275: "SQLITE_CONSTRAINT_CHECK", 787: "SQLITE_CONSTRAINT_FOREIGNKEY", 1299: "SQLITE_CONSTRAINT_NOTNULL",
  1555: "SQLITE_CONSTRAINT_PRIMARYKEY", 1811: "SQLITE_CONSTRAINT_TRIGGER", 2067: "SQLITE_CONSTRAINT_UNIQUE",
};
const TRANSACTION = /^\s*(begin|commit|end|rollback|savepoint|release)\b/i;
const NO_TRANSACTIONS =
  "To execute a transaction, please use the state.storage.transaction() or state.storage.transactionSync() APIs instead of " +
  "the SQL BEGIN TRANSACTION or SAVEPOINT statements.";

const WRONG_NUMBER = "Wrong number of parameter bindings for SQL query.";

function failure(prefix, message) {
  return new Error(`${prefix}: ${message}`, { cause: new Error(message) });
}

function sqliteMessage(error) {
  if (error.code !== "ERR_SQLITE_ERROR") return error.message;
  if (error.errcode === 25) return WRONG_NUMBER;
  if (error.errcode === 18) return "statement too long: SQLITE_TOOBIG";
  const primary = PRIMARY[error.errcode & 0xff] ?? `SQLITE_${error.errcode & 0xff}`;
  const extended = EXTENDED[error.errcode];
  return `${error.message}: ${primary}${extended ? ` (extended: ${extended})` : ""}`;
}

function bindable(value) {
  if (value === null || typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (ArrayBuffer.isView(value)) return Uint8Array.from(value);
  if (Array.isArray(value) && value.every((byte) => typeof byte === "number" && byte >= 0 && byte < 256)) {
    return Uint8Array.from(value);
  }
  throw failure("D1_TYPE_ERROR", `Type '${typeof value}' not supported for value '${value}'`);
}

function readable(value) {
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "number") return Number.isFinite(value) ? value || 0 : null;
  return value instanceof Uint8Array ? Array.from(value) : value;
}

function toObjects({ columns, rows }) {
  return rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
}

function withoutTexts(sql) {
  return sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\//g, "_");
}

// node:sqlite binds NULL to what is left out, so the shim counts: `?` is one more than the highest so far, `?7` is 7.
function parameterCount(bare) {
  let highest = 0;
  for (const [, number] of bare.matchAll(/\?(\d*)/g)) highest = Math.max(highest, number ? Number(number) : highest + 1);
  return highest;
}

// node:sqlite compiles the first statement of a text and ignores the rest; that must not pass unnoticed.
function refuseSecondStatement(sql, bare) {
  if (/;\s*[^\s;_]/.test(bare) && !/^\s*create\s+trigger\b/i.test(bare)) {
    throw new Error("the D1 shim runs one statement at a time");
  }
}

class Statement {
  constructor(database, sql, parameters = []) {
    this.database = database;
    this.sql = sql;
    this.parameters = parameters;
  }

  bind(...values) {
    return new Statement(this.database, this.sql, values.map(bindable));
  }

  async all() {
    const [{ table, meta }] = this.database.transact([this]);
    return { success: true, results: toObjects(table), meta };
  }

  run() {
    return this.all();
  }

  async first(column) {
    const [row] = (await this.all()).results;
    if (row === undefined) return null;
    if (column === undefined) return row;
    if (row[column] === undefined) {
      throw new Error(`D1_COLUMN_NOTFOUND: Column not found (${column})`, { cause: new Error("Column not found") });
    }
    return row[column];
  }

  async raw(options) {
    const [{ table }] = this.database.transact([this]);
    return options?.columnNames ? [table.columns, ...table.rows] : table.rows;
  }
}

export class D1Database {
  #sqlite;
  #prepared = new Map();
  #counters;
  /** Once it is a list: how many rows each statement gave, and its SQL. */
  trace = null;

  constructor(file = ":memory:") {
    this.#sqlite = new DatabaseSync(file, { enableForeignKeyConstraints: true, readBigInts: true });
    this.#counters = this.#sqlite.prepare("SELECT total_changes() AS changes, last_insert_rowid() AS row");
    Object.assign(this.#sqlite.limits, LIMITS);
  }

  prepare(sql) {
    return new Statement(this, sql);
  }

  async batch(statements) {
    return this.transact(statements).map(({ table, meta }) => ({ success: true, results: toObjects(table), meta }));
  }

  async exec(sql) {
    const lines = sql.trim().split("\n");
    try {
      this.transact(lines.map((line) => this.prepare(line)));
    } catch (error) {
      // D1 blames the first line, whichever failed.
      throw failure("D1_EXEC_ERROR", `Error in line 1: ${lines[0]}: ${error.cause.message}`);
    }
    return { count: lines.length, duration: 0 };
  }

  withSession() {
    return this;
  }

  /** Runs the statements in one transaction: all of them, or none. */
  transact(statements) {
    const present = statements.filter(({ sql }) => sql.replace(/^\s+--.*/gm, "").trim().length > 0);
    if (present.length === 0) throw failure("D1_ERROR", "No SQL statements detected.");
    this.#sqlite.exec("BEGIN");
    try {
      const results = present.map((statement) => this.#execute(statement));
      this.#sqlite.exec("COMMIT");
      return results;
    } catch (error) {
      if (this.#sqlite.isTransaction) this.#sqlite.exec("ROLLBACK");
      throw failure("D1_ERROR", sqliteMessage(error));
    }
  }

  close() {
    this.#sqlite.close();
  }

  #execute({ sql, parameters }) {
    const before = this.#counters.get();
    const { prepared, expected } = this.#compile(sql);
    if (parameters.length !== expected) throw new Error(WRONG_NUMBER);
    const columns = prepared.columns().map((column) => column.name);
    const rows = prepared.all(...parameters).map((row) => row.map(readable));
    this.trace?.push(`${rows.length} ${sql}`);
    const after = this.#counters.get();
    const changes = Number(after.changes - before.changes);
    const last_row_id = Number(after.row);
    const meta = {
      served_by: "node:sqlite", duration: 0, changes, last_row_id, changed_db: changes > 0, size_after: 0,
      rows_read: rows.length, rows_written: changes,
    };
    return { table: { columns, rows }, meta };
  }

  #compile(sql) {
    const known = this.#prepared.get(sql);
    if (known) return known;
    if (TRANSACTION.test(sql)) throw new Error(NO_TRANSACTIONS);
    const bare = withoutTexts(sql);
    refuseSecondStatement(sql, bare);
    const prepared = this.#sqlite.prepare(sql);
    prepared.setReturnArrays(true);
    const compiled = { prepared, expected: parameterCount(bare) };
    this.#prepared.set(sql, compiled);
    return compiled;
  }
}
