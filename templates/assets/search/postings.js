// Where keys stand: read from the index that Pagefind's binary wrote, as Map of page number → positions. Each key once.
// Its files are packed CBOR: of the index [version, pages, chunks, …] with [name, words] and [first, last, name], of a chunk
// [[word, [[page, positions, …], …], …], …] with pages as steps, positions as steps and weights below zero.
import { once, packed, partOf, read } from "./store.js";

/** @import {Tables} from './store.js' */
/** @import {Way} from './resolve.js' */
/** @typedef {Map<number, number[]>} Hits */
/** @typedef {{ bytes: Uint8Array, view: DataView, at: number }} Reader */
const MARK = "pagefind_dcd".length;

/** @param {string} path */
async function cbor(path) {
  const bytes = new Uint8Array(await packed(path)).subarray(MARK);
  return decode({ bytes, view: new DataView(bytes.buffer, bytes.byteOffset), at: 0 });
}

// The next value: numbers, texts and arrays are all there is.
/** @param {Reader} from @returns {any} */
function decode(from) {
  const head = from.bytes[from.at++], kind = head >> 5, size = number(from, head & 31);
  if (kind === 0) return size;
  if (kind === 1) return -1 - size;
  if (kind === 4) {
    const items = new Array(size);
    for (let i = 0; i < size; i++) items[i] = decode(from);
    return items;
  }
  if (kind === 2 || kind === 3) return utf8.decode(from.bytes.subarray(from.at, (from.at += size)));
  if (kind === 7) return null;
  throw new Error("the index is not as Pagefind 1.5 writes it");
}

const utf8 = new TextDecoder();

/** @param {Reader} from @param {number} size */
function number(from, size) {
  if (size < 24) return size;
  const { view, at } = from;
  from.at += 1 << (size - 24);
  if (size === 24) return view.getUint8(at);
  if (size === 25) return view.getUint16(at);
  if (size === 26) return view.getUint32(at);
  throw new Error("the index is not as Pagefind 1.5 writes it");
}

/** @type {(tables: Tables) => Promise<{ names: string[], chunks: [string, string, string][], firsts: string[] }>} */
const indexOf = (tables) => once("index of keys", async () => {
  const [, pages, chunks] = await cbor(`pagefind/pagefind.${tables.index}.pf_meta`);
  return { names: pages.map((/** @type {[string]} */ [name]) => name.slice(name.indexOf("_") + 1)), chunks, firsts: chunks.map((/** @type {[string]} */ [first]) => first) };
});

/** @type {(name: string) => Promise<Map<string, [number, number[]][]>>} */
const chunk = (name) => once(`chunk ${name}`, async () => {
  const [words] = await cbor(`pagefind/index/${name}.pf_index`);
  return new Map(words);
});

// Pagefind's names of the pages, by number: texts are called so.
/** @param {Tables} tables */
export const pageNames = async (tables) => (await indexOf(tables)).names;

/** @type {(tables: Tables, key: string) => Promise<Hits>} */
export const standing = (tables, key) => once(`key ${key}`, async () => {
  const { chunks, firsts } = await indexOf(tables);
  const word = key + tables.end;
  return places((await chunk(chunks[partOf(firsts, word)][2])).get(word) ?? []);
});

// Of a common key the index has but the first few places on each page; all are in a file of its own, for phrases.
/** @type {(tables: Tables, key: string) => Promise<Hits>} */
const everywhere = (tables, key) => once(`places ${key}`, async () => {
  const number = tables.common.indexOf(key);
  return number < 0 ? standing(tables, key) : places(await read(`places/${number}.gz`));
});

/** @param {[number, number[]][]} pages */
function places(pages) {
  /** @type {Hits} */
  const found = new Map();
  let page = 0;
  for (const [step, steps] of pages) {
    const positions = [];
    let at = 0;
    for (const place of steps) if (place >= 0) positions.push((at += place));
    found.set((page += step), positions);
  }
  return found;
}

// Where keys stand together, each so far from the first as `offsets` say: positions of all of them.
/** @param {Tables} tables @param {Pick<Way, 'keys' | 'offsets' | 'quoted'>} way */
export async function together(tables, { keys, offsets, quoted }) {
  const lists = await Promise.all(keys.map((key) => (quoted ? everywhere : standing)(tables, key)));
  if (lists.length === 1) return lists[0];
  const found = new Map(), [least] = [...lists].sort((a, b) => a.size - b.size);
  for (const page of least.keys()) {
    if (!lists.every((list) => list.has(page))) continue;
    const later = lists.slice(1).map((list) => new Set(list.get(page)));
    const whole = (lists[0].get(page) ?? []).filter((at) => later.every((set, i) => set.has(at + offsets[i + 1])));
    if (whole.length) found.set(page, whole.flatMap((at) => offsets.map((offset) => at + offset)));
  }
  return found;
}
