// The order of results: pages that are named so, then by how often and how near each other the words stand.
import { read } from "./store.js";

/** @import {Tables} from './store.js' */
/** @typedef {{ url: string, kind: string, spans: [number, number?][], size: number, date: string | null, outlet: number | null, actors: number[] }} Card */
/** @typedef {[from: number, to: number, anchor: string, chain: string, mode: string]} ClaimRow */
/** @typedef {{ anchor: string, chain: string, mode: string }} FoundClaim */
/** @typedef {[page: number, card: Card, score: number]} Scored */
/** @import {Lists} from '../search.js' */
/** @typedef {{ weight: number, own: number, positions: number[], exact: number[] }} Met */
const SATURATION = 1.2, LENGTH = 0.4, FORM = 0.3, ADJACENT = 1.5, MANY = 1000;
const BEARER = 300; // above what only holds the words: the page of whom a question of several words names
const CLAIM = 10; // a claim in which the words meet, above its page
/** @type {Met} */
const NOWHERE = { weight: 0, own: 0, positions: [], exact: [] };
const WHOLE = { actor: 1000, other: 500 }, PARTLY = { actor: 100, other: 20 };

// A page's card: its address and kind, and what it is ordered, counted and sorted by; outlet and actors as places in the list of labels.
/** @param {Tables} tables @param {number} page */
export async function card(tables, page) {
  return rowOf(tables, await read(`cards/${blockOf(tables, page)}.gz`), page);
}

/** @type {(tables: Tables, page: number) => number} */
const blockOf = (tables, page) => Math.floor(page / tables.block);

/** @param {Tables} tables @param {any[][]} columns @param {number} page @returns {Card} */
function rowOf(tables, [urls, kinds, spans, sizes, dates, outlets, actors], page) {
  const row = page % tables.block;
  return { url: urls[row], kind: kinds[row], spans: spans[row], size: sizes[row], date: dates[row], outlet: outlets[row], actors: actors[row] };
}

// `lists`: for each unit a Map of page → {weight, positions, exact}. Answers [page, card], best first. The word itself
// counts as in BM25, its other forms so much less. `more` lists need not have a page; `bearers` are pages of those named.
/** @param {Tables} tables @param {number[]} pages @param {Lists} lists @param {{ more: Lists, bearers: Set<number> }} beside */
export async function order(tables, pages, lists, { more, bearers }) {
  const rare = (/** @type {number} */ number) => Math.log(1 + (tables.pages - number + 0.5) / (number + 0.5));
  const rarity = lists.map((list) => rare(list.size));
  const ownRarity = lists.map((list) => rare([...list.values()].reduce((n, { exact }) => n + Number(exact.length > 0), 0)));
  const numbers = new Set(pages.map((page) => blockOf(tables, page)));
  /** @type {Map<number, any[][]>} */
  const blocks = new Map();
  await Promise.all([...numbers].map(async (number) => blocks.set(number, await read(`cards/${number}.gz`))));
  /** @type {[number, Card, number][]} */
  const scored = pages.map((page) => /** @type {Scored} */ (scoreOf(page)));
  return scored.sort((a, b) => b[2] - a[2] || (a[1].url < b[1].url ? -1 : 1));

  /** @param {number} page */
  function scoreOf(page) {
    const shown = rowOf(tables, blocks.get(blockOf(tables, page)) ?? [], page);
    const found = lists.map((list) => list.get(page) ?? NOWHERE);
    const long = SATURATION * (1 - LENGTH + LENGTH * 2 ** ((shown.size - tables.size) / 2));
    /** @param {number} weight */
    const saturated = (weight) => (weight * (SATURATION + 1)) / (weight + long);
    let score = found.reduce((sum, { weight, own }, i) => sum + ownRarity[i] * saturated(own) + FORM * rarity[i] * saturated(weight - own), 0);
    if (found.length > 1 && pages.length < MANY) score += ADJACENT * adjacent(found);
    for (const list of more) score += rare(list.size) * (list.has(page) ? ADJACENT + saturated((list.get(page) ?? NOWHERE).weight) : 0);
    return [page, shown, score + naming(shown, found) + (bearers.has(page) ? BEARER : 0)];
  }
}

// The claims in which all words meet, of each page that has any: Map of page → [{anchor, chain, mode}].
/** @param {Tables} tables @param {Scored[]} found @param {Lists} lists */
export async function claimsOf(tables, found, lists) {
  const blocks = new Map();
  for (const [page] of found) {
    const block = blockOf(tables, page);
    if (tables.claimed.includes(block) && !blocks.has(block)) blocks.set(block, await read(`claims/${block}.gz`));
  }
  /** @type {Map<number, FoundClaim[]>} */
  const claims = new Map();
  for (const [page] of found) {
    const rows = /** @type {ClaimRow[]} */ (blocks.get(blockOf(tables, page))?.[page] ?? []);
    const meeting = rows.map((row) => ({ row, width: spread(row, page, lists) })).filter(({ width }) => width < Infinity).sort((a, b) => a.width - b.width);
    if (meeting.length) claims.set(page, meeting.map(({ row: [, , anchor, chain, mode] }) => ({ anchor, chain, mode })));
  }
  return claims;
}

// How far apart the words of all lists stand in a claim; Infinity where one is not there.
/** @param {ClaimRow} claim @param {number} page @param {Lists} lists */
function spread([from, to], page, lists) {
  const places = lists.map((list) => (list.get(page) ?? NOWHERE).positions.filter((at) => at >= from && at < to));
  if (!places.every((some) => some.length)) return Infinity;
  const firsts = places.map((some) => some[0]);
  return Math.max(...firsts) - Math.min(...firsts);
}

// Results with claims among them, as [page, card, claim]: before their page, but behind pages that are named so.
/** @param {Scored[]} found @param {Map<number, FoundClaim[]>} claims */
export function withClaims(found, claims) {
  /** @type {(from: Scored) => [number, Card, FoundClaim | undefined, number][]} */
  const withOwn = ([page, card, score]) => [[page, card, undefined, score], ...(claims.get(page) ?? []).map((claim) => /** @type {[number, Card, FoundClaim, number]} */ ([page, card, claim, score + CLAIM]))];
  const all = found.flatMap(withOwn);
  return all.sort((a, b) => b[3] - a[3]);
}

// How many units stand beside the next one somewhere.
/** @param {Met[]} found */
function adjacent(found) {
  let count = 0;
  for (let i = 1; i < found.length; i++) {
    const later = new Set(found[i].positions);
    if (found[i - 1].positions.some((at) => later.has(at + 1))) count++;
  }
  return count;
}

// Whether one of the page's names or its title is what was asked for, or holds it.
/** @param {Card} card @param {Met[]} found */
function naming({ kind, spans }, found) {
  let start = 0, best = 0;
  const last = spans.reduce((sum, [span]) => sum + span + 1, 0);
  const early = found.map(({ exact }) => exact.filter((at) => at < last));
  if (!early.every((list) => list.length)) return 0;
  for (const [span, stops = 0] of spans) {
    const end = start + span;
    const inside = early.map((list) => list.filter((at) => at >= start && at < end));
    if (span > stops && inside.every((list) => list.length)) {
      const whole = new Set(inside.flat()).size === span - stops;
      best = Math.max(best, (whole ? WHOLE : PARTLY)[kind === "actor" ? "actor" : "other"]);
    }
    start = end + 1;
  }
  return best;
}
