// By which slip of the hand or of spelling a word may have become another, and whether that is beyond doubt in a word of its length.
/** @import {WordTables} from './words.js' */
/** @typedef {'swap' | 'double' | 'alike' | 'beside' | 'dotted' | 'missing' | 'key' | 'vowel' | 'ending' | 'extra' | 'other'} Slip */
const VOWELS = "اوي";
const ENDINGS = "هتا"; // what «ة» is written for by ear
/** @typedef {'odd' | 'shaped' | 'root' | 'oddForm' | 'form'} Like */
// Letters that a word must have for each kind of slip, in the order of COST: of one that no word is like, of one that is shaped like a
// word, of one that may be of a known root, and of a form of a known word that no word, or some, are like.
/** @type {Record<Like, number[]>} */
const LETTERS = {
  odd: [4, 4, 4, 4, 4, 3, 3, 3, 4, 5, 5],
  shaped: [4, 4, 4, 4, 5, 5, 5, 3, 4, 6, 6],
  root: [4, 5, 5, 5, 7, 8, 7, 4, 5, 7, 7],
  oddForm: [6, 5, 6, 5, 5, 99, 5, 6, 6, 6, 7],
  form: [99, 7, 99, 99, 99, 99, 99, 99, 99, 99, 99],
};
const COST = { swap: 0.5, double: 0.5, alike: 0.5, ending: 0.5, beside: 0.7, dotted: 0.6, vowel: 0.8, missing: 1, key: 1, extra: 1.2, other: 1.5 };
const KINDS = Object.keys(COST);
const NAMED = 2; // a name is meant with so many letters less

export class Slips {
  /** @param {WordTables} tables */
  constructor({ alike, dotted, keyboard }) {
    this.dotted = new Set(dotted.flatMap((pair) => [pair, pair[1] + pair[0]]));
    this.alike = new Set(alike.flatMap((pair) => [pair, pair[1] + pair[0]]));
    this.beside = new Set(keyboard.flatMap((row) => [...row].flatMap((letter, i) => (i ? [row[i - 1] + letter, letter + row[i - 1]] : []))));
  }

  // How far a word is from what was meant: one slip that its length bears, or Infinity.
  /** @param {string} asked @param {string} meant @param {{ like?: Like, named?: boolean }} how */
  cost(asked, meant, { like = "odd", named }) {
    const kind = this.kindOf(asked, meant);
    const latin = /^[a-z]/.test(asked);
    if (!kind) return Infinity;
    const enough = LETTERS[latin ? "shaped" : like][KINDS.indexOf(kind)] - (named && !latin ? NAMED : 0);
    return asked.length >= enough ? COST[kind] : Infinity;
  }

  // The one slip between two words, or nothing where there are more.
  /** @param {string} asked @param {string} meant @returns {Slip | ''} */
  kindOf(asked, meant) {
    let start = 0;
    while (start < asked.length && asked[start] === meant[start]) start++;
    const longer = asked.length - meant.length;
    if (longer === 0) {
      if (asked[start] === meant[start + 1] && asked[start + 1] === meant[start] && asked.slice(start + 2) === meant.slice(start + 2)) return "swap";
      if (start === asked.length - 1 && ENDINGS.includes(asked[start]) && ENDINGS.includes(meant[start])) return "ending";
      return asked.slice(start + 1) === meant.slice(start + 1) ? this.other(asked[start] + meant[start]) : "";
    }
    if (longer === 1) return asked.slice(start + 1) === meant.slice(start) ? this.more(asked, start) : "";
    if (longer === -1) return asked.slice(start) === meant.slice(start + 1) ? this.less(meant, start) : "";
    return "";
  }

  /** @param {string} pair @returns {Slip} */
  other(pair) {
    return this.alike.has(pair) ? "alike" : this.dotted.has(pair) ? "dotted" : this.beside.has(pair) ? "key" : "other";
  }

  /** @param {string} asked @param {number} at @returns {Slip} */
  more(asked, at) {
    const letter = asked[at], around = [asked[at - 1], asked[at + 1]];
    if (around.includes(letter)) return "double";
    if (around.some((other) => this.beside.has(letter + other))) return "beside";
    return VOWELS.includes(letter) ? "vowel" : "extra";
  }

  /** @param {string} meant @param {number} at @returns {Slip} */
  less(meant, at) {
    const letter = meant[at];
    if (at && meant[at - 1] === letter) return "double";
    return VOWELS.includes(letter) ? "vowel" : "missing";
  }
}
