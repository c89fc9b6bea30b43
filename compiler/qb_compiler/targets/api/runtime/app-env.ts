// The types that Hono carries through every handler.
import type { Env } from "../env";

export type Settings = {
  /** Other origins that may call with cookies; this server's own always may. */
  readonly trustedOrigins: readonly string[];
  readonly etag: boolean;
};

export type AppEnv = {
  Bindings: Env;
  Variables: { requestId: string; settings: Settings };
};
