// The mails of sign-in. They hold no words of a caller, so that nobody can send some to strangers in the app's name.
import type { Env } from "../env";
import { webAddress } from "./auth-requirements";
import { sendMail } from "./mail";

type Linked = { readonly user: { readonly email: string }; readonly url: string };
type Code = {
  readonly email: string;
  readonly otp: string;
  readonly type: keyof typeof CODES;
  /** A link that does the same. */
  readonly url?: string;
};
type Invitation = {
  readonly id: string;
  readonly email: string;
  readonly inviter: { readonly user: { readonly email: string } };
};

const CODES = {
  "sign-in": "sign in",
  "email-verification": "confirm your address",
  "forget-password": "set a new password",
  "change-email": "change your address",
} as const;

/** `lead` says what the link or the code is for. */
type Mailing = {
  readonly to: string;
  readonly subject: string;
  readonly lead: string;
  readonly link?: string;
  readonly code?: string;
};

/** What Better Auth calls to send something; `name` is what mails call the app when `APP_NAME` does not say it. */
export function authMails(env: Env, name: string) {
  const app = env.APP_NAME || name;
  const home = webAddress(env.APP_URL);

  function send({ to, subject, lead, code, link }: Mailing): void {
    const shown = [
      ...(code ? [{ text: code, html: `<strong>${code}</strong>` }] : []),
      ...(link ? [{ text: link, html: `<a href="${escaped(link)}">${escaped(link)}</a>` }] : []),
    ];
    const text = [lead, ...shown.map((part) => part.text), IGNORE].join("\n\n");
    const parts = [escaped(lead), ...shown.map((part) => part.html), escaped(IGNORE)];
    sendMail(env, { to, subject, text, html: parts.map((part) => `<p>${part}</p>`).join("\n") });
  }

  return {
    async signInLink({ email, url }: { readonly email: string; readonly url: string }): Promise<void> {
      const lead = `Open this link to sign in to ${app}. It works once, within 5 minutes.`;
      send({ to: email, subject: `Sign in to ${app}`, lead, link: inApp(url, home) });
    },

    async code({ email, otp, type, url }: Code): Promise<void> {
      const what = url ? "This code, or else this link," : "This code";
      const lead = `${what} lets you ${CODES[type]} at ${app}. It works once, within 5 minutes.`;
      send({ to: email, subject: `Your code for ${app}`, lead, code: otp, link: url && inApp(url, home) });
    },

    async resetPassword({ user, url }: Linked): Promise<void> {
      const lead = `Open this link to set a new password for ${app}. It works once, within an hour.`;
      send({ to: user.email, subject: `Set a new password for ${app}`, lead, link: inApp(url, home) });
    },

    async confirmAddress({ user, url }: Linked): Promise<void> {
      const lead = `Open this link to confirm that this is your address at ${app}. It works within an hour.`;
      send({ to: user.email, subject: `Confirm your address for ${app}`, lead, link: inApp(url, home) });
    },

    /** The page that accepts is the app's, so without its address there is nothing to link to. */
    async invite({ id, email, inviter }: Invitation): Promise<void> {
      if (!home) return;
      const link = new URL(`/accept-invitation/${encodeURIComponent(id)}`, home).href;
      const lead = `${inviter.user.email} invites you to join an organization at ${app}.`;
      send({ to: email, subject: `Invitation to ${app}`, lead, link });
    },
  };
}

export type AuthMails = ReturnType<typeof authMails>;

const IGNORE = "If you did not expect this, ignore it: nothing happens then.";
const DESTINATIONS = ["callbackURL", "newUserCallbackURL", "errorCallbackURL"];

/** The link, which comes back to this API first; paths that it leads to afterwards are those of the app. */
function inApp(link: string, home: URL | undefined): string {
  const url = new URL(link);
  for (const name of home ? DESTINATIONS : []) {
    const path = url.searchParams.get(name);
    if (path !== null) url.searchParams.set(name, new URL(path, home).href);
  }
  return url.href;
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
