// Primary keys that the server makes. All of them are unguessable.
const BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz";
const NANOID = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

export const uuid = (): string => crypto.randomUUID();

/** Three letters of the table, then a UUID without dashes. */
export const prefixedId = (prefix: string): string => `${prefix}_${crypto.randomUUID().replaceAll("-", "")}`;

/** The cuid2 form: a letter and 23 more of base 36. */
export const cuid = (): string => random(BASE36.slice(10), 1) + random(BASE36, 23);

/** The nanoid form: 21 characters that are safe in a URL. */
export const nanoid = (): string => random(NANOID, 21);

/** Characters of the alphabet, evenly distributed: bytes beyond its last whole multiple are thrown away. */
function random(alphabet: string, length: number): string {
  const limit = 256 - (256 % alphabet.length);
  let text = "";
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length)))
      if (byte < limit && text.length < length) text += alphabet[byte % alphabet.length];
  }
  return text;
}
