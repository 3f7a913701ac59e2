// Words that are unknown, or known and together on no page, are mended by near ones, where it is clear which is meant.
import { way } from "./resolve.js";

/** @import {Index, Lists, Mended} from '../search.js' */
/** @import {Unit, Asked} from './resolve.js' */
/** @import {Near} from './vocabulary.js' */
/** @typedef {{ near?: string[], distance?: number, taken?: Unit }} Found */
/** @typedef {(word: string) => number} Limit */
const FEW_PAGES = 12, MOST_NEAR = 40, MOST_TAKEN = 4;
const CLEAR = 3; // so many steps of the vocabulary's logarithm make one near word much more common than another
const SHORTEST_SURE = 5, SHORTEST_ALONE = 4, SHORTEST_PIECE = 3;
const MOST_PAGES = 500; // a word on more pages is meant as it stands
const CUT = 0.5; // how much farther a word is when it is near only without its first letter
const PIECE = 1.5; // what is a piece of a longer word is so far from it

// How far a slip may lead: alone a word must be clear of itself; the rest of a question bears more.
/** @type {Limit} */
const narrow = (word) => (word.length > 6 ? 1.5 : word.length > 3 ? 1 : 0.5);
// A short word with a quite different letter is another word; with one more or less it may be a slip.
/** @type {(near: Near) => boolean} */
const likely = ({ text, distance, from }) => distance < 1 || from.length > 4 || text.length !== from.length;
/** @type {Limit} */
const wide = (word) => (word.length > 7 ? 2 : word.length > 3 ? 1 : 0.5);

// {lists, corrected, suggestions}; `lists` is nothing where no correction is clear.
/** @param {Index} index @param {Unit[]} units @param {Lists} lists @returns {Promise<Mended>} */
export function mend(index, units, lists) {
  const unknown = units.filter((u) => u.unknown);
  return unknown.length ? mendUnknown(index, units, lists, unknown) : mendKnown(index, units, lists);
}

/** @param {Index} index @param {Unit[]} units @param {Lists} lists @param {Unit[]} unknown @returns {Promise<Mended>} */
async function mendUnknown(index, units, lists, unknown) {
  /** @type {[string, string][]} */
  const corrected = [];
  const suggestions = [];
  for (const part of unknown) {
    const at = units.indexOf(part);
    const others = lists.filter((_, i) => i !== at && !units[i].unknown);
    const found = others.length ? await withOthers(index, part.text, others, units) : await alone(index, part.text);
    suggestions.push(...(found.near ?? []));
    if (!found.taken) continue;
    units = units.with(at, found.taken);
    lists[at] = await index.pagesOf(found.taken);
    corrected.push([part.written ?? part.text, found.taken.text]);
  }
  const mended = corrected.length === unknown.length && index.shared(lists).length > 0;
  return mended ? { lists, corrected, suggestions: [] } : { lists: undefined, corrected: [], suggestions };
}

// All words are known but on no page together: one of them may be a slip that happens to be a word.
/** @param {Index} index @param {Unit[]} units @param {Lists} lists @returns {Promise<Mended>} */
async function mendKnown(index, units, lists) {
  /** @type {{ at: number, from: string, distance: number, taken: Unit } | undefined} */
  let best;
  for (const [at, part] of units.entries()) {
    const others = lists.filter((_, i) => i !== at);
    if (!(part.weak || (part.known && part.text.length >= SHORTEST_ALONE)) || !others.length || lists[at].size > MOST_PAGES) continue;
    const found = await withOthers(index, part.text, others, units, part.weak ? 2 : 1);
    const { taken, distance = Infinity } = found;
    const better = !best || distance < best.distance || (distance === best.distance && lists[at].size < lists[best.at].size);
    if (taken && better) best = { taken, distance, at, from: part.text };
  }
  if (!best) return { lists: undefined, corrected: [], suggestions: [] };
  const mended = lists.with(best.at, await index.pagesOf(best.taken));
  return { lists: mended, corrected: [[best.from, best.taken.text]], suggestions: [] };
}

/** @param {Index} index @param {string} word @param {Lists} others @param {Unit[]} units @returns {Promise<Found>} */
async function withOthers(index, word, others, units, most = 2) {
  const pages = index.shared(others);
  if (!pages.length) return {};
  /** @type {Limit} */
  const limit = (text) => Math.min(most, wide(text));
  const asked = new Set(units.map((u) => u.known).filter(Boolean));
  return pages.length > FEW_PAGES ? fromVocabulary(index, word, others, limit, asked) : fromPages(index, word, pages, limit, asked, most);
}

// The nearest words on the few pages that all other words share.
/** @param {Index} index @param {string} word @param {number[]} pages @param {Limit} limit @param {Set<string | undefined>} asked @param {number} most @returns {Promise<Found>} */
async function fromPages(index, word, pages, limit, asked, most) {
  /** @type {Map<string, Asked & { distance: number }>} */
  const found = new Map();
  const bases = basesOf(index, word);
  for (const { written, text } of (await Promise.all(pages.map((page) => wordsOfPage(index, page)))).flat()) {
    if (!found.has(text)) found.set(text, { written, text, distance: Infinity });
  }
  for (const candidate of found.values()) {
    for (const form of [candidate.text, ...index.words.strippings(candidate.text)]) {
      for (const base of form.length < SHORTEST_PIECE ? [] : bases) {
        const doubts = Math.max(doubt(word, base), doubt(candidate.text, form));
        candidate.distance = Math.min(candidate.distance, doubts + index.words.distance(base, form, limit(base)));
      }
    }
    if (most > 1 && word.length >= SHORTEST_PIECE && candidate.text.includes(word)) candidate.distance = Math.min(candidate.distance, PIECE);
  }
  const near = [...found.values()].filter((c) => c.distance < Infinity && c.distance > 0).sort((a, b) => a.distance - b.distance);
  const taken = [];
  for (const candidate of near) {
    if (taken.length && candidate.distance > taken[0].distance) break;
    const keys = await index.vocabulary.known(candidate.text);
    if (keys && !asked.has(keys)) taken.push({ ...candidate, keys });
  }
  if (!taken.length) return {};
  const ways = [...new Set(taken.map((c) => c.keys))].map((keys) => way(index.words.stop, keys));
  return { near: taken.slice(0, 3).map((c) => c.written), distance: taken[0].distance, taken: { text: taken[0].written, ways } };
}

/** @param {Index} index @param {number} page @returns {Promise<Asked[]>} */
async function wordsOfPage(index, page) {
  const { passages } = await index.text(page);
  const card = await index.card(page);
  return [card.title, ...passages.map(([, text]) => text)].flatMap((text) => index.tokens(text));
}

// The nearest words of the vocabulary that share a page with the others.
/** @param {Index} index @param {string} word @param {Lists} others @param {Limit} limit @param {Set<string | undefined>} asked @returns {Promise<Found>} */
async function fromVocabulary(index, word, others, limit, asked) {
  const near = (await nearest(index, word, limit)).filter(({ text }) => !asked.has(text));
  const taken = [];
  for (const candidate of near.slice(0, MOST_NEAR)) {
    if (taken.length && (candidate.distance > taken[0].distance || taken.length === MOST_TAKEN)) break;
    const ways = candidate.forms.map((form) => way(index.words.stop, form));
    if (index.shared([...others, await index.pagesOf({ ways })]).length) taken.push({ ...candidate, ways });
  }
  if (!taken.length) return { near: await suggest(index, near) };
  const text = await index.written(taken[0]);
  return { near: [text], distance: taken[0].distance, taken: { text, ways: taken.flatMap(({ ways }) => ways) } };
}

// With nothing else to go by only a clear one is taken.
/** @param {Index} index @param {string} word @returns {Promise<Found>} */
async function alone(index, word) {
  const near = (await nearest(index, word, narrow)).filter(likely);
  const [first, second] = near;
  const clear = first && (!second || first.distance < second.distance || first.size >= second.size + CLEAR);
  const sure = first?.named || word.length >= SHORTEST_ALONE;
  return { near: await suggest(index, near), taken: clear && sure ? await unitOf(index, first) : undefined };
}

/** @type {(index: Index, near: Near[]) => Promise<string[]>} */
const suggest = (index, near) => Promise.all(near.slice(0, 3).map((candidate) => index.written(candidate)));

/** @param {Index} index @param {Near} candidate @returns {Promise<Unit>} */
async function unitOf(index, candidate) {
  const forms = candidate.forms.length > 1 || candidate.named ? [] : await index.vocabulary.forms(candidate.text);
  const ways = [...candidate.forms.map((form) => way(index.words.stop, form)), ...forms.map(([key]) => way(index.words.stop, key, 0.5))];
  return { text: await index.written(candidate), ways };
}

// What is cut without an article may be a part of the word («فلسطيني»).
/** @type {(word: string, base: string) => number} */
const doubt = (word, base) => (word === base || /[ال]ل/u.test(word.slice(0, word.length - base.length)) ? 0 : CUT);

// A word and what may remain of it; its article may be damaged («امدينة»).
/** @param {Index} index @param {string} word */
function basesOf(index, word) {
  const bases = [word, ...index.words.strippings(word)];
  const damaged = /^[ال]/u.test(word) && word.length > SHORTEST_SURE ? [word.slice(1)] : [];
  return [...new Set([...bases, ...damaged])].filter((base) => base.length > 2);
}

// A first letter is seldom wrong: others are tried only where it leads to nothing.
/** @param {Index} index @param {string} word @param {Limit} limit @returns {Promise<Near[]>} */
async function nearest(index, word, limit) {
  const bases = basesOf(index, word);
  for (const firsts of [(/** @type {string} */ base) => [base[0]], (/** @type {string} */ base) => index.words.beginnings(base)]) {
    const found = [];
    for (const base of bases) found.push(...(await index.vocabulary.near(base, limit(base), firsts(base))));
    if (found.length) return merged(found.sort((a, b) => a.distance - b.distance || b.size - a.size));
  }
  return [];
}

// A name and a key that is one of its forms are one candidate.
/** @param {Near[]} candidates */
function merged(candidates) {
  /** @type {Near[]} */
  const kept = [];
  for (const candidate of candidates) {
    const same = kept.find(({ forms }) => forms.some((form) => candidate.forms.includes(form)));
    if (same) same.forms = [...new Set([...same.forms, ...candidate.forms])];
    else kept.push({ ...candidate });
  }
  return kept;
}
