// The limit on public routes: so many calls a minute and address.
import type { Context } from "hono";
import type { AppEnv } from "./app-env";
import { rateLimited } from "./errors";

const WINDOW = 60_000;
const MAX_WINDOWS = 10_000;

/** Counts a call that needs no sign-in, once, and refuses those beyond the limit. */
export async function limitPublic(c: Context<AppEnv>): Promise<void> {
  if (c.get("counted")) return;
  c.set("counted", true);
  const key = addressKey(c.req.header("CF-Connecting-IP"));
  const limiter = c.env.PUBLIC_RATE_LIMIT;
  const allowed = limiter ? (await limiter.limit({ key })).success : countHere(key, c.var.settings.publicRateLimit);
  if (!allowed) throw rateLimited();
}

const windows = new Map<string, { started: number; calls: number }>();

/** The limiter of a platform without one: counts in this process. */
function countHere(key: string, limit: number): boolean {
  const now = Date.now();
  const known = windows.get(key);
  const window = known && now - known.started < WINDOW ? known : { started: now, calls: 0 };
  window.calls += 1;
  if (!known && windows.size >= MAX_WINDOWS) windows.clear();
  windows.set(key, window);
  return window.calls <= limit;
}

/** One key an address; IPv6 callers own a whole /64. Without an address all share one. */
export function addressKey(address: string | undefined): string {
  if (address === undefined || address === "") return "unknown";
  if (!address.includes(":")) return address;
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = "", tail] = address.toLowerCase().split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : Math.max(8 - left.length - right.length, 0);
  const groups = [...left, ...Array.from({ length: zeros }, () => "0"), ...right];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
