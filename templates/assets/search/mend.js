// Words that are unknown, or known and together on no page, are mended by near ones, where it is beyond doubt which is meant.
import { isShaped, kindOf } from "./lexicon.js";
import { way } from "./resolve.js";
import { Slips } from "./slips.js";

/** @import {Index, Lists, Mended} from '../search.js' */
/** @import {Unit, Asked} from './resolve.js' */
/** @import {Like} from './slips.js' */
/** @import {Near} from './vocabulary.js' */
/** @typedef {{ index: Index, slips: Slips }} Context */
/** @typedef {{ text: string, doubt: number, shaped: boolean }} Base */
/** @typedef {{ word: string, bases: Base[], kind?: string }} Word */
/** @typedef {{ near?: string[], distance?: number, taken?: Unit }} Found */
/** @type {Limit} */
/** @type {(near: Near) => boolean} */
/** @type {Limit} */
/** @param {Index} index @param {Unit[]} units @param {Lists} lists @returns {Promise<Mended>} */
const FEW_PAGES = 12, MORE_PAGES = 40, MOST_NEAR = 40, MOST_TAKEN = 4, MOST_SUGGESTED = 3;
const CLEAR = 1; // so many steps of the vocabulary's logarithm make one near word much more common than another
const SHORTEST_ALONE = 4, SHORTEST_PIECE = 4, SHORTEST_BASE = 3, SHORTEST_CUT = 4;
const AGREEING = 2; // other words that must agree before one is mended that is a word itself
const REACH = 5; // letters in which an article may be damaged
const MOST_PAGES = 500; // a word on more pages is meant as it stands
const CUT = 0.5; // how much farther a word is when it is near only without its first letter
const PIECE = 1.6; // what is a piece of a longer word is so far from it

// {lists, corrected, suggestions}; `lists` is nothing where no correction is clear.
/** @param {Index} index @param {Unit[]} units @param {Lists} lists @returns {Promise<Mended>} */
export async function mend(index, units, lists) {
  const slips = new Slips(index.tables);
  const unknown = units.filter((u) => u.unknown);
  return unknown.length ? mendUnknown({ index, slips }, units, lists, unknown) : mendKnown({ index, slips }, units, lists);
}

  /** @param {Context} context @param {Unit[]} units @param {Lists} lists @param {Unit[]} unknown @returns {Promise<Mended>} */
  async function mendUnknown(context, units, lists, unknown) {
  const { index } = context;
  /** @type {[string, string][]} */
  const corrected = [];
  const suggestions = [];
  for (const part of unknown.filter(({ fixed }) => !fixed)) {
    const at = units.indexOf(part);
    const others = lists.filter((_, i) => i !== at && !units[i].unknown);
    if (part.kind === "word" && others.length < AGREEING) continue;
    const asked = { word: part.text, kind: part.kind, bases: await basesOf(index, part.text, part.written ?? part.text) };
    const found = others.length ? await withOthers(context, asked, others, units) : await alone(context, asked);
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
/** @param {Context} context @param {Unit[]} units @param {Lists} lists @returns {Promise<Mended>} */
async function mendKnown(context, units, lists) {
  const { index } = context;
  /** @type {{ at: number, from: string, distance: number, taken: Unit } | undefined} */
  let best;
  for (const [at, part] of units.entries()) {
    const others = lists.filter((_, i) => i !== at);
    if (!(part.weak || (part.known && part.text.length >= SHORTEST_ALONE)) || !others.length || lists[at].size > MOST_PAGES) continue;
    const kind = await kindOf(index.words, part.text);
    if (kind === "name" || (kind === "word" && others.length < AGREEING)) continue;
    const asked = { word: part.text, bases: await basesOf(index, part.text, part.text, !part.weak) };
    const found = await withOthers(context, asked, others, units);
    const { taken, distance = Infinity } = found;
    const better = !best || distance < best.distance || (distance === best.distance && lists[at].size < lists[best.at].size);
    if (taken && better) best = { taken, distance, at, from: part.text };
  }
  if (!best) return { lists: undefined, corrected: [], suggestions: [] };
  const mended = lists.with(best.at, await index.pagesOf(best.taken));
  return { lists: mended, corrected: [[best.from, best.taken.text]], suggestions: [] };
}

// A word and what remains of it without its article; without another clitic where enough is left. Each with how much is
// against it, and whether it is shaped like a word.
/** @param {Index} index @param {string} word @param {string} written @returns {Promise<Base[]>} */
async function basesOf(index, word, written, known = false) {
  const bases = [{ text: word, doubt: 0 }];
  for (const base of index.words.strippings(word)) {
    const article = /[ال]ل$/u.test(word.slice(0, word.length - base.length));
    if (base.length >= (article ? SHORTEST_BASE : SHORTEST_CUT)) bases.push({ text: base, doubt: article ? 0 : CUT });
  }
  return Promise.all(bases.map(async (base) => ({ ...base, shaped: known || (await isShaped(base.text, written)) })));
}

/** @param {Context} context @param {Word} asked @param {Lists} others @param {Unit[]} units @returns {Promise<Found>} */
async function withOthers(context, asked, others, units) {
  const pages = context.index.shared(others);
  if (!pages.length) return {};
  const taken = new Set(units.map((u) => u.known).filter(Boolean));
  if (pages.length <= FEW_PAGES) return fromPages(context, asked, pages, taken);
  const found = await fromVocabulary(context, asked, others, taken);
  return found.taken || pages.length > MORE_PAGES ? found : fromPages(context, asked, pages, taken);
}

// The nearest words on the few pages that all other words share.
/** @param {Context} context @param {Word} asked @param {number[]} pages @param {Set<string | undefined>} taken @returns {Promise<Found>} */
async function fromPages({ index, slips }, { word, bases }, pages, taken) {
  /** @type {Map<string, Asked & { distance: number }>} */
  const found = new Map();
  for (const { written, text } of (await Promise.all(pages.map((page) => wordsOfPage(index, page)))).flat()) {
    if (!found.has(text)) found.set(text, { written, text, distance: Infinity });
  }
  for (const candidate of found.values()) {
    const forms = [candidate.text, ...index.words.strippings(candidate.text)].filter((form) => form.length >= SHORTEST_BASE);
    for (const form of forms) {
      for (const { text, doubt } of bases) candidate.distance = Math.min(candidate.distance, doubt + slips.cost(text, form, {}));
    }
    if (word.length >= SHORTEST_PIECE && candidate.text.includes(word)) candidate.distance = Math.min(candidate.distance, PIECE);
  }
  const near = [...found.values()].filter((c) => c.distance < Infinity).sort((a, b) => a.distance - b.distance);
  const chosen = [];
  for (const candidate of near) {
    if (chosen.length && candidate.distance > chosen[0].distance) break;
    const keys = await index.vocabulary.known(candidate.text);
    if (keys && !taken.has(keys)) chosen.push({ ...candidate, keys });
  }
  if (!chosen.length) return {};
  const ways = [...new Set(chosen.map((c) => c.keys))].map((keys) => way(index.words.stop, keys));
  return { near: chosen.slice(0, MOST_SUGGESTED).map((c) => c.written), distance: chosen[0].distance, taken: { text: chosen[0].written, ways } };
}

/** @param {Index} index @param {number} page @returns {Promise<Asked[]>} */
async function wordsOfPage(index, page) {
  const { title, passages } = await index.text(page);
  return [title, ...passages.map(([, text]) => text)].flatMap((text) => index.tokens(text));
}

// The nearest words of the vocabulary that share a page with the others.
/** @param {Context} context @param {Word} asked @param {Lists} others @param {Set<string | undefined>} taken @returns {Promise<Found>} */
async function fromVocabulary(context, asked, others, taken) {
  const { index } = context;
  const near = (await nearest(context, asked, { trusting: true })).filter(({ text }) => !taken.has(text));
  const chosen = [];
  for (const candidate of near.slice(0, MOST_NEAR)) {
    if (chosen.length && (candidate.distance > chosen[0].distance || chosen.length === MOST_TAKEN)) break;
    const ways = candidate.forms.map((form) => way(index.words.stop, form));
    if (index.shared([...others, await index.pagesOf({ ways })]).length) chosen.push({ ...candidate, ways });
  }
  if (!chosen.length) return { near: await suggest(index, near) };
  const text = await index.written(chosen[0]);
  return { near: [text], distance: chosen[0].distance, taken: { text, ways: chosen.flatMap(({ ways }) => ways) } };
}

// With nothing else to go by only a slip beyond doubt is mended.
/** @param {Context} context @param {Word} asked @returns {Promise<Found>} */
async function alone(context, asked) {
  const { index } = context;
  const near = await nearest(context, asked, {});
  const [first, second] = near;
  const same = second && formsOfOne(index, first.text, second.text);
  const clear = first && (!second || same || first.distance < second.distance || first.size >= second.size + CLEAR);
  return { near: await suggest(index, near), taken: clear ? await unitOf(index, same ? { ...first, forms: [...first.forms, ...second.forms] } : first) : undefined };
}

// Whether two words are one with different endings («تقاربه», «تقاربها»): then none of them is the other's rival.
/** @param {Index} index @param {string} one @param {string} other */
function formsOfOne({ words }, one, other) {
  const stems = new Set([...words.stems(one)].map(([stem, , kind]) => kind + stem));
  return [...words.stems(other)].some(([stem, , kind]) => stems.has(kind + stem));
}

/** @type {(index: Index, near: Near[]) => Promise<string[]>} */
const suggest = (index, near) => Promise.all(near.slice(0, MOST_SUGGESTED).map((candidate) => index.written(candidate)));

/** @param {Index} index @param {Near} candidate @returns {Promise<Unit>} */
async function unitOf(index, candidate) {
  const forms = candidate.forms.length > 1 || candidate.named ? [] : await index.vocabulary.forms(candidate.text);
  const ways = [...candidate.forms.map((form) => way(index.words.stop, form)), ...forms.map((key) => way(index.words.stop, key, 0.5))];
  return { text: await index.written(candidate), ways };
}

// What a word is like, from which it follows how many letters it must have. A known form may be a slip of a name alone.
/** @param {string | undefined} kind @param {boolean} shaped @param {boolean} trusting @param {boolean} named @returns {Like} */
function likeness(kind, shaped, trusting, named) {
  if (trusting) return "odd";
  if (kind === "root" || (kind === "form" && shaped && named)) return "root";
  if (kind === "form") return shaped ? "form" : "oddForm";
  return shaped ? "shaped" : "odd";
}

// Words of the vocabulary that are one slip away. A first letter is seldom wrong: others are tried only where it leads to
// nothing. Beside other words of a question a slip is `trusting`: these decide.
/** @param {Context} context @param {Word} asked @param {{ trusting?: boolean }} how @returns {Promise<Near[]>} */
async function nearest({ index, slips }, { word, bases, kind }, { trusting }) {
  const behind = await behindArticle(index, word, kind);
  if (behind.length && !trusting) return behind;
  /** @type {((base: string) => string[])[]} */
  const ways = [(base) => [base[0]], (base) => index.words.beginnings(base)];
  for (const firsts of ways) {
    const found = [...behind];
    for (const { text, doubt, shaped } of bases) {
      for (const near of await index.vocabulary.near(text, 1, firsts(text))) {
        const like = likeness(kind, shaped, trusting || false, near.named);
        const distance = doubt + slips.cost(text, near.text, { like, named: near.named });
        if (distance < Infinity) found.push({ ...near, distance });
      }
    }
    if (found.length) return merged(found.sort((a, b) => a.distance - b.distance || b.size - a.size));
  }
  return [];
}

// Known words behind an article in which two letters were swapped, one doubled or another key hit («بللعربية», «وابأصول»).
/** @param {Index} index @param {string} word @param {string | undefined} kind @returns {Promise<Near[]>} */
async function behindArticle(index, word, kind) {
  const shortest = kind ? SHORTEST_CUT : SHORTEST_BASE;
  /** @type {Map<string, Near>} */
  const found = new Map();
  const letters = [...word];
  for (let i = 0; i < Math.min(REACH, letters.length - 1); i++) {
    const variants = [letters.toSpliced(i, 1), letters.toSpliced(i, 2, letters[i + 1], letters[i]), letters.with(i, "ا"), letters.with(i, "ل"), ...(i && letters[i - 1] === "ا" && kind !== "root" ? [letters.toSpliced(i, 0, "ل")] : [])];
    for (const variant of variants.map((some) => some.join(""))) {
      const clitic = index.tables.article.find((some) => variant.startsWith(some));
      const base = variant.slice(clitic?.length ?? 0);
      if (!clitic || i > clitic.length - (/[ال]/u.test(letters[i]) ? 0 : 1) || base.length < shortest || found.has(base) || word.endsWith(`${clitic}${base}`)) continue;
      const entry = await index.vocabulary.entry(base);
      if (entry.size) found.set(base, { text: base, forms: [base], distance: 0.6, from: word, size: entry.size, named: false });
    }
  }
  return [...found.values()].sort((a, b) => b.size - a.size);
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
