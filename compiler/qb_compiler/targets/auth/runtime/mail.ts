// Mail by Amazon SES. It leaves in the background: neither its time nor its failure tells a caller who has an account.
import { waitUntil } from "cloudflare:workers";
import { z } from "zod";
import type { Env } from "../env";
import { signedPost } from "./aws-signature";

export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

const settingsSchema = z.object({
  AWS_ACCESS_KEY_ID: z.string().min(1),
  AWS_SECRET_ACCESS_KEY: z.string().min(1),
  AWS_SES_REGION: z.string().regex(/^[a-z]+(-[a-z]+)+-\d+$/),
  EMAIL_FROM: z.email(),
  EMAIL_FROM_NAME: z.string().optional(),
  EMAIL_REPLY_TO: z.email().or(z.literal("")).optional(),
});

/** The variables that sending needs and that are missing, or cannot be what they should. */
export function missingMail(env: Env): string[] {
  const issues = settingsSchema.safeParse(env).error?.issues ?? [];
  return [...new Set(issues.map(({ path }) => path.join(".")))];
}

/** Does something after the answer. A failure is in the log alone, without the mail, which may sign somebody in. */
export function afterwards(work: Promise<void>): void {
  waitUntil(work.catch((error: unknown) => console.error("A mail was not sent:", error)));
}

export const sendMail = (env: Env, mail: Mail): void => afterwards(deliver(env, mail));

const TIMEOUT = 10_000;

async function deliver(env: Env, { to, subject, text, html }: Mail): Promise<void> {
  const settings = settingsSchema.parse(env);
  const region = settings.AWS_SES_REGION;
  const body = JSON.stringify({
    FromEmailAddress: sender(settings.EMAIL_FROM, settings.EMAIL_FROM_NAME),
    ReplyToAddresses: settings.EMAIL_REPLY_TO ? [settings.EMAIL_REPLY_TO] : [],
    Destination: { ToAddresses: [to] },
    Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } } },
  });
  const request = await signedPost(new URL(`https://email.${region}.amazonaws.com/v2/email/outbound-emails`), body, {
    keyId: settings.AWS_ACCESS_KEY_ID,
    key: settings.AWS_SECRET_ACCESS_KEY,
    region,
    service: "ses",
  });
  const response = await fetch(request, { signal: AbortSignal.timeout(TIMEOUT) });
  const answer = await response.text();
  if (!response.ok) throw new Error(`SES answered ${response.status}: ${answer}`);
}

const utf8 = (text: string) => ({ Data: text, Charset: "UTF-8" });

/** `Name <address>`; a name is encoded, so that no character of it has a meaning. Encoded words must be short. */
function sender(address: string, name = ""): string {
  const words = (name.match(/.{1,10}/gsu) ?? []).map(encodedWord);
  return words.length > 0 ? `${words.join(" ")} <${address}>` : address;
}

const encodedWord = (text: string): string =>
  `=?UTF-8?B?${btoa(String.fromCharCode(...new TextEncoder().encode(text)))}?=`;
