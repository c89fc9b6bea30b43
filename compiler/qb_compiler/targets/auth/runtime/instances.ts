// One instance for each environment and origin, so that what it prepares is kept.
const MAX_ORIGINS = 16;

/** Builds at the first call. So many origins are remembered; one more, and all are forgotten. */
export function perOrigin<Env extends object, Instance>(
  build: (env: Env, origin: string) => Instance,
): (env: Env, origin: string) => Instance {
  const instances = new WeakMap<Env, Map<string, Instance>>();
  return (env, origin) => {
    const known = instances.get(env) ?? new Map<string, Instance>();
    const found = known.get(origin);
    if (found !== undefined) return found;
    if (known.size >= MAX_ORIGINS) known.clear();
    const instance = build(env, origin);
    instances.set(env, known.set(origin, instance));
    return instance;
  };
}
