// Second factors where people sign in by mail: a link or a code proves as much as a password does, and no more.
import type { GenericEndpointContext } from "better-auth";
import { createAuthMiddleware } from "better-auth/api";
import { twoFactor } from "better-auth/plugins/two-factor";
import { isProof } from "./ownership";

const LINK = "/magic-link/verify";
const BY_MAIL = new Set([LINK, "/sign-in/email-otp"]);

/** The Better Auth plugin, which by itself asks for the second factor after passwords only. */
export function secondFactor() {
  const plugin = twoFactor();
  const demands = plugin.hooks.after.map(({ matcher, handler }) => ({
    handler,
    matcher: (context: Parameters<typeof matcher>[0]) => matcher(context) || BY_MAIL.has(context.path ?? ""),
  }));
  const redirect = { matcher: ({ path }: { readonly path?: string }) => path === LINK, handler: leadOn };
  return { ...plugin, hooks: { after: [...demands, redirect] }, init: () => ({ options: { databaseHooks } }) };
}

/** A second factor that somebody set up before the owner of the address came is not the owner's. */
const databaseHooks = {
  user: {
    update: {
      async before({ emailVerified }: { readonly emailVerified?: boolean }, ctx: GenericEndpointContext | null) {
        return emailVerified && isProof(ctx) ? { data: { twoFactorEnabled: false } } : undefined;
      },
    },
  },
};

/** A link is opened by a browser, so the page that it leads to must hear what is still to be done. */
const leadOn = createAuthMiddleware(async (ctx) => {
  const { returned } = ctx.context;
  if (typeof returned !== "object" || returned === null || !("twoFactorRedirect" in returned)) return;
  const page = new URL(ctx.query?.callbackURL ?? "/", ctx.context.baseURL);
  page.searchParams.set("twoFactor", "true");
  throw ctx.redirect(page.href);
});
