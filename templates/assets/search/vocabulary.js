// The vocabulary, in parts that are fetched when a word may stand in them: what a word is, what it is a form of, what is near it.
import { once, partOf, read } from "./store.js";
import { differing, lettersOf } from "./words.js";

/** @import {Tables} from './store.js' */
/** @import {Words} from './words.js' */
/** @typedef {{ size: number, flags: string, keys: string, related: string[], behind: string[], forms: string[], pages: number[], instead: string[] }} Entry */
/** @typedef {{ text: string, distance: number, from: string, size: number, named: boolean, forms: string[] }} Near */
/** @typedef {(form: string) => Promise<Entry>} Look */
const MOST_FORMS = 8;
/** @type {Entry} */
const NOTHING = { size: 0, flags: "", keys: "", related: [], behind: [], forms: [], pages: [], instead: [] };

// Whether texts have a word, be it only behind a clitic.
/** @param {{ size: number, behind: string[] }} entry */
const has = ({ size, behind }) => size > 0 || behind.length > 0;

// A part: Map of word → its line, made into an entry when it is asked for.
/** @type {(number: number) => Promise<Map<string, string>>} */
const part = (number) => once(`part ${number}`, async () => {
  const lines = new Map();
  let last = "";
  for (const line of (await read(`words/${number}.gz`)).split("\n")) {
    const tab = line.indexOf("\t");
    last = last.slice(0, parseInt(line[0], 36)) + line.slice(1, tab);
    lines.set(last, line.slice(tab + 1));
  }
  return lines;
});

/** @param {string | undefined} line @returns {Entry} */
function entryOf(line) {
  if (line === undefined) return NOTHING;
  const [head, ...fields] = line.split("\t");
  const entry = { ...NOTHING, size: parseInt(head[0], 36), flags: head.slice(1) };
  for (const field of fields) {
    if (field[0] === "=") entry.keys = field.slice(1);
    else if (field[0] === "~") entry.related = field.slice(1).split(" ");
    else if (field[0] === "+") entry.behind = field.slice(1).split(" ");
    else if (field[0] === "@") entry.pages = field.slice(1).split(" ").map(Number);
    else if (field[0] === "<") entry.instead = field.slice(1).split("|");
    else entry.forms = field.slice(1).split("|");
  }
  return entry;
}

export class Vocabulary {
  /** @param {Tables} tables @param {Words} words */
  constructor(tables, words) {
    this.tables = tables;
    this.words = words;
  }

  /** @param {string} word */
  async entry(word) {
    if (!word || !this.tables.parts.length) return NOTHING;
    return entryOf((await part(partOf(this.tables.parts, word))).get(word));
  }

  // The keys that a word of the texts is indexed by, or nothing.
  /** @param {string} word */
  async known(word) {
    for (const form of [word, ...this.words.strippings(word)]) {
      const { keys, size } = await this.entry(form);
      if (keys || size) return keys || form;
    }
    return "";
  }

  // The keys of a word as it stands, or without its article.
  /** @param {string} word @returns {Promise<string>} */
  async standing(word) {
    const article = this.words.isWhole(word) ? undefined : this.tables.article.find((clitics) => word.startsWith(clitics));
    for (const form of article ? [word, word.slice(article.length)] : [word]) {
      const { keys, size } = await this.entry(form);
      if (keys || size) return keys || form;
    }
    return "";
  }

  // The keys that may be a word behind a clitic.
  /** @param {string} word */
  async behind(word) {
    return (await this.entry(word)).behind.map((clitics) => clitics + word);
  }

  // Entries whose words begin so, as [word, entry].
  /** @param {string} start */
  async beginning(start) {
    const { parts } = this.tables;
    /** @type {[string, Entry][]} */
    const found = [];
    for (let number = partOf(parts, start); number < parts.length; number++) {
      if (parts[number] > start && !parts[number].startsWith(start)) break;
      for (const [word, line] of await part(number)) if (word.startsWith(start)) found.push([word, entryOf(line)]);
    }
    return found;
  }

  // The keys of other forms of a word, known itself or not, that texts have, the most common first.
  /** @param {string} word @returns {Promise<string[]>} */
  async forms(word) {
    const own = await this.entry(word);
    /** @type {Map<string, Entry>} */
    const found = new Map();
    if (!own.flags.includes("p")) for (const form of await this.inflected(word, own)) found.set(...form);
    for (const other of await this.relatives(word, own, found)) {
      const entry = await this.entry(other);
      if (entry.flags.includes("p")) continue;
      found.set(other, entry);
      for (const form of await this.inflected(other, entry)) found.set(...form);
    }
    found.delete(word);
    const sorted = [...found].filter(([, entry]) => has(entry)).sort((a, b) => b[1].size - a[1].size || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_FORMS);
    return sorted.flatMap(([form, { size, behind }]) => [...(size ? [form] : []), ...behind.map((clitics) => clitics + form)]);
  }

  // Plurals and singulars that no ending tells, of a word and of its forms.
  /** @param {string} word @param {Entry} own @param {Map<string, Entry>} found */
  async relatives(word, own, found) {
    const related = new Set(own.related);
    for (const [form, entry] of found) if (entry.size >= 0) for (const other of (await this.entry(form)).related) related.add(other);
    for (const [stem, ending, kind] of this.words.stems(word)) {
      const base = kind === "feminine" ? `${stem}ه` : kind === "plain" && ending !== "ه" ? stem : "";
      if (ending && base && (!has(own) || found.has(base))) for (const other of (await this.entry(base)).related) related.add(other);
    }
    if (!has(own)) for (const singular of this.words.singulars(word)) related.add(singular);
    return related;
  }

  // Forms by endings. Which endings a word has is told by what else is seen: «علاقات» is of «علاقة» where that is seen.
  /** @param {string} word @param {Entry} own */
  async inflected(word, own) {
    /** @type {Map<string, Entry>} */
    const seen = new Map();
    /** @type {Look} */
    const look = async (form) => {
      const entry = seen.get(form) ?? (await this.entry(form));
      seen.set(form, entry);
      return entry;
    };
    /** @type {[string, string][]} */
    const nouns = [];
    /** @type {[string, string][]} */
    const nisbas = [];
    for (const [stem, ending, kind] of this.words.stems(word)) {
      if (kind === "nisba") {
        if (ending !== "يه" || !has(own) || has(await look(`${stem}ي`)) || has(await look(`${stem}يين`))) nisbas.push([stem, kind]);
      } else if (await this.plausible(word, own, stem, ending, kind, look)) nouns.push([stem, kind]);
    }
    /** @type {[string, Entry][]} */
    const found = [];
    for (const [stem, kind] of nisbas.length ? [...nisbas, ...nouns.filter(([stem]) => !nisbas.some(([n]) => stem.startsWith(n)))] : nouns) {
      for (const ending of this.tables.endings[kind]) {
        const form = stem + ending, entry = await look(form);
        if (!has(entry) || form === word || (entry.flags.includes("p") && ending === "يا")) continue;
        const asked = kind === "feminine" && word === `${stem}ه`; // the bare noun, which texts have only with an ending
        if (asked || (await this.plausible(form, entry, stem, ending, kind, look))) found.push([form, entry]);
      }
    }
    const pair = word.endsWith("ه") ? word.slice(0, -1) : `${word}ه`;
    if (this.words.adjectives.test(word.endsWith("ه") ? pair : word) && has(await look(pair))) found.push([pair, await look(pair)]);
    return found;
  }

  // Whether a seen word may be this stem with this ending.
  /** @param {string} word @param {Entry} entry @param {string} stem @param {string} ending @param {string} kind @param {Look} look */
  async plausible(word, entry, stem, ending, kind, look) {
    const feminine = async () => { const e = await look(`${stem}ه`); return has(e) && !e.flags.includes("h"); };
    if (kind === "nisba") return true;
    if (kind === "feminine") return ending === "ه" ? !entry.flags.includes("h") : ending === "ات" || (await feminine()) || has(await look(`${stem}ات`));
    if (kind === "hamza") return stem.endsWith("ا") && (has(await look(`${stem}ء`)) || has(await look(`${stem}ءات`)));
    if (ending === "") return true;
    if (ending === "ه") return entry.flags.includes("h");
    if (ending === "ات") return !(await feminine());
    if (/^ت..ين$/.test(word)) return false;
    if (ending === "ين" || ending === "ون") return true;
    if (ending === "ان" || ending[0] === "ي" || ending[0] === "و") return has(await look(`${stem}ين`)) || has(await look(`${stem}ون`));
    return has(await look(stem));
  }

  // Keys and names near a word, nearest first: {text, forms, distance, size, named}. Letters that begin them are few.
  /** @param {string} word @param {number} most @param {string[]} firsts @returns {Promise<Near[]>} */
  async near(word, most, firsts) {
    const { parts } = this.tables;
    const found = [], own = lettersOf(word);
    for (const first of firsts) {
      for (let number = partOf(parts, first); number < parts.length && (parts[number] <= first || parts[number].startsWith(first)); number++) {
        for (const [text, letters] of await sketches(number)) {
          if (text[0] !== first || Math.abs(text.length - word.length) > 2 * most || differing(letters, own) > 4 * most) continue;
          const distance = this.words.distance(word, text, most);
          if (distance > 0 && distance < Infinity) found.push({ text, distance, from: word });
        }
      }
    }
    const candidates = await Promise.all(found.map(async (near) => ({ ...near, ...(await this.entry(near.text)) })));
    return candidates
      .filter((near) => has(near) || near.forms.length)
      .map(({ text, distance, from, size, forms, behind }) => {
        const keys = [...forms, ...(size ? [text] : []), ...(size ? [] : behind.map((clitics) => clitics + text))];
        return { text, distance, from, size, named: forms.length > 0, forms: [...new Set(keys)] };
      })
      .sort((a, b) => a.distance - b.distance || b.size - a.size || (a.text < b.text ? -1 : 1));
  }
}

/** @type {(number: number) => Promise<[string, number][]>} */
const sketches = (number) => once(`sketches ${number}`, async () => [...(await part(number)).keys()].map((word) => [word, lettersOf(word)]));
