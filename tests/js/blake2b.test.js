// BLAKE2b of our own gives what Node's gives, at every length around its blocks.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import { blake2b } from "../../templates/assets/blake2b.js";

test("digests are those of the other implementation", () => {
  for (const length of [0, 1, 63, 127, 128, 129, 255, 256, 257, 5000]) {
    const data = Uint8Array.from({ length }, (_, place) => 31 * place + length);
    assert.equal(Buffer.from(blake2b(data)).toString("hex"), createHash("blake2b512").update(data).digest("hex"), `${length} bytes`);
  }
});
