// The densest stretch of a page for some positions, in its own words, with those marked.
/** @import {Words} from './words.js' */
/** @typedef {{ at: number, end: number, written: string, parts: string[], hit: boolean }} Token */
/** @typedef {{ text: string, marked: boolean }} Part */
/** @typedef {{ title: Part[], anchor: string, parts: Part[] }} Excerpt */
/** @typedef {{ title: string, skip: number, odd: [number, number, number][], passages: [string, string][] }} PageText */
/** @typedef {{ text: string, tokens: Token[], first: number, hits: number, anchor: string }} Stretch */
const LENGTH = 34, BEFORE = 8;

// {title, anchor, parts} of a page, or of the passage that is called `only`; title and parts as [{text, marked}]. `stops` are stop words to mark: they have no positions.
/** @param {Words} words @param {PageText} page @param {{ positions: number[], stops: Set<string>, only?: string }} asked @returns {Excerpt} */
export function excerpt(words, { title, skip, odd, passages }, { positions, stops, only }) {
  const wanted = new Set(positions);
  const special = new Map(odd.map(([passage, at, keys]) => [`${passage} ${at}`, keys]));
  /** @type {(passage: number, text: string, start: number) => { tokens: Token[], next: number }} */
  const marked = (passage, text, start) => {
    let next = start, at = 0;
    const tokens = words.tokens(text).map((token) => {
      for (const part of token.parts) {
        const keys = special.get(`${passage} ${at++}`) ?? 1;
        for (let i = 0; i < keys; i++) token.hit ||= wanted.has(next++);
        token.hit ||= stops.has(part);
      }
      return token;
    });
    return { tokens, next: next + 1 }; // after each passage there is a gap
  };
  let next = skip;
  /** @type {Stretch} */
  let best = { hits: -1, first: 0, anchor: "", text: "", tokens: [] };
  for (const [number, [anchor, text]] of passages.entries()) {
    const { tokens, next: after } = marked(number, text, next);
    const [first, hits] = densest(tokens);
    if (hits > best.hits && (!only || only === anchor)) best = { hits, first, anchor, text, tokens };
    next = after;
  }
  const named = parted(title, marked(-1, title, 0).tokens, 0, title.length);
  // A claim is never cut: who says it may stand at either end.
  if (only && best.text) return { title: named, anchor: only, parts: parted(best.text, best.tokens, 0, best.text.length) };
  return best.text ? { title: named, anchor: best.hits ? best.anchor : "", parts: cut(best) } : { title: named, anchor: "", parts: [] };
}

// The window with most hits: where it starts, and how many it has.
/** @param {Token[]} tokens @returns {[number, number]} */
function densest(tokens) {
  /** @type {[number, number]} */
  let best = [0, 0];
  let hits = 0;
  for (let end = 0; end < tokens.length; end++) {
    hits += Number(tokens[end].hit);
    if (end >= LENGTH) hits -= Number(tokens[end - LENGTH].hit);
    if (hits > best[1]) best = [Math.max(0, end - LENGTH + 1), hits];
  }
  return best;
}

/** @param {Stretch} stretch @returns {Part[]} */
function cut({ text, tokens, first, hits }) {
  const hit = tokens.findIndex((t, i) => i >= first && t.hit);
  const start = hits ? Math.max(0, Math.min(hit - BEFORE, tokens.length - LENGTH)) : 0;
  const shown = tokens.slice(start, start + LENGTH);
  if (!shown.length) return [{ text, marked: false }];
  const stop = start + LENGTH < tokens.length ? shown[shown.length - 1].end : text.length;
  const parts = parted(text, shown, start ? shown[0].at : 0, stop);
  return [...(start ? [{ text: "… ", marked: false }] : []), ...parts, ...(stop < text.length ? [{ text: " …", marked: false }] : [])];
}

// A stretch of a text, parted at the words that are marked.
/** @param {string} text @param {Token[]} tokens @param {number} start @param {number} stop */
function parted(text, tokens, start, stop) {
  /** @type {Part[]} */
  const parts = [];
  let done = start;
  for (const token of tokens.filter((t) => t.hit)) {
    if (token.at > done) parts.push({ text: text.slice(done, token.at), marked: false });
    parts.push({ text: token.written, marked: true });
    done = token.end;
  }
  if (done < stop) parts.push({ text: text.slice(done, stop), marked: false });
  return parts;
}
