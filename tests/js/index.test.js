// What is read of the index: Pagefind's packed files, the vocabulary's parts, and what a page's text shows.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { excerpt } from "../../templates/assets/search/excerpt.js";
import { pageNames, standing, together } from "../../templates/assets/search/postings.js";
import { order, withClaims } from "../../templates/assets/search/rank.js";
import { once, partOf } from "../../templates/assets/search/store.js";
import { Vocabulary } from "../../templates/assets/search/vocabulary.js";
import { Words } from "../../templates/assets/search/words.js";
import { bytesOf, serve, tablesWith, vectors } from "./support.js";

const { firsts, parts, entries } = vectors.vocabulary;
const tables = tablesWith({ parts: firsts });
const words = new Words(tables);
/** @type {string[]} */
let asked;

beforeEach(() => {
  asked = serve({
    "search-data/tables.gz": tables,
    "pagefind/pagefind.i.pf_meta": bytesOf(vectors.postings.index),
    "pagefind/index/c1.pf_index": bytesOf(vectors.postings.chunk),
    "search-data/parts/v/cards/0.gz": [["/a/", "/b/", "/c/"], ["report", "actor", "report"], [[[1]], [[1]], [[1]]], [4, 4, 4], [null, null, null], [null, null, null], [[], [], []]],
    ...Object.fromEntries(parts.map((/** @type {string} */ part, /** @type {number} */ n) => [`search-data/parts/v/words/${n}.gz`, part])),
  });
});

test("keys stand where the build says that they stand", async () => {
  for (const [key, pages] of Object.entries(vectors.postings.places)) assert.deepEqual([...(await standing(tables, key))], pages);
  assert.deepEqual([...(await standing(tables, "غائب"))], []);
  assert.equal((await pageNames(tables))[300], "p300");
});

test("two keys stand together where the second follows the first", async () => {
  assert.deepEqual([...(await together(tables, { keys: ["رصيف", "قديم"], offsets: [0, 1] }))], [[0, [0, 1, 8, 9]], [300, [1, 2]]]);
  assert.deepEqual([...(await together(tables, { keys: ["رصيف", "قديم"], offsets: [0, 2] }))], []);
});

test("a file is fetched once, and again where it failed", async () => {
  await Promise.all([standing(tables, "قديم"), standing(tables, "رصيف")]);
  assert.ok(asked.filter((path) => path.endsWith("pf_index")).length <= 1);
  let tries = 0;
  const make = async () => { if (!tries++) throw new Error("no"); return tries; };
  await assert.rejects(once("twice", make));
  assert.equal(await once("twice", make), 2);
  assert.equal(await once("twice", make), 2);
});

test("a part is found by the first word of each", () => {
  assert.deepEqual(["ا", "ب", "ج", "د", "ي"].map((word) => partOf(["ب", "د"], word)), [0, 0, 0, 1, 1]);
});

const vocabulary = new Vocabulary(tables, words);

test("an entry is what the build wrote", async () => {
  for (const [word, entry] of Object.entries(entries)) {
    const { size, ...found } = await vocabulary.entry(word);
    assert.deepEqual(found, entry, word);
    assert.equal(size > 0, word === "ميناء" || word === "قنديلي", word);
  }
  assert.equal((await vocabulary.entry("غائب")).size, 0);
});

test("a word is known by its own key, by another's, and behind its clitics", async () => {
  assert.deepEqual(await Promise.all(["ميناء", "مينا", "وميناء", "غائب"].map((word) => vocabulary.known(word))), ["ميناء", "ميناء", "ميناء", ""]);
  assert.deepEqual(await vocabulary.behind("قندي"), ["القندي", "والقندي"]);
  assert.deepEqual((await vocabulary.beginning("قند")).map(([word]) => word), ["قندي", "قنديلي"]);
});

test("the nearest word comes first, with the names that it leads to", async () => {
  const [first] = await vocabulary.near("قنديلى", 1, ["ق"]);
  assert.equal(first.text, "قنديلي");
  assert.deepEqual(first.forms, ["مرزوق قنديلي", "قنديلي"]);
});

const TEXT = "رسا القارب عند الرصيف، ثم عاد.";

test("an excerpt shows the passage with most hits, in its own words", () => {
  const page = { title: "خبر", skip: 2, odd: [], passages: [["p1", "لا شيء هنا"], ["p2", TEXT]] };
  const shown = excerpt(words, /** @type {any} */ (page), { positions: [7, 9], stops: new Set() });
  assert.equal(shown.anchor, "p2");
  assert.deepEqual(shown.parts.filter(({ marked }) => marked).map(({ text }) => text), ["القارب", "الرصيف"]);
  assert.equal(shown.parts.map(({ text }) => text).join(""), TEXT);
});

test("an excerpt of a long passage is cut before and behind, and loses no mark", () => {
  const long = [...Array(60).keys()].map((n) => `كلمة${n}`).join(" ");
  const page = { title: "", skip: 1, odd: [], passages: [["p1", long]] };
  const { parts: cut } = excerpt(words, /** @type {any} */ (page), { positions: [1 + 2 * 40], stops: new Set() });
  assert.equal(cut[0].text, "… ");
  assert.equal(cut.filter(({ marked }) => marked).length, 1);
  assert.ok(cut.map(({ text }) => text).join("").length < long.length);
});

const met = (/** @type {number[]} */ ...positions) => ({ weight: positions.length, own: positions.length, positions, exact: positions });

test("a page that is named so comes before one that only says it, and more before less", async () => {
  const lists = [new Map([[0, met(10, 11)], [1, met(0)], [2, met(10)]])];
  const found = await order(tables, [2, 0, 1], lists, { more: [], bearers: new Set() });
  assert.deepEqual(found.map(([page]) => page), [1, 0, 2]);
});

test("words side by side count more than apart", async () => {
  const lists = [new Map([[0, met(10)], [2, met(10)]]), new Map([[0, met(30)], [2, met(11)]])];
  assert.deepEqual((await order(tables, [0, 2], lists, { more: [], bearers: new Set() })).map(([page]) => page), [2, 0]);
});

test("a claim comes before its page, and behind a page that is named so", () => {
  const shown = { url: "/a/", kind: "report", spans: [], size: 1, date: null, outlet: null, actors: [] };
  const claim = { anchor: "c1", chain: "", mode: "" };
  const sorted = withClaims([[1, shown, 1000], [0, shown, 5]], new Map([[0, [claim]]]));
  assert.deepEqual(sorted.map(([page, , found]) => [page, found?.anchor]), [[1, undefined], [0, "c1"], [0, undefined]]);
});
