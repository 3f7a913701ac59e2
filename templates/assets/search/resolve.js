// A question's words to units: each the ways in which it may be met. All units must be met.
/** @import {Vocabulary, Entry} from './vocabulary.js' */
/** @import {Words} from './words.js' */
/** @import {Hits} from './postings.js' */
/** @typedef {{ keys: string[], offsets: number[], weight: number, exact: boolean, quoted?: boolean }} Way */
/** @typedef {{ text: string, ways: Way[], named?: boolean, weak?: boolean, unknown?: boolean, known?: string, written?: string, parts?: Unit[] }} Unit */
/** @typedef {{ text: string, written: string }} Asked */
const LONGEST_FORM = 6, FORM = 0.5, PREFIX = 0.6, MOST_PREFIXED = 80, MOST_POSTINGS = 4000, SHORTEST_SLIP = 5;

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

  // The first of `words` ({written, text}), or several of them: [how many, unit].
  /** @param {Asked[]} words @param {boolean} last @returns {Promise<[number, Unit]>} */
  async next(words, last) {
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

  // The longest name that the words begin with, as it is typed or by the keys of its words.
  /** @param {Asked[]} words @returns {Promise<[number, Unit] | undefined>} */
  async name(words) {
    const keys = await this.keysOfNames(words.slice(0, LONGEST_FORM));
    for (let n = Math.min(words.length, LONGEST_FORM); n > 0; n--) {
      const text = words.slice(0, n).map((w) => w.text).join(" ");
      const typed = await this.vocabulary.entry(text);
      const byKeys = typed.forms.length ? typed : await this.vocabulary.entry(keys.slice(0, n).join(" "));
      if (!byKeys.forms.length || keys.slice(0, n).some((key) => !key) && !typed.forms.length) continue;
      const ways = byKeys.forms.map((form) => this.way(form));
      const literal = (await Promise.all(words.slice(0, n).map((w) => this.vocabulary.known(w.text)))).join(" ");
      if (!literal.split(" ").includes("") && !byKeys.forms.includes(literal)) ways.unshift(this.way(literal));
      const forms = n === 1 ? await this.vocabulary.forms(literal || text) : [];
      return [n, unit(text, [...ways, ...forms.map(([key]) => this.way(key, FORM))], { named: true })];
    }
    return undefined;
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
    const forms = keys.includes(" ") ? [] : await this.vocabulary.forms(keys);
    return unit(text, [this.way(keys), ...forms.map(([key]) => this.way(key, FORM))], { known: keys });
  }

  /** @param {string} text @param {string} written @param {boolean} last */
  async unfamiliar(text, written, last) {
    for (const form of this.words.strippings(text)) {
      const { forms } = await this.vocabulary.entry(form);
      if (forms.length) return unit(text, forms.map((name) => this.way(name)), { named: true });
    }
    for (const form of this.words.seats(written)) {
      const keys = await this.vocabulary.known(form);
      if (keys) return this.familiar(text, keys);
    }
    for (const form of [text, ...this.words.strippings(text)]) {
      const others = await this.vocabulary.forms(form);
      if (others.length) return unit(text, others.map(([key]) => this.way(key, FORM)), { weak: true });
    }
    const begun = last ? await this.beginning(text) : [];
    if (begun.length) return unit(text, begun.map((keys) => this.way(keys, PREFIX, true)), { weak: true });
    return (await this.divided(text)) ?? unit(text, [], { unknown: true, written });
  }

  // Keys and names that begin as a word does, with its article or without; without other clitics only where there are none.
  /** @param {string} text */
  async beginning(text) {
    const starts = new Set([text]);
    for (const article of this.words.tables.article) if (text.startsWith(article) && text.length > article.length) starts.add(text.slice(article.length));
    /** @type {[string, Entry][]} */
    const found = [];
    for (const start of starts) if (start.length > 1) found.push(...(await this.vocabulary.beginning(start)));
    if (!found.length) for (const start of this.words.strippings(text)) found.push(...(await this.vocabulary.beginning(start)));
    found.sort((a, b) => b[1].size - a[1].size);
    const keys = new Set();
    let postings = 0;
    for (const [word, entry] of found) {
      if (entry.forms.length) for (const form of entry.forms) keys.add(form);
      if (entry.keys) keys.add(entry.keys);
      if (entry.size) keys.add(word);
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
      for (const form of this.words.seats(written)) if (await this.vocabulary.known(form)) return this.vocabulary.known(form);
      return "";
    }));
    const text = words.map((w) => w.text).join(" ");
    if (keys.every(Boolean)) return unit(text, [{ ...this.way(keys.join(" ")), quoted: true }]);
    const { forms } = await this.vocabulary.entry(text);
    return unit(text, forms.map((form) => this.way(form)));
  }
}
