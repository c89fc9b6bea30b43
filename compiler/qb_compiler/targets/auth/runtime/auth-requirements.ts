// Endpoints of sign-in that cannot work while variables of the Worker are missing refuse before they do anything.
import { APIError, createAuthMiddleware } from "better-auth/api";

/** A hook of Better Auth. It holds for everybody alike, so a refusal says nothing about who has an account. */
export const requirement = (missing: readonly string[], isConcerned: (path: string) => boolean) => ({
  matcher: ({ path }: { readonly path?: string }): boolean => missing.length > 0 && isConcerned(path ?? ""),
  handler: createAuthMiddleware(async () => {
    const message = `Service misconfigured: ${missing.join(", ")} must be set`;
    throw new APIError(503, { code: "MISSING_ENV", message });
  }),
});

/** The address in a variable; what is no address of the web counts as missing. */
export const webAddress = (value = ""): URL | undefined =>
  /^https?:\/\//.test(value) && URL.canParse(value) ? new URL(value) : undefined;
