// Words as the index knows them: folded, freed of clitics, their forms, and how near two are. The tables come from the build.
/** @import {LatinTables} from './latin.js' */
/** @import {Token} from './excerpt.js' */
/** @typedef {{ variants: Record<string, string>, on: string, onLetter: string, shortest: number, article: string[], single: string[], endings: Record<string, string[]>, adjectives: string, plurals: [string, string[]][], stop: string[], interrogatives: string[], asking: string[], confused: string[], alike: string[], dotted: string[], keyboard: string[], about: string[], symbol: string, symbols: string, grouped: string, withinLatin: string, arabic: string, percent: string[], uncut: string[], restored: Record<string, string>, neighbours: Record<string, string>, latin: LatinTables }} WordTables */
const HAMZA = /[ءؤئأ]/g;
const SEATS = ["ء", "ؤ", "ئ", "أ"];

export class Words {
  /** @param {WordTables} tables */
  constructor(tables) {
    this.tables = tables;
    /** @type {Map<string, string>} */
    this.folded = new Map();
    this.stop = new Set(tables.stop);
    this.interrogatives = new Set(tables.interrogatives);
    this.about = new Set(tables.about);
    this.asking = new Set(tables.asking);
    this.confused = new Set(tables.confused.flatMap((pair) => [pair, pair[1] + pair[0]]));
    this.adjectives = new RegExp(tables.adjectives, "u");
    /** @type {[RegExp, string[]][]} */
    this.plurals = tables.plurals.map(([pattern, singulars]) => [new RegExp(pattern, "u"), singulars]);
    this.on = new RegExp(tables.on, "gu");
    this.symbols = new RegExp(tables.symbols, "gu");
    this.grouped = new RegExp(tables.grouped, "gu");
    this.withinLatin = new RegExp(tables.withinLatin, "gu");
    this.parts = new RegExp(`\\d+|[${tables.arabic}]+|(?:(?![${tables.arabic}])[\\p{L}\\p{No}])+`, "gu");
    this.runs = new RegExp(`(?:[\\p{L}\\p{M}\\p{N}\\p{Cf}\\u0640\\u066a]|${tables.symbols}|(?<=\\p{Nd})[,\\u066c\\u060c'\\u2019](?=\\p{Nd}{3})|${tables.withinLatin})+`, "gu");
    this.percent = tables.percent.map((said) => this.split(said));
    this.uncut = new Set(tables.uncut);
    this.letters = new Set(tables.single.map((clitic) => clitic[0]));
  }

  // As `analyser.fold` of the build.
  /** @param {string} text */
  fold(text) {
    let out = "";
    const whole = (text.toWellFormed?.() ?? text).replace(this.withinLatin, "").replaceAll("\u066a", "%").replace(this.symbols, (found) => this.codeOf(found));
    for (const c of whole.replace(this.on, `$1عل${this.tables.onLetter}`)) {
      let folded = this.folded.get(c);
      if (folded === undefined) this.folded.set(c, (folded = this.foldLetter(c)));
      out += folded;
    }
    return out.replace(this.grouped, (number) => number.replace(/\D/g, ""));
  }

  // What stands for a symbol: its code in letters.
  /** @param {string} found */
  codeOf(found) {
    const codes = [...found].map((c) => this.tables.symbol + [...(c.codePointAt(0) ?? 0).toString(16)].map((digit) => String.fromCharCode(97 + parseInt(digit, 16))).join("")).join("");
    return /^[+#]/.test(found) ? codes : ` ${codes} `;
  }

  /** @param {string} c */
  foldLetter(c) {
    let out = "";
    for (const part of c.normalize("NFKD").toLowerCase()) {
      if (/[\p{Mn}\p{Cf}\u0640]/u.test(part)) continue;
      const digit = arabicDigit(part);
      out += digit ?? (Object.hasOwn(this.tables.variants, part) ? this.tables.variants[part] : undefined) ?? (/\s/.test(part) ? " " : part);
    }
    return out;
  }

  /** @param {string} text @returns {string[]} */
  split(text) {
    return this.fold(text).match(this.parts) ?? [];
  }

  // A text's words as written, each with the words that folding makes of it.
  /** @param {string} text @returns {Token[]} */
  tokens(text) {
    return [...text.matchAll(this.runs)].map((m) => ({ at: m.index, end: m.index + m[0].length, written: m[0], parts: this.split(m[0]), hit: false })).filter((t) => t.parts.length);
  }

  /** @param {string} word */
  isStop(word) {
    return this.stop.has(word) || ((/^[وف]/.test(word) || (word.length > 3 && this.letters.has(word[0]))) && this.stop.has(word.slice(1)) && !this.isWhole(word));
  }

  // Whether a part of a word is an article before a name in Latin letters («والـUAE»).
  /** @param {string[]} parts @param {number} at */
  isBeforeLatin(parts, at) {
    return this.tables.article.includes(parts[at]) && /^[a-z]/.test(parts[at + 1] ?? "");
  }

  // Whether a word begins by its nature with the letter of a clitic: it, or what it is a form of, is known to.
  /** @param {string} word */
  isWhole(word) {
    if (!this.letters.has(word[0])) return false;
    if (this.uncut.has(word)) return true;
    for (const base of this.bases(word)) if (this.uncut.has(base)) return true;
    return false;
  }

  // What a word may be a form of, by its ending.
  /** @param {string} word @returns {Generator<string>} */
  *bases(word) {
    for (const [stem, ending, kind] of this.stems(word)) if (ending && !/^ات./.test(ending)) yield stem + this.tables.restored[kind];
  }

  // What may remain of a word without its clitics, in the order of the build.
  /** @param {string} word */
  *strippings(word) {
    if (this.uncut.has(word)) return;
    if (/^[وف]/.test(word) && this.stop.has(word.slice(1))) yield word.slice(1);
    for (const clitics of [this.tables.article, this.tables.single]) {
      for (const clitic of clitics) {
        if (word.startsWith(clitic) && word.length - clitic.length >= this.tables.shortest) yield word.slice(clitic.length);
      }
    }
  }

  // Other ways to write a word: its hamzas on another seat («مسئول», «مسؤول»), ى for ا at its end, letters of Persian as others write them; folded.
  /** @param {string} written */
  seats(written) {
    /** @type {Set<string>} */
    const found = new Set();
    for (const match of written.matchAll(/[گچپژڤڨڭ]/g)) {
      for (const letter of this.tables.neighbours[match[0]] ?? "") found.add(this.split(written.slice(0, match.index) + letter + written.slice(match.index + 1)).join(""));
    }
    for (const match of written.matchAll(HAMZA)) {
      for (const seat of SEATS) found.add(this.split(written.slice(0, match.index) + seat + written.slice(match.index + 1)).join(""));
    }
    if (written.endsWith("ى")) found.add(this.split(`${written.slice(0, -1)}ا`).join(""));
    return [...found];
  }

  // What a plural's singular may be.
  /** @param {string} word */
  *singulars(word) {
    for (const [pattern, singulars] of this.plurals) {
      if (!pattern.test(word)) continue;
      for (const singular of singulars) yield word.replace(pattern, singular);
      return; // as `plurals.singulars_of` of the build: the first pattern that fits
    }
  }

  // Stems and their kinds that a word may be a form of.
  /** @param {string} word @returns {Generator<[string, string, string]>} */
  *stems(word) {
    for (const [kind, endings] of Object.entries(this.tables.endings)) {
      for (const ending of endings) {
        if (word.endsWith(ending) && word.length - ending.length >= this.tables.shortest) yield [word.slice(0, word.length - ending.length), ending, kind];
      }
    }
  }

  // Letters with which a word may begin that is near this one, beside its own: confused ones, and its second.
  /** @param {string} word */
  beginnings(word) {
    const first = [...this.confused].filter((pair) => pair[0] === word[0]).map((pair) => pair[1]);
    return [...new Set([...first, word[1]])].filter((letter) => letter !== word[0]);
  }

  // Edits between two words (optimal string alignment): letters that are confused, swapped, doubled, or long vowels
  // left out count half. Infinity above `most`.
  /** @param {string} a @param {string} b @param {number} most */
  distance(a, b, most) {
    if (Math.abs(a.length - b.length) > 2 * most || differing(lettersOf(a), lettersOf(b)) > 4 * most) return Infinity;
    /** @type {number[]} */
    let before = [], last = [0];
    for (let j = 1; j <= b.length; j++) last[j] = last[j - 1] + loss(b, j - 1);
    for (let i = 1; i <= a.length; i++) {
      const row = [last[0] + loss(a, i - 1)];
      let least = row[0];
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1] ? 0 : this.confused.has(a[i - 1] + b[j - 1]) ? 0.5 : 1;
        let cost = Math.min(last[j] + loss(a, i - 1), row[j - 1] + loss(b, j - 1), last[j - 1] + same);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 0.5);
        row[j] = cost;
        if (cost < least) least = cost;
      }
      if (least > most) return Infinity;
      [before, last] = [last, row];
    }
    return last[b.length] > most ? Infinity : last[b.length];
  }
}

// Which letters a word has, as bits: words that differ in more of these than two an edit need no further look.
/** @param {string} word */
export function lettersOf(word) {
  let bits = 0;
  for (let i = 0; i < word.length; i++) bits |= 1 << word.charCodeAt(i) % 31;
  return bits;
}

/** @param {number} a @param {number} b */
export function differing(a, b) {
  let bits = a ^ b, number = 0;
  for (; bits; bits &= bits - 1) number++;
  return number;
}

/** @type {(word: string, i: number) => number} */
const loss = (word, i) => (i > 0 && (word[i] === word[i - 1] || word[i] === "ا" || word[i] === "و" || word[i] === "ي") ? 0.5 : 1);

/** @param {string} c */
function arabicDigit(c) {
  const code = c.charCodeAt(0);
  if (code >= 0x660 && code <= 0x669) return String(code - 0x660);
  if (code >= 0x6f0 && code <= 0x6f9) return String(code - 0x6f0);
  return undefined;
}
