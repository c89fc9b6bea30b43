// A software authenticator: `node authenticator.mjs <JSON>` prints what a browser would send, and the key to keep.
import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, sign } from "node:crypto";

const PRESENT = 1;
const VERIFIED = 4;
const ATTESTED = 64;

const { options, origin, site, key, verified = true, count = 0 } = JSON.parse(process.argv[2]);
const sha256 = (data) => createHash("sha256").update(data).digest();
const text = (buffer) => Buffer.from(buffer).toString("base64url");

const clientData = (type) => Buffer.from(JSON.stringify({ type, challenge: options.challenge, origin, crossOrigin: false }));

function authenticatorData(flags, ...rest) {
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(count);
  return Buffer.concat([sha256(site), Buffer.from([flags | PRESENT | (verified ? VERIFIED : 0)]), counter, ...rest]);
}

/** A P-256 key as CBOR: {1: 2, 3: -7, -1: 1, -2: x, -3: y}. */
function cose({ x, y }) {
  const [head, between] = ["a5010203262001215820", "225820"].map((hex) => Buffer.from(hex, "hex"));
  return Buffer.concat([head, Buffer.from(x, "base64url"), between, Buffer.from(y, "base64url")]);
}

/** {"fmt": "none", "attStmt": {}, "authData": data} as CBOR. */
function attestation(data) {
  const head = Buffer.from("a363666d74646e6f6e656761747453746d74a068617574684461746158", "hex");
  return Buffer.concat([head, Buffer.from([data.length]), data]);
}

function created() {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const id = randomBytes(32);
  const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cose(publicKey.export({ format: "jwk" }))]);
  const response = {
    clientDataJSON: text(clientData("webauthn.create")),
    attestationObject: text(attestation(authenticatorData(ATTESTED, attested))),
    transports: ["internal"],
  };
  return { key: { id: text(id), jwk: privateKey.export({ format: "jwk" }) }, credential: credential(text(id), response) };
}

function signed() {
  const client = clientData("webauthn.get");
  const data = authenticatorData(0);
  const privateKey = createPrivateKey({ key: key.jwk, format: "jwk" });
  const signature = sign("sha256", Buffer.concat([data, sha256(client)]), privateKey);
  const response = { clientDataJSON: text(client), authenticatorData: text(data), signature: text(signature) };
  return { key, credential: credential(key.id, response) };
}

const credential = (id, response) => ({ id, rawId: id, type: "public-key", clientExtensionResults: {}, response });

console.log(JSON.stringify(key ? signed() : created()));
