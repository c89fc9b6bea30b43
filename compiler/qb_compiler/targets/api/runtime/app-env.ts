// The types that Hono carries through every handler.
import type { Env } from "../env";
import type { Caller } from "./identity";

export type Settings = {
  /** Other origins that may call with cookies; this server's own always may. */
  readonly trustedOrigins: readonly string[];
  readonly etag: boolean;
  /** Calls a minute and address to all public routes together, where the platform has no limiter. */
  readonly publicRateLimit: number;
  /** How long a JWT is good, and whether the database is asked at each of its uses. */
  readonly jwt: { readonly minutes: number; readonly strict: boolean };
};

export type AppEnv = {
  Bindings: Env;
  Variables: {
    requestId: string;
    settings: Settings;
    /** The caller as the database has them now, once it was asked. */
    caller?: Promise<Caller>;
    /** Whether the limit of public routes has counted this call. */
    counted?: boolean;
  };
};
