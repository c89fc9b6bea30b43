import assert from "node:assert/strict";
import { test } from "node:test";
import { webAddress } from "./auth-requirements";

test("an address is one of the web, or none", () => {
  for (const text of ["https://account.example.com", "http://localhost:3000/app"]) assert.equal(webAddress(text)?.href.startsWith(text), true);
  for (const text of [undefined, "", "https://", "https://a b", "account.example.com:443", "ftp://account.example.com", "x https://y"]) assert.equal(webAddress(text), undefined, text);
});
