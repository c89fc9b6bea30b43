// One mail to sign in with: a code for the page that asked, and a link for whoever reads mail on the same device.
import type { GenericEndpointContext } from "better-auth";
import { emailOTP } from "better-auth/plugins/email-otp";
import { magicLink } from "better-auth/plugins/magic-link";
import type { AuthMails } from "./auth-mails";
import { afterwards } from "./mail";

/** Better Auth's plugin for codes, beside the one for links: what the mail holds, both of them take. */
export const codeAndLink = (mails: AuthMails, { disableSignUp }: { readonly disableSignUp: boolean }) =>
  emailOTP({
    disableSignUp,
    storeOTP: "encrypted",
    async sendVerificationOTP(code, ctx) {
      if (code.type !== "sign-in" || !ctx) return mails.code(code);
      // After the answer: making a link takes time that an address without an account would save.
      afterwards(linkFor(code.email, ctx).then((url) => mails.code({ ...code, url })));
    },
  });

/** A link as the plugin makes one, without its mail. */
async function linkFor(email: string, ctx: GenericEndpointContext): Promise<string> {
  let made = "";
  const links = magicLink({
    storeToken: "hashed",
    sendMagicLink: ({ url }) => {
      made = url;
    },
  });
  await links.endpoints.signInMagicLink({ ...ctx, headers: ctx.headers ?? new Headers(), body: { email } });
  return made;
}
