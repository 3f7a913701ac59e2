import { isLatin, skeletons, withoutArticles } from "./latin.js";
import { kindOf } from "./lexicon.js";

// A question's words to units: each the ways in which it may be met. All units must be met.
/** @import {Vocabulary, Entry} from './vocabulary.js' */
/** @import {Words} from './words.js' */
/** @import {Hits} from './postings.js' */
/** @typedef {{ keys: string[], offsets: number[], weight: number, exact: boolean, quoted?: boolean }} Way */
/** @typedef {{ text: string, ways: Way[], named?: boolean, weak?: boolean, unknown?: boolean, known?: string, written?: string, parts?: Unit[], pages?: number[], fixed?: boolean, kind?: string, about?: boolean, said?: string }} Unit */
/** @typedef {{ text: string, written: string, piece?: number, about?: boolean }} Asked */
const LONGEST_FORM = 6, FORM = 0.5, PREFIX = 0.6, MOST_PREFIXED = 80, MOST_POSTINGS = 4000, SHORTEST_SLIP = 5;

const SHORTEST_CUT = 5; // letters of a word that may begin with a clitic
const SHORTEST_WORD = 4; // letters of a word that is hardly the beginning of another, where it is one itself
const LONGEST_PLURAL = 5; // letters of a Latin word above which its last s may be none of it

// Numbers and symbols are what they are: no beginning and no slip of others.
/** @param {string} text */
const isFixed = (text) => /[0-9\u0562]/.test(text);

/** @type {(text: string, ways: Way[], more?: Partial<Unit>) => Unit} */
const unit = (text, ways, more = {}) => ({ text, ways, ...more });

// Keys that must stand together. Stop words leave gaps; of nothing but stop words the first stands for all.
/** @param {Set<string>} stops @param {string} text @returns {Way} */
export function way(stops, text, weight = 1, exact = weight === 1) {
  const all = text.split(" ").map((key, offset) => ({ key, offset }));
  const content = all.filter(({ key }) => !stops.has(key));
  const chosen = content.length ? content : all.slice(0, 1);
  return { keys: chosen.map(({ key }) => key), offsets: chosen.map(({ offset }) => offset - chosen[0].offset), weight, exact };
}

export class Resolver {
  /** @param {Vocabulary} vocabulary @param {Words} words @param {(way: Way) => Promise<Hits>} meet */
  constructor(vocabulary, words, meet) {
    this.vocabulary = vocabulary;
    this.words = words;
    this.meet = meet;
  }

  /** @param {[text: string, weight?: number, exact?: boolean]} args */
  way(...args) {
    return way(this.words.stop, ...args);
  }

  // The first of `words` ({written, text, piece}), or several of them: [how many, unit].
  /** @param {Asked[]} words @param {boolean} last @returns {Promise<[number, Unit]>} */
  async next(words, last) {
    const piece = words.findIndex((word) => !words[0].piece || word.piece !== words[0].piece);
    if (words[0].piece && piece !== 1) return this.pieces(words.slice(0, piece < 0 ? words.length : piece));
    const named = await this.name(words);
    if (named) return named;
    const [{ text, written }, second] = words;
    const known = await this.vocabulary.known(text);
    if (second && !(known && (await this.vocabulary.known(second.text)))) {
      const joined = await this.vocabulary.known(text + second.text);
      if (joined) return [2, await this.familiar(text + second.text, joined)];
    }
    if (known) return [1, await this.familiar(text, known)];
    return [1, await this.unfamiliar(text, written, last && words.length === 1)];
  }

  // What is written in one piece with a number («Il-76», «2020-03-04», «50%») stands together, whatever parts it.
  /** @param {Asked[]} words @returns {Promise<[number, Unit]>} */
  async pieces(words) {
    const keys = (await Promise.all(words.map(({ text }) => this.vocabulary.known(text)))).join(" ");
    const text = words.map((word) => word.text).join(" ");
    const found = keys.split(" ").every(Boolean) ? [this.whole(keys)] : [];
    for (const said of /[%٪]$/.test(words.at(-1)?.written ?? "") ? this.words.percent : []) {
      const others = await Promise.all([...words.slice(0, -1).map((word) => word.text), ...said].map((word) => this.vocabulary.known(word)));
      if (others.every(Boolean)) found.push(this.whole(others.join(" ")));
    }
    return [words.length, found.length ? unit(text, found) : unit(text, [], { unknown: true, fixed: true, written: text })];
  }

  // A way in which all places of common keys count.
  /** @param {string} keys @returns {Way} */
  whole(keys) {
    return { ...this.way(keys), quoted: true };
  }

  // The longest name that the words begin with, as it is typed, by the keys of its words, or as it is transliterated.
  /** @param {Asked[]} words @returns {Promise<[number, Unit] | undefined>} */
  async name(words) {
    const keys = await this.keysOfNames(words.slice(0, LONGEST_FORM));
    for (let n = Math.min(words.length, LONGEST_FORM); n > 0; n--) {
      const text = words.slice(0, n).map((w) => w.text).join(" ");
      const { forms, pages } = await this.bearer(text, keys.slice(0, n), words.slice(0, n).map((w) => w.text));
      const other = forms.length ? undefined : await this.instead(text, words.slice(0, n));
      if (other) return [n, other];
      if (!forms.length) continue;
      const ways = forms.map((form) => this.way(form));
      const literal = (await Promise.all(words.slice(0, n).map((w) => this.vocabulary.known(w.text)))).join(" ");
      if (!literal.split(" ").includes("") && !forms.includes(literal)) ways.unshift(this.way(literal));
      const others = n === 1 ? [...(await this.vocabulary.behind(literal || text)), ...(await this.vocabulary.forms(literal || text))] : [];
      return [n, unit(text, [...ways, ...others.map((key) => this.way(key, FORM))], { named: true, pages })];
    }
    return undefined;
  }

  // A word by which readers ask for what texts call otherwise: with its own places, if it has any.
  /** @param {string} text @param {Asked[]} words */
  async instead(text, words) {
    const { instead } = await this.vocabulary.entry(text);
    const found = (await Promise.all(instead.map((other) => this.others(other.split(" "))))).flat();
    if (!found.length) return undefined;
    const own = (await Promise.all(words.map((word) => this.vocabulary.known(word.text)))).join(" ");
    const literal = own.split(" ").every(Boolean) ? (words.length > 1 ? unit(text, [this.way(own)]) : await this.familiar(text, own)) : undefined;
    return unit(text, [...(literal?.ways ?? []), ...found], { named: true });
  }

  // The ways in which texts may have a word or phrase.
  /** @param {string[]} words @returns {Promise<Way[]>} */
  async others(words) {
    const keys = await Promise.all(words.map((word) => this.vocabulary.known(word)));
    if (words.length > 1) return keys.every(Boolean) ? [this.way(keys.join(" "))] : [];
    if (keys[0]) return (await this.familiar(words[0], keys[0])).ways;
    return (await this.inflected(words[0], ""))?.ways ?? [];
  }

  /** @param {string} text @param {string[]} keys @param {string[]} words @returns {Promise<Entry>} */
  async bearer(text, keys, words) {
    const typed = await this.vocabulary.entry(text);
    if (typed.forms.length) return typed;
    if (keys.every(Boolean)) {
      const byKeys = await this.vocabulary.entry(keys.join(" "));
      if (byKeys.forms.length || keys.length === 1) return byKeys;
    }
    if (!words.every(isLatin)) return typed;
    const { latin } = this.words.tables;
    const bare = await this.vocabulary.entry(withoutArticles(latin, words).join(" "));
    if (bare.forms.length) return bare;
    for (const some of words.length > 1 || words[0].length < LONGEST_PLURAL ? [words] : [words, [words[0].replace(/s$/, "")]]) {
      for (const rest of skeletons(latin, some)) {
        const found = await this.vocabulary.entry(latin.mark + rest);
        if (found.forms.length) return found;
      }
    }
    return typed;
  }

  // The key of each word; of a name's other spelling («هفتر») the key of the name itself.
  /** @param {Asked[]} words */
  async keysOfNames(words) {
    return Promise.all(words.map(async ({ text }) => {
      const known = await this.vocabulary.known(text);
      if (known) return known;
      for (const form of [text, ...this.words.strippings(text)]) {
        const short = (await this.vocabulary.entry(form)).forms.find((name) => !name.includes(" "));
        if (short) return short;
      }
      return "";
    }));
  }

  /** @param {string} text @param {string} keys */
  async familiar(text, keys) {
    const others = keys.includes(" ") ? [] : [...(await this.vocabulary.behind(keys)), ...(await this.vocabulary.forms(keys))];
    return unit(text, [this.way(keys), ...others.map((key) => this.way(key, FORM))], { known: keys });
  }

  /** @param {string} text @param {string} written @param {boolean} last */
  async unfamiliar(text, written, last) {
    if (isFixed(text)) return unit(text, [], { unknown: true, fixed: true, written });
    for (const form of this.words.strippings(text)) {
      const { forms, pages } = await this.vocabulary.entry(form);
      if (forms.length) return unit(text, forms.map((name) => this.way(name)), { named: true, pages });
    }
    for (const form of this.words.seats(written)) {
      const keys = await this.vocabulary.standing(form);
      if (keys && !this.words.stop.has(keys)) return this.familiar(text, keys);
    }
    const kind = await kindOf(this.words, text, written);
    const inflected = await this.inflected(text, kind);
    if (inflected) return inflected;
    const begun = last && (!kind || kind === "root" || text.length < SHORTEST_WORD) ? await this.beginning(text, kind) : [];
    if (begun.length) return unit(text, begun.map((keys) => this.way(keys, PREFIX, true)), { weak: true });
    const parted = kind === "name" || kind === "word" ? undefined : await this.divided(text);
    return parted ?? unit(text, [], { unknown: true, kind, fixed: kind === "name", written });
  }

  // A word that texts have only behind a clitic, or in other forms. A name has none that is shorter than itself.
  /** @param {string} text @param {string} kind @returns {Promise<Unit | undefined>} */
  async inflected(text, kind) {
    for (const form of [text, ...this.words.strippings(text)]) {
      const behind = await this.vocabulary.behind(form);
      const forms = await this.vocabulary.forms(form);
      const others = kind === "name" ? [...forms.filter((key) => key.includes(form.replace(/[اه]$/, "")) && key.length >= form.length), ...(await this.nisbas(form))] : forms;
      if (behind.length || others.length) return unit(text, [...behind.map((key) => this.way(key)), ...others.map((key) => this.way(key, FORM))], { weak: true });
    }
    return undefined;
  }

  /** @param {string} name */
  async nisbas(name) {
    const stem = name.replace(/(?:يا|ا|ه)$/, "");
    const forms = this.words.tables.endings.nisba.map((ending) => stem + ending).filter((form) => form !== name);
    const known = await Promise.all(forms.map((form) => this.vocabulary.entry(form)));
    return stem.length < 3 ? [] : forms.filter((_, i) => known[i].size);
  }

  // Keys and names that begin as a word does, with its article or without; without another clitic only where there are none.
  /** @param {string} text @param {string} kind */
  async beginning(text, kind) {
    if (this.words.isStop(text)) return [];
    const starts = new Set([text]);
    for (const article of this.words.tables.article) if (text.startsWith(article) && text.length - article.length > 1) starts.add(text.slice(article.length));
    /** @type {[string, Entry][]} */
    const found = [];
    for (const start of starts) if (start.length > 1) found.push(...(await this.vocabulary.beginning(start)));
    if (!found.length && !kind && text.length >= SHORTEST_CUT && this.words.letters.has(text[0])) found.push(...(await this.vocabulary.beginning(text.slice(1))));
    found.sort((a, b) => b[1].size - a[1].size);
    const keys = new Set();
    let postings = 0;
    for (const [word, entry] of found) {
      if (entry.forms.length) for (const form of entry.forms) keys.add(form);
      if (entry.keys) keys.add(entry.keys);
      if (entry.size) keys.add(word);
      for (const clitics of entry.size ? [] : entry.behind) keys.add(clitics + word);
      postings += 2 ** (entry.size / 2);
      if (keys.size >= MOST_PREFIXED || postings > MOST_POSTINGS) break;
    }
    return [...keys];
  }

  // Two known words written as one. They must stand together somewhere, unless the second begins with «and».
  /** @param {string} text */
  async divided(text) {
    for (let i = 2; i <= text.length - 3; i++) {
      const left = await this.vocabulary.known(text.slice(0, i));
      const right = left && (await this.vocabulary.known(text.slice(i)));
      if (!right || this.words.stop.has(left) || this.words.stop.has(right)) continue;
      const both = this.way(`${left} ${right}`);
      if (text[i] === "و" && i > 2 && text.length - i > 3) return (await this.slip(text)) ? undefined : unit(text, [], { parts: [await this.familiar(left, left), await this.familiar(right, right)] });
      if ((await this.meet(both)).size) return unit(text, [both], { weak: true });
    }
    return undefined;
  }

  // Whether a word is so near a known one that it is rather a slip than two words.
  /** @param {string} text */
  async slip(text) {
    const bases = [text, ...this.words.strippings(text)].filter((base) => base.length > SHORTEST_SLIP);
    for (const base of bases) if ((await this.vocabulary.near(base, 1, [base[0]])).length) return true;
    return false;
  }

  // Words that must stand one after the other; a Latin name stands for its forms.
  /** @param {Asked[]} words */
  async phrase(words) {
    const keys = await Promise.all(words.map(async ({ text, written }) => {
      const known = await this.vocabulary.known(text);
      if (known) return known;
      for (const form of this.words.seats(written)) if (await this.vocabulary.standing(form)) return this.vocabulary.standing(form);
      return "";
    }));
    const text = words.map((w) => w.text).join(" ");
    if (keys.every(Boolean)) return unit(text, [{ ...this.way(keys.join(" ")), quoted: true }]);
    const { forms } = await this.vocabulary.entry(text);
    return unit(text, forms.map((form) => this.way(form)));
  }
}
