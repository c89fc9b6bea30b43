// Signature Version 4 of AWS for a POST of JSON: proof of the key, for one request and a few minutes.

export type Signer = {
  readonly keyId: string;
  readonly key: string;
  readonly region: string;
  readonly service: string;
};

/** The request with the headers that sign it. */
export async function signedPost(url: URL, body: string, signer: Signer): Promise<Request> {
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = [time.slice(0, 8), signer.region, signer.service, "aws4_request"];
  const signed = [
    ["content-type", "application/json"],
    ["host", url.host],
    ["x-amz-date", time],
  ] as const;
  const names = signed.map(([name]) => name).join(";");
  const lines = signed.map(([name, value]) => `${name}:${value}`);
  const canonical = ["POST", url.pathname, "", ...lines, "", names, await digest(body)].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", time, scope.join("/"), await digest(canonical)].join("\n");
  const signature = hex(await hmac(await signingKey(signer.key, scope), toSign));
  return new Request(url, {
    method: "POST",
    body,
    headers: {
      "Content-Type": "application/json",
      "X-Amz-Date": time,
      Authorization: `AWS4-HMAC-SHA256 Credential=${signer.keyId}/${scope.join("/")}, SignedHeaders=${names}, Signature=${signature}`,
    },
  });
}

/** A key for one day, region and service alone. */
async function signingKey(key: string, scope: readonly string[]): Promise<BufferSource> {
  let derived: BufferSource = bytes(`AWS4${key}`);
  for (const part of scope) derived = await hmac(derived, part);
  return derived;
}

async function hmac(key: BufferSource, text: string): Promise<ArrayBuffer> {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return crypto.subtle.sign("HMAC", imported, bytes(text));
}

const digest = async (text: string): Promise<string> => hex(await crypto.subtle.digest("SHA-256", bytes(text)));

const bytes = (text: string) => new TextEncoder().encode(text);

const hex = (buffer: ArrayBuffer): string =>
  Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
