// Asks the index: search(query) → {results, corrected, suggestions}. Words are resolved to keys, keys looked up in Pagefind's index once each.
import { excerpt as cutExcerpt } from "./search/excerpt.js";
import { mend } from "./search/mend.js";
import { pageNames, together } from "./search/postings.js";
import { card, claimsOf, order, withClaims } from "./search/rank.js";
import { Resolver, way } from "./search/resolve.js";
import { addressOf, base, once, read, readText, source, tables } from "./search/store.js";
import { Vocabulary } from "./search/vocabulary.js";
import { Words } from "./search/words.js";

export { addressOf, base, source, tables, Words };

/** @import {Excerpt, PageText, Token} from './search/excerpt.js' */
/** @import {Met} from './search/rank.js' */
/** @import {Asked, Unit} from './search/resolve.js' */
/** @import {Tables} from './search/store.js' */
/** @import {Near} from './search/vocabulary.js' */
/** @typedef {Map<number, Met>[]} Lists */
/** @typedef {{ lists?: Lists, corrected: [string, string][], suggestions: string[] }} Mended */
/** @typedef {{ quoted: boolean, words: Asked[], all: Asked[] }} Quoted */
/** @typedef {{ url: string, kind: string, date?: string | null, outlet?: string | null, actors?: string[], anchor?: string, chain?: string, mode?: string }} Result */
/** @typedef {{ results: Result[], corrected: [string, string][], suggestions: string[], missing: string[], alone: string[] }} Answer */
const MOST_WORDS = 24, LONGEST_WORD = 40, LONGEST_QUESTION = 2000;
/** @type {WeakMap<Result, { page: number, lists: Lists, stops: Set<string>, only?: string }>} */
const matched = new WeakMap(); // result → what its excerpt needs

// What one question needs of the index.
export class Index {
  /** @param {Tables} tables */
  constructor(tables) {
    this.tables = tables;
    this.words = new Words(tables);
    this.vocabulary = new Vocabulary(tables, this.words);
    this.resolver = new Resolver(this.vocabulary, this.words, (way) => together(tables, way));
  }

  // A page's title and text as written, with what aligns them to positions.
  /** @param {number} page @returns {Promise<PageText>} */
  async text(page) {
    const name = (await pageNames(this.tables))[page];
    return this.tables.together ? (await read("texts.gz"))[name] : readText(name);
  }

  /** @param {string} text @returns {Asked[]} */
  tokens(text) {
    return this.words.tokens(text).flatMap(({ written, parts }) => parts.map((part) => ({ text: part, written: parts.length > 1 ? part : written })));
  }

  // Map of page → {weight: how often it meets a unit, positions, exact: those of the word itself or a name}.
  /** @param {Pick<Unit, 'ways'>} unit */
  async pagesOf({ ways }) {
    /** @type {Map<number, Met>} */
    const found = new Map();
    const lists = await Promise.all(ways.map((way) => together(this.tables, way)));
    for (const [i, list] of lists.entries()) {
      const { weight, keys, exact } = ways[i];
      for (const [page, positions] of list) {
        const sum = found.get(page) ?? { weight: 0, own: 0, positions: [], exact: [] };
        sum.weight += (weight * positions.length) / keys.length;
        sum.positions = sum.positions.length ? sum.positions.concat(positions) : positions;
        if (exact) {
          sum.own += (weight * positions.length) / keys.length;
          sum.exact = sum.exact.length ? sum.exact.concat(positions) : positions;
        }
        found.set(page, sum);
      }
    }
    return found;
  }

  // Pages that all lists have.
  /** @param {Lists} lists @returns {number[]} */
  shared(lists) {
    const [least, ...others] = [...lists].sort((a, b) => a.size - b.size);
    return least ? [...least.keys()].filter((page) => others.every((list) => list.has(page))) : [];
  }

  // A near word as a text writes it.
  /** @param {Near} near */
  async written({ text, size, forms }) {
    const key = size ? text : forms[0];
    const [page] = (await together(this.tables, way(this.words.stop, key))).keys();
    if (page === undefined) return text;
    const { title, passages } = await this.text(page);
    const lines = [title, ...passages.map(([, line]) => line)];
    const words = key.split(" ");
    for (const line of lines) {
      const tokens = this.tokens(line);
      const at = tokens.findIndex((_, i) => words.every((word, j) => tokens[i + j] && [tokens[i + j].text, ...this.words.strippings(tokens[i + j].text)].includes(word)));
      if (at >= 0) return tokens.slice(at, at + words.length).map((token) => token.written).join(" ");
    }
    return text;
  }
}

const load = () => once("index", async () => new Index(await tables()));

// Quoted parts and words of a question. Stop words count only where there is nothing else.
/** @param {Index} index @param {string} query */
function parse(index, query) {
  /** @type {Quoted[]} */
  const parts = [];
  for (const [, quoted, open] of query.matchAll(/["«“]([^"»”]*)["»”]|([^"«»“”]+)/gu)) {
    const words = piecesOf(index, quoted ?? open).map((word) => ({ ...word, text: word.text.slice(0, LONGEST_WORD), written: word.written.slice(0, LONGEST_WORD) }));
    parts.push({ quoted: quoted !== undefined, words: words.slice(0, MOST_WORDS), all: words });
  }
  /** @param {Quoted} part */
  const content = (part) => part.words.filter(({ text }) => !index.words.isStop(text));
  if (parts.some((part) => content(part).length)) for (const part of parts) if (!part.quoted || !content(part).length) part.words = content(part);
  const interrogative = (/** @type {Asked} */ { text }) => index.words.interrogatives.has(text);
  const asks = /[?؟]\s*$/.test(query) || (parts.length > 0 && parts[0].all.slice(0, 1).some(interrogative));
  for (const part of parts) if (!part.quoted) part.words = part.words.map((word) => ({ ...word, about: index.words.about.has(word.text.replace(/^ال/, "")) }));
  if (asks || parts.some(({ all }) => all.some(interrogative))) for (const part of parts) if (!part.quoted) part.words = without(part.words, index.words.asking);
  return { asks, parts: parts.filter((part) => part.words.length) };
}

// Words as {text, written}; those of one piece with a number have the same `piece`.
/** @param {Index} index @param {string} text @returns {Asked[]} */
function piecesOf(index, text) {
  /** @type {(Asked & { piece: number })[]} */
  const found = [];
  /** @type {Token | undefined} */
  let last;
  let piece = 0;
  for (const token of index.words.tokens(text)) {
    if (!last || !/^[-\u2010-\u2013\u2212/.:_']$/.test(text.slice(last.end, token.at))) piece++;
    last = token;
    for (const part of token.parts.filter((_, at) => !index.words.isBeforeLatin(token.parts, at))) found.push({ text: part, written: token.parts.length > 1 ? part : token.written, piece });
  }
  const numbers = new Set(found.filter(({ text }) => /[0-9]/.test(text)).map((word) => word.piece));
  const latin = (/** @type {Asked} */ { text }) => !/[\u0620-\u06ff]/.test(text);
  const bound = found.filter((word) => numbers.has(word.piece) && latin(word));
  return found.map((word) => (bound.includes(word) ? word : { text: word.text, written: word.written }));
}

// Words of asking («أين تقع …») are none of what is asked for, where there is more.
/** @param {Asked[]} words @param {Set<string>} asking */
function without(words, asking) {
  const kept = words.filter(({ text }) => !asking.has(text));
  return kept.length ? kept : words;
}

/** @param {Index} index @param {Quoted[]} parts */
async function unitsOf(index, parts) {
  /** @type {Unit[]} */
  const units = [];
  for (const [at, { quoted, words }] of parts.entries()) {
    if (quoted) units.push(await index.resolver.phrase(words));
    for (let i = 0; !quoted && i < words.length;) {
      const [used, found] = await index.resolver.next(words.slice(i), at === parts.length - 1);
      const said = words.slice(i, i + used).map(({ written }) => written).join(" ");
      for (const one of found.parts ?? [found]) units.push({ ...one, said: found.parts ? one.text : said, about: used === 1 && words[i].about });
      i += used;
    }
  }
  return units;
}

// What must be on a page, and what only beside a name («دور», «موقف») need not.
/** @param {Unit[]} units */
function partUnits(units) {
  const beside = units.some(({ pages }) => pages?.length) ? units.filter(({ about }) => about) : [];
  return { asked: units.filter((unit) => !beside.includes(unit)), beside: beside.filter(({ unknown }) => !unknown) };
}

// The pages of each unit; where these share none, slips are looked for.
/** @param {Index} index @param {Unit[]} units @returns {Promise<Mended>} */
async function meet(index, units) {
  const lists = await Promise.all(units.map((unit) => index.pagesOf(unit)));
  if (units.every((unit) => !unit.unknown) && index.shared(lists).length) return { lists, corrected: [], suggestions: [] };
  return mend(index, units, lists);
}

// Every hit in order, pages and claims; `missing`: words that no text has, `alone`: those that may be asked alone; `corrected`: pairs of words where a slip was mended; `suggestions` where none was clear.
/** @param {string} query @returns {Promise<Answer>} */
export async function search(query) {
  const index = await load();
  const { asks, parts } = parse(index, String(query).slice(0, LONGEST_QUESTION));
  if (!parts.length) return { results: [], corrected: [], suggestions: [], missing: [], alone: [] };
  pageNames(index.tables).catch(() => {}); // the index is on its way while words are resolved
  const { asked, beside } = partUnits(await unitsOf(index, parts));
  const { lists, corrected, suggestions } = await meet(index, asked);
  if (!lists) return { results: [], corrected, suggestions, ...waysOn(asked) };
  const stops = new Set(parts.flatMap(({ words }) => words.map(({ text }) => text)).filter((text) => index.words.isStop(text)));
  const more = await Promise.all(beside.map((unit) => index.pagesOf(unit)));
  const bearers = asked.length + beside.length > 1 ? new Set(asked.flatMap(({ pages }) => pages ?? [])) : /** @type {Set<number>} */ (new Set());
  const pages = asks ? new Set([...bearers, ...index.shared(lists)]) : index.shared(lists);
  const found = await order(index.tables, [...pages], lists, { more, bearers });
  const claims = lists.length > 1 ? await claimsOf(index.tables, found, lists) : new Map();
  const results = withClaims(found, claims).map(([page, card, claim]) => {
    /** @type {Result} */
    const result = { url: card.url + (claim ? `#${claim.anchor}` : ""), kind: claim ? "claim" : card.kind, ...claim };
    matched.set(result, { page, lists: [...lists, ...more], stops, only: claim?.anchor });
    return result;
  });
  return { results, corrected, suggestions, missing: [], alone: [] };
}

// Of a question that finds nothing: words that no text has, and those that some have, each of which may be asked alone.
/** @param {Unit[]} units */
function waysOn(units) {
  const missing = units.filter(({ unknown }) => unknown).map(({ said, text }) => said ?? text);
  const alone = units.filter(({ unknown }) => !unknown).map(({ said, text }) => said ?? text);
  return { missing, alone: missing.length + alone.length > 1 ? alone : [] };
}

/** @param {Result} result */
function matchOf(result) {
  const found = matched.get(result);
  if (!found) throw new Error("no result of a search here");
  return found;
}

// {title, anchor, parts} of one of the results; title and parts as [{text, marked}].
/** @param {Result} result @returns {Promise<Excerpt>} */
export async function excerpt(result) {
  const { page, lists, stops, only } = matchOf(result);
  const index = await load();
  return cutExcerpt(index.words, await index.text(page), { positions: lists.flatMap((list) => list.get(page)?.positions ?? []), stops, only });
}

// Results with what they are counted and sorted by: date, and ids of the outlet and actors. And the names of these by id.
/** @param {Result[]} results @returns {Promise<Record<string, string>>} */
export async function withFacts(results) {
  const { tables } = await load();
  /** @param {number} place @returns {string} */
  const id = (place) => tables.labels[place][0];
  const fresh = results.filter(({ actors }) => !actors);
  const cards = await Promise.all(fresh.map((result) => card(tables, matchOf(result).page)));
  for (const [i, { date, outlet, actors }] of cards.entries()) Object.assign(fresh[i], { date, outlet: outlet === null ? null : id(outlet), actors: actors.map(id) });
  return Object.fromEntries(tables.labels);
}
