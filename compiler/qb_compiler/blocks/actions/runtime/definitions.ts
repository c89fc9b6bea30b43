// What carried-over code imports from "@quickback/compiler".
export type { ScopedDatabase } from "../db/scoped";
export type { Execution, UnsafeExecution } from "./actions";
export type { Ctx as Caller } from "./context";
export { ActionError } from "./errors";
