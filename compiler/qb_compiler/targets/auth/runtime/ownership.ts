// Who registers an address need not own it. When its owner proves that by mail, what was added before must end: Better
// Auth ends the password and sessions, this plugin all the rest that opens the account.
import type { GenericEndpointContext } from "better-auth";
import { endUnproven } from "../auth/unproven";
import type { Env } from "../env";

const PROOFS = new Set(["/magic-link/verify", "/sign-in/email-otp"]);

type Owner = { readonly id: string; readonly emailVerified: boolean };

/** Whether this request signs in by mail, which changes a user only where the address was not proven before. */
export const isProof = (ctx: GenericEndpointContext | null): boolean => PROOFS.has(ctx?.path ?? "");

/** The Better Auth plugin. */
export const ownership = (env: Env) => ({
  id: "ownership" as const,
  init: () => ({
    options: {
      databaseHooks: {
        user: {
          update: {
            async after({ id, emailVerified }: Owner, ctx: GenericEndpointContext | null): Promise<void> {
              if (emailVerified && isProof(ctx)) await endUnproven(env, id);
            },
          },
        },
      },
      emailAndPassword: {
        enabled: true,
        async onPasswordReset({ user }: { readonly user: Owner }): Promise<void> {
          if (!user.emailVerified) await endUnproven(env, user.id);
        },
      },
    },
  }),
});
