// By which slip of the hand or of spelling a word may have become another, and whether that is beyond doubt in a word of its length.
/** @import {WordTables} from './words.js' */
/** @typedef {'swap' | 'double' | 'alike' | 'beside' | 'dotted' | 'missing' | 'key' | 'vowel' | 'extra' | 'other'} Slip */
const VOWELS = "اوي";
// Letters that a word must have for each kind of slip: of one that is shaped like a word, and of one that no word is like.
const SHAPED = { swap: 4, double: 4, alike: 4, beside: 5, dotted: 5, missing: 4, key: 5, vowel: 6, extra: 8, other: 99 };
const ODD = { swap: 3, double: 3, alike: 3, beside: 3, dotted: 3, missing: 3, key: 3, vowel: 3, extra: 4, other: 5 };
const COST = { swap: 0.5, double: 0.5, alike: 0.5, beside: 0.7, dotted: 0.6, vowel: 0.8, missing: 1, key: 1, extra: 1.2, other: 1.5 };
const NAMED = 3; // a name is meant with so many letters less

export class Slips {
  /** @param {WordTables} tables */
  constructor({ alike, dotted, keyboard }) {
    this.dotted = new Set(dotted.flatMap((pair) => [pair, pair[1] + pair[0]]));
    this.alike = new Set(alike.flatMap((pair) => [pair, pair[1] + pair[0]]));
    this.beside = new Set(keyboard.flatMap((row) => [...row].flatMap((letter, i) => (i ? [row[i - 1] + letter, letter + row[i - 1]] : []))));
  }

  // How far a word is from what was meant: one slip that its length bears, or Infinity.
  /** @param {string} asked @param {string} meant @param {{ shaped?: boolean, named?: boolean }} how */
  cost(asked, meant, { shaped, named }) {
    const kind = this.kindOf(asked, meant);
    const latin = /^[a-z]/.test(asked);
    if (!kind) return Infinity;
    const enough = (latin || shaped ? SHAPED : ODD)[kind] - (named && !latin ? NAMED : 0);
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
