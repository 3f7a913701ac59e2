// Words: folded, parted, freed of clitics as the build does it; slips and names in Latin letters.
import assert from "node:assert/strict";
import { test } from "node:test";

import { skeletons } from "../../templates/assets/search/latin.js";
import { kindOf } from "../../templates/assets/search/lexicon.js";
import { Slips } from "../../templates/assets/search/slips.js";
import { Words } from "../../templates/assets/search/words.js";
import { all, serve, tablesWith, vectors } from "./support.js";

const words = new Words(vectors.tables);

for (const { text, fold, words: parts, strippings, whole } of vectors.texts) {
  test(`both halves make the same of «${text}»`, () => {
    assert.equal(words.fold(text), fold);
    assert.deepEqual(words.split(text), parts);
    for (const [word, rest] of Object.entries(strippings)) assert.deepEqual(all(words.strippings(word)), rest, word);
    assert.deepEqual(Object.keys(strippings).filter((word) => words.isWhole(word)).sort(), whole);
  });
}

test("both halves know the same singulars", () => {
  for (const [word, singulars] of Object.entries(vectors.singulars)) assert.deepEqual(all(words.singulars(word)), singulars, word);
});

test("both halves leave the same of a name in Latin letters", () => {
  for (const [name, rests] of Object.entries(vectors.names)) assert.deepEqual(all(skeletons(vectors.tables.latin, words.split(name))), rests, name);
});

test("words as written stand where they stand", () => {
  const text = "قال «المدير»: Il-76، و50%";
  for (const { at, end, written } of words.tokens(text)) assert.equal(text.slice(at, end), written);
  assert.deepEqual(words.tokens(text).flatMap(({ parts }) => parts), words.split(text));
});

test("a distance is symmetric, nothing for the same, and half for letters that are confused", () => {
  for (const [a, b, most] of /** @type {[string, string, number][]} */ ([["ميناء", "مينا", 2], ["كتاب", "كاتب", 2], ["صديق", "صدىق", 2]])) {
    assert.equal(words.distance(a, b, most), words.distance(b, a, most));
  }
  assert.equal(words.distance("سفينه", "سفينه", 1), 0);
  assert.equal(words.distance("ذهب", "دهب", 1), 0.5);
  assert.equal(words.distance("شمس", "قمر", 1), Infinity);
});

const slips = new Slips(vectors.tables);

for (const [asked, meant, kind] of [
  ["سفنية", "سفينة", "swap"], ["سفيينة", "سفينة", "double"], ["سفنة", "سفينة", "vowel"], ["قوراب", "قوارب", "swap"], ["قواب", "قوارب", "missing"],
  ["قواررب", "قوارب", "double"], ["مدينة", "سفينة", ""], ["قوارب", "رصيف", ""],
]) {
  test(`«${asked}» for «${meant}»: ${kind || "more than one slip"}`, () => assert.equal(slips.kindOf(asked, meant), kind));
}

test("a short word bears no slip that a long one bears", () => {
  assert.equal(slips.cost("سفنه", "سفينه", { like: "shaped" }), Infinity);
  assert.ok(slips.cost("البواخر", "البوخر", { like: "shaped" }) < 1);
  assert.ok(slips.cost("قنديل", "قنديلي", { like: "root", named: true }) < slips.cost("قنديل", "قنديلي", { like: "root" }));
});

test("what is shaped as words of a known root are may be a word, unless it is written as no word is", async () => {
  const roots = { roots: { عر: "ض" }, nouns: [[["^م(.)ت(.)(.)$", ["$1$2$3"]]], ["", "ه"]], verbs: [[["^(.)(.)(.)$", ["$1$2$3"]]], ["", "ون"]] };
  serve({ "search-data/tables.gz": tablesWith(), "search-data/parts/v/lexicon.gz": ["", "", {}, roots] });
  const kinds = await Promise.all([["معترضه"], ["وسيعرضون"], ["معتفضه"], ["معترضه", "معىرضة"]].map(([text, written]) => kindOf(words, text, written ?? text)));
  assert.deepEqual(kinds, ["root", "root", "", ""]);
});
