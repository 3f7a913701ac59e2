// The densest passage of a page for some keys, as written, with the words marked.
import { read } from "./store.js";
import { Words } from "./words.js";

const BEFORE = 8, LENGTH = 36;

// {anchor, parts: [{text, marked}]} of page `number`.
export async function excerpt(number, keys) {
  const words = new Words(await read("tables.json"));
  const wanted = new Set(keys);
  const meant = (word) => [word, ...words.strippings(word)].some((form) => wanted.has(form));
  let best = { hits: -1 };
  for (const [anchor, text] of await read(`text/${number}.json`)) {
    const tokens = [...text.matchAll(/[\p{L}\p{M}\p{Cf}\u0640]+|\p{N}+/gu)].map((m) => ({ at: m.index, end: m.index + m[0].length, hit: words.split(m[0]).some(meant) }));
    const hits = new Set(tokens.filter((t) => t.hit).map((t) => text.slice(t.at, t.end))).size;
    if (hits > best.hits) best = { hits, anchor, text, tokens };
  }
  return best.text ? { anchor: best.anchor, parts: cut(best) } : { anchor: "", parts: [] };
}

function cut({ text, tokens }) {
  const first = Math.max(0, tokens.findIndex((t) => t.hit) - BEFORE);
  const shown = tokens.slice(first, first + LENGTH);
  if (!shown.length) return [{ text, marked: false }];
  const parts = [];
  let done = first ? shown[0].at : 0;
  const stop = first + LENGTH < tokens.length ? shown.at(-1).end : text.length;
  if (first) parts.push({ text: "… ", marked: false });
  for (const token of shown.filter((t) => t.hit)) {
    parts.push({ text: text.slice(done, token.at), marked: false }, { text: text.slice(token.at, token.end), marked: true });
    done = token.end;
  }
  parts.push({ text: text.slice(done, stop) + (stop < text.length ? " …" : ""), marked: false });
  return parts;
}
