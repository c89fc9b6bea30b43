// Passkeys of one site, which only an authenticator that has recognized the person may use.
import { passkey } from "@better-auth/passkey";
import { APIError } from "better-auth/api";
import type { Env } from "../env";
import { requirement, webAddress } from "./auth-requirements";

/** The Better Auth plugin for pages at `ACCOUNT_URL`. Without that address the endpoints refuse. */
export function passkeys(env: Env) {
  const account = webAddress(env.ACCOUNT_URL);
  const plugin = passkey({
    rpID: account?.hostname,
    origin: account?.origin,
    // Sign-in names no user, so the authenticator must find the passkey by itself.
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    registration: {
      afterVerification: ({ verification }) => requireRecognized(verification.registrationInfo?.userVerified),
    },
    authentication: {
      afterVerification: ({ verification }) => requireRecognized(verification.authenticationInfo.userVerified),
    },
  });
  const missing = account ? [] : ["ACCOUNT_URL"];
  return { ...plugin, hooks: { before: [requirement(missing, (path) => path.startsWith("/passkey/"))] } };
}

/** A passkey stands for all factors of a sign-in, so holding the device is not enough. */
function requireRecognized(verified: boolean | undefined): void {
  if (verified) return;
  const message = "The authenticator did not verify the user: a PIN, fingerprint or face is needed";
  throw new APIError(401, { code: "USER_NOT_VERIFIED", message });
}
