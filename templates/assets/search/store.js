// What is fetched, once each. All files of search come through `source`, which an offline copy may replace.
/** @import {WordTables} from './words.js' */
/** @typedef {WordTables & { end: string, version: string, index: string, parts: string[], common: string[], block: number, pages: number, size: number, claimed: number[], together: boolean, labels: [string, string][], files?: Record<string, any> }} Tables */
export const base = new URL("../", import.meta.url);
export const source = {
  index: "", // what a page's address needs at its end
  /** @param {string} path @returns {Promise<ArrayBuffer>} */
  async bytes(path) {
    const answer = await fetch(new URL(path, base));
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.arrayBuffer();
  },
};

/** @type {(url: string, anchor: string) => string} */
export const addressOf = (url, anchor) => new URL(url.split("#")[0].slice(1) + source.index + (anchor ? `#${anchor}` : ""), base).href;

/** @type {Map<string, Promise<any>>} */
const kept = new Map();

// What `make` promises, once for each name; a failure is forgotten, so that asking again tries again.
/** @template T @param {string} name @param {() => Promise<T>} make @returns {Promise<T>} */
export function once(name, make) {
  const before = kept.get(name);
  if (before) return before;
  const wanted = make();
  kept.set(name, wanted);
  wanted.catch(() => kept.delete(name));
  return wanted;
}

// A packed file's bytes.
/** @param {string} path */
export async function packed(path) {
  const data = await source.bytes(path);
  const [first, second] = new Uint8Array(data, 0, 2);
  if (first !== 0x1f || second !== 0x8b) return data; // a server has unpacked it
  return new Response(new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

// A file of search, as JSON: packed and in the one-byte code for Arabic, or plain.
/** @type {(name: string) => Promise<any>} */
const json = (name) => once(name, async () => {
  const data = await packed(`search-data/${name}`);
  return JSON.parse(new TextDecoder(name.endsWith(".gz") ? "windows-1256" : "utf-8").decode(data));
});

// The tables tell the version of all other files but texts, so that those of two builds never meet.
/** @type {() => Promise<Tables>} */
export const tables = () => json("tables.gz");
/** @type {(name: string) => Promise<any>} */
export const read = async (name) => {
  const { files, version } = await tables();
  return files && Object.hasOwn(files, name) ? files[name] : json(`parts/${version}/${name}`);
};

// The text of a page by the name of both, which says what it holds: so it is of no version.
/** @type {(name: string) => Promise<any>} */
export const readText = (name) => json(`parts/texts/${name}.json`);

// Where `value` would stand among sorted first entries: the number of the part that holds it.
/** @param {string[]} firsts @param {string} value */
export function partOf(firsts, value) {
  let low = 0, high = firsts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (firsts[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
