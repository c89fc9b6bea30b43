// Which fields a client may write. The keys of the body as it was sent are judged, not those that validation kept.
import type { Body } from "./body";
import { ApiError, type Details } from "./errors";

/** The audit columns: the server's alone, even where a table has no such column. */
export const AUDIT_FIELDS = ["createdAt", "modifiedAt", "deletedAt", "createdBy", "modifiedBy", "deletedBy"];

export type Guards = {
  /** Set by the server alone, whatever else the guards say. */
  readonly system: ReadonlySet<string>;
  readonly createable: ReadonlySet<string>;
  readonly updatable: ReadonlySet<string>;
  readonly immutable: ReadonlySet<string>;
  /** Fields that only these actions change. */
  readonly protected: ReadonlyMap<string, readonly string[]>;
};

/** The guard step of a create. */
export function checkCreate<Values>(guards: Guards, { keys, values }: Body<Values>): Values {
  refuse(
    systemManaged,
    matching(keys, (key) => guards.system.has(key)),
  );
  refuseProtected(guards, keys);
  refuse(
    notCreateable,
    matching(keys, (key) => !guards.createable.has(key) && !guards.immutable.has(key)),
  );
  return values;
}

/** The guard step of an update. */
export function checkUpdate<Values>(guards: Guards, { keys, values }: Body<Values>): Values {
  refuse(
    systemManaged,
    matching(keys, (key) => guards.system.has(key)),
  );
  refuse(
    immutable,
    matching(keys, (key) => guards.immutable.has(key)),
  );
  refuseProtected(guards, keys);
  refuse(
    notUpdatable,
    matching(keys, (key) => !guards.updatable.has(key)),
  );
  return values;
}

/** The guard step of a PUT: tables with PUT have no lists, only fields that are the server's. */
export function checkPut<Values>(guards: Guards, { keys, values }: Body<Values>): Values {
  refuse(
    systemManaged,
    matching(keys, (key) => guards.system.has(key)),
  );
  return values;
}

const matching = (keys: readonly string[], wrong: (key: string) => boolean): string[] => keys.filter(wrong);

function refuse(error: (fields: readonly string[]) => ApiError, fields: readonly string[]): void {
  if (fields.length > 0) throw error(fields);
}

function refuseProtected(guards: Guards, keys: readonly string[]): void {
  const fields = keys.filter((key) => guards.protected.has(key));
  if (fields.length === 0) return;
  const actions = [...new Set(fields.flatMap((field) => guards.protected.get(field) ?? []))];
  throw guardError(
    "GUARD_FIELD_PROTECTED",
    "Protected field modification attempted",
    actions.length > 0 ? `Use one of the actions: ${actions.join(", ")}.` : "No request can change this field.",
    { fields, actions },
  );
}

const guardError = (code: string, error: string, hint: string, details: Details): ApiError =>
  new ApiError(400, "guards", code, error, hint, details);

const systemManaged = (fields: readonly string[]): ApiError =>
  guardError("GUARD_SYSTEM_MANAGED", "System-managed field cannot be set", "Leave these fields out.", { fields });

const immutable = (fields: readonly string[]): ApiError =>
  guardError(
    "GUARD_FIELD_IMMUTABLE",
    "Immutable field modification attempted",
    "These fields are set at creation and stay as they are.",
    { fields },
  );

const notCreateable = (fields: readonly string[]): ApiError =>
  guardError(
    "GUARD_FIELD_NOT_CREATEABLE",
    "Field cannot be set during creation",
    "Leave these fields out of the create request.",
    { fields },
  );

const notUpdatable = (fields: readonly string[]): ApiError =>
  guardError("GUARD_FIELD_NOT_UPDATABLE", "Field cannot be modified", "Leave these fields out of the update request.", {
    fields,
  });
