// What the tests of the browser's modules share: the vectors that the build is held to as well, and files in place of a server's.
import { readFileSync } from "node:fs";

import { source } from "../../templates/assets/search/store.js";

export const vectors = JSON.parse(readFileSync(new URL("vectors.json", import.meta.url), "utf-8"));

const CODE = new TextDecoder("windows-1256");
const BYTES = new Map(Array.from({ length: 256 }, (_, byte) => [CODE.decode(new Uint8Array([byte])), byte]));

// Text in the one-byte code for Arabic, in which files of search are written.
/** @param {string} text */
const coded = (text) => Uint8Array.from(text, (c) => BYTES.get(c) ?? fail(`no byte for ${c}`)).buffer;

/** @param {string} message @returns {never} */
function fail(message) {
  throw new Error(message);
}

// Escapes what the code does not have, as the build does.
/** @param {unknown} value */
const json = (value) => JSON.stringify(value).replace(/[^\0-\x7f]/g, (c) => (BYTES.has(c) ? c : `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`));

/** @param {string} digits hexadecimal */
export const bytesOf = (digits) => Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16)).buffer;

// From now on files of search are these, by path: what was packed, or a value that is JSON. Answers the paths that were asked for.
/** @param {Record<string, any>} files */
export function serve(files) {
  /** @type {string[]} */
  const asked = [];
  source.bytes = async (path) => {
    asked.push(path);
    if (!Object.hasOwn(files, path)) fail(`${path}: 404`);
    return files[path] instanceof ArrayBuffer ? files[path] : coded(json(files[path]));
  };
  return asked;
}

// The tables of a build, and what a test says of its index.
/** @param {Record<string, any>} more @returns {any} */
export const tablesWith = (more = {}) => ({ ...vectors.tables, version: "v", index: "i", parts: [], common: [], claimed: [], block: 500, pages: 3, size: 4, ...more });

// All that an iterator yields.
/** @template T @param {Iterable<T>} values @returns {T[]} */
export const all = (values) => [...values];
