// `POST /auth/v1/upgrade-anonymous`: an anonymous user becomes a full one and keeps id, session and rows.
import { APIError, createAuthEndpoint, sessionMiddleware } from "better-auth/api";
import { z } from "zod";

type Options = {
  /** Whether this API can send mail, so that an address can be verified at all. */
  readonly emailConfigured: boolean;
  /** Whether an address counts as verified only after a code was sent to it. */
  readonly requireEmailVerification: boolean;
};

const bodySchema = z.object({ email: z.email().optional(), name: z.string().min(1).optional() }).optional();

/** No body has no type; runtimes give such a request an empty body all the same. */
const MEDIA_TYPES = ["application/json", ""];

/** The Better Auth plugin. */
export const upgradeAnonymous = ({ emailConfigured, requireEmailVerification }: Options) => ({
  id: "upgrade-anonymous" as const,
  endpoints: {
    upgradeAnonymous: createAuthEndpoint(
      "/upgrade-anonymous",
      { method: "POST", body: bodySchema, use: [sessionMiddleware], metadata: { allowedMediaTypes: MEDIA_TYPES } },
      async (ctx) => {
        const { session, user } = ctx.context.session;
        if (!isAnonymous(user)) return ctx.json(answer(session, user, false));
        const { email, name } = ctx.body ?? {};
        if (email !== undefined && (await ctx.context.internalAdapter.findUserByEmail(email.toLowerCase()))) {
          throw new APIError(400, { code: "EMAIL_TAKEN", message: "The address belongs to another account" });
        }
        const counts = email !== undefined && emailConfigured;
        const upgraded = await ctx.context.internalAdapter.updateUser(user.id, {
          isAnonymous: false,
          name,
          email,
          ...(counts && { emailVerified: !requireEmailVerification }),
        });
        return ctx.json(answer(session, upgraded, counts && requireEmailVerification));
      },
    ),
  },
});

const isAnonymous = (user: object): boolean => "isAnonymous" in user && user.isAnonymous === true;

type Session = { readonly id: string; readonly userId: string };
type User = { readonly id: string; readonly email: string };

const answer = (session: Session, { id, email }: User, verificationRequired: boolean) => ({
  success: true,
  verificationRequired,
  user: { id, email, isAnonymous: false },
  session: { id: session.id, userId: session.userId },
});
