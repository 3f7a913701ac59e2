// Asks the index: search(query) → {results, corrected, suggestions}. Each word is resolved to keys, each key asked once.
import { Words } from "./search/words.js";
import { pagefind, read, shard } from "./search/store.js";

const FAMILY = 0.4, PREFIX = 0.6, MOST_PREFIXED = 40, MOST_WORDS = 24, LONGEST_WORD = 40, LONGEST_FORM = 6, NAMED = 50, MOST_NEAR = 40;
const answers = new Map();

async function load() {
  const [tables, pages, asked] = await Promise.all(["tables.json", "pages.json", "asked.json"].map(read));
  pages.pages ??= pages.columns[0].map((_, row) => pages.columns.map((column) => column[row]));
  pages.numbers ??= new Map(pages.ids.map((id, number) => [id, number]));
  return { words: new Words(tables), pages, asked };
}

// Pages that hold a key, or keys one after the other: Map of page number → score.
async function ask(index, keys) {
  const { end } = index.words.tables;
  const term = keys.map((key) => key + end).join(" ");
  if (!answers.has(term)) {
    const wanted = pagefind().then(async (engine) => {
      const found = await engine.search(keys.length > 1 ? `"${term}"` : term);
      return new Map(found.results.map((result) => [index.pages.numbers.get(result.id), result.score]));
    });
    wanted.catch(() => answers.delete(term));
    answers.set(term, wanted);
  }
  return answers.get(term);
}

// The key of a word that texts have, or nothing.
async function known(index, word) {
  const own = await shard(word[0]);
  if (Object.hasOwn(own.words, word)) return own.words[word];
  if (Object.hasOwn(own.keys, word)) return word;
  for (const rest of index.words.strippings(word)) {
    const there = await shard(rest[0]);
    if (Object.hasOwn(there.words, rest)) return there.words[rest];
    if (Object.hasOwn(there.keys, rest)) return rest;
  }
  return undefined;
}

async function relatives(key) {
  const { families } = await shard(key[0]);
  return Object.hasOwn(families, key) ? families[key].split(" ") : [];
}

// Keys and names that begin as a word does, with its article or without; without other clitics only where there are none.
async function beginning(index, word) {
  const bare = [...index.words.strippings(word)];
  const starts = [word, ...bare.filter((rest) => word.endsWith("ال" + rest))];
  if (word.startsWith("ال") && word.length > 2) starts.push(word.slice(2));
  const found = (await Promise.all(starts.map((start) => begun(index, start)))).flat();
  for (const rest of found.length ? [] : bare) found.push(...(await begun(index, rest)));
  return [...new Set(found.sort((a, b) => b[1] - a[1]).map(([key]) => key))].slice(0, MOST_PREFIXED);
}

async function begun(index, start) {
  const { keys } = await shard(start[0]);
  const forms = Object.keys(index.asked).filter((text) => text.startsWith(start)).flatMap((text) => index.asked[text]);
  return [...Object.entries(keys).filter(([key]) => key.startsWith(start)), ...forms.map((form) => [form, 1])];
}

// The same noun otherwise: «بندقية» where texts have «بنادق», «طائرة» where they have «طائرات».
async function otherEnding(index, word) {
  for (const form of [word, ...index.words.strippings(word)]) {
    const { keys } = await shard(form[0]);
    const plurals = await relatives(form);
    if (plurals.length) return plurals;
    for (const ending of ["", ...index.words.tables.endings]) {
      const stem = form.endsWith(ending) ? form.slice(0, form.length - ending.length) : "";
      if (stem.length < 3 || (stem.length < 4 && ending.length < 1)) continue;
      const found = ["", ...index.words.tables.endings].map((other) => stem + other).filter((key) => Object.hasOwn(keys, key));
      if (found.length) return found.sort((a, b) => keys[b] - keys[a]);
    }
  }
  return [];
}

// What is near a word, nearest first: {text, forms, distance, count}. The first letter is taken to be right. Where other
// words of the question decide among the near ones (`wide`), more of them come in.
async function near(index, word, wide) {
  const found = [];
  const add = (text, distance, count, forms) => { if (distance > 0 && distance < Infinity) found.push({ text, distance, count, forms }); };
  const bare = [word, ...index.words.strippings(word)];
  const forms = wide ? bare.flatMap((form) => (/^[ال]/u.test(form) ? [form, form.slice(1)] : [form])) : bare; // «امدينة» for «المدينة»
  for (const form of new Set(forms)) {
    const own = sketch(form);
    const most = wide ? (form.length > 7 ? 2 : 1) : form.length > 6 ? 2 : form.length > 4 ? 1 : 0.5;
    if (form.length < (wide ? 3 : 4)) continue;
    for (const letter of new Set(wide ? form.slice(0, 2) : form[0])) {
      for (const [key, count, letters] of sketches(await shard(letter))) {
        if (differing(letters, own) > 2 * most || Math.abs(key.length - form.length) > most) continue;
        add(key, index.words.distance(form, key, most), count, [key]);
      }
    }
  }
  for (const [text, forms] of Object.entries(index.asked)) {
    if (word.length > 3 && text[0] === word[0]) add(text, index.words.distance(word, text, 1), NAMED, forms);
  }
  return merged(found.sort((a, b) => a.distance - b.distance || b.count - a.count));
}

// Which letters a word has, as bits: words that differ in more of these than two an edit need no further look.
const sketch = (word) => [...word].reduce((bits, c) => bits | (1 << c.charCodeAt(0) % 31), 0);

function differing(a, b) {
  let bits = a ^ b, number = 0;
  for (; bits; bits &= bits - 1) number++;
  return number;
}

function sketches(part) {
  part.sketches ??= Object.entries(part.keys).map(([key, count]) => [key, count, sketch(key)]);
  return part.sketches;
}

// A name and a key that is one of its forms are one candidate.
function merged(candidates) {
  const kept = [];
  for (const candidate of candidates) {
    const same = kept.find(({ forms }) => forms.some((form) => candidate.forms.includes(form)));
    if (same) same.forms = [...new Set([...same.forms, ...candidate.forms])];
    else kept.push({ ...candidate });
  }
  return kept;
}

// One part of a question: ways to meet it, each keys that stand together and what they weigh.
const unit = (text, ways, more = {}) => ({ text, ways, ...more });
const way = (keys, weight = 1) => ({ keys: keys.split(" "), weight });

async function resolve(index, words, last) {
  const [word] = words;
  for (let n = Math.min(words.length, LONGEST_FORM); n > 0; n--) {
    const text = words.slice(0, n).join(" ");
    if (Object.hasOwn(index.asked, text)) return [n, await spelled(index, text, words.slice(0, n))];
  }
  if (words.length > 1 && (await known(index, word + words[1])) && !((await known(index, word)) && (await known(index, words[1])))) {
    return [2, await familiar(index, word + words[1], await known(index, word + words[1]))];
  }
  const key = await known(index, word);
  if (key) return [1, await familiar(index, word, key)];
  const parts = await divide(index, word);
  if (parts) return [1, unit(word, [way(parts.join(" "))])];
  const others = await otherEnding(index, word);
  if (others.length) return [1, unit(word, others.map((k) => way(k, FAMILY)))];
  const starting = last ? await beginning(index, word) : [];
  if (starting.length) return [1, unit(word, starting.map((k) => way(k, PREFIX)))];
  return [1, unit(word, [], { near: (await near(index, word, false)).slice(0, MOST_NEAR) })];
}

async function spelled(index, text, words) {
  const forms = index.asked[text].map((form) => way(form));
  const keys = await Promise.all(words.map((word) => known(index, word)));
  if (keys.every(Boolean)) forms.unshift(way(keys.join(" ")));
  const more = keys.length === 1 && keys[0] ? await relatives(keys[0]) : [];
  return unit(text, [...forms, ...more.map((k) => way(k, FAMILY))], { named: true });
}

async function familiar(index, word, key) {
  return unit(word, [way(key), ...(await relatives(key)).map((k) => way(k, FAMILY))]);
}

// Two known words written as one.
async function divide(index, word) {
  for (let i = 3; i <= word.length - 3; i++) {
    const parts = [await known(index, word.slice(0, i)), await known(index, word.slice(i))];
    if (parts.every(Boolean)) return parts;
  }
  return undefined;
}

async function pagesOf(index, part) {
  const found = new Map();
  const lists = await Promise.all(part.ways.map((w) => ask(index, w.keys)));
  lists.forEach((list, i) => {
    for (const [page, score] of list) found.set(page, Math.max(found.get(page) ?? 0, (1 + Math.min(score, 50) / 50) * part.ways[i].weight));
  });
  return found;
}

const shared = (lists) => [...(lists[0]?.keys() ?? [])].filter((page) => lists.every((list) => list.has(page)));

// Words that are unknown, or known and together on no page, are mended by near ones. Of these, those count that share a
// page with the rest of the question; among them the nearest, and where nothing else decides only a clear one.
async function correct(index, units, lists) {
  const unknown = units.filter((u) => u.near);
  if (unknown.length) return mend(index, units, lists, unknown);
  if (units.length < 2 || shared(lists).length) return [];
  for (const part of units.filter((u) => !u.text.includes(" "))) {
    part.near = (await near(index, part.text, true)).slice(0, MOST_NEAR);
    const corrected = await mend(index, units, lists, [part]);
    if (corrected) return corrected;
  }
  return [];
}

async function mend(index, units, lists, parts) {
  const corrected = [];
  const sure = lists.filter((_, i) => !parts.includes(units[i]));
  for (const part of parts) {
    if (sure.length) part.near = (await near(index, part.text, true)).slice(0, MOST_NEAR);
    const judged = [];
    for (const candidate of part.near) {
      if (judged.length && candidate.distance > judged[0].distance) break;
      const ways = candidate.forms.map((form) => way(form, PREFIX));
      const pages = await pagesOf(index, { ways });
      if (!sure.length || shared([...sure, pages]).length) judged.push({ ...candidate, ways });
    }
    if (!judged.length || (!sure.length && judged.length > 1 && judged[0].count < 3 * judged[1].count)) return undefined;
    const taken = judged.slice(0, sure.length ? 4 : 1);
    part.ways = taken.flatMap(({ ways }) => ways);
    lists[units.indexOf(part)] = await pagesOf(index, part);
    corrected.push([part.text, taken[0].text]);
  }
  return corrected;
}

function order(index, units, lists) {
  const wanted = units.flatMap((u) => u.ways.slice(0, 1).flatMap((w) => w.keys));
  const forms = units.length === 1 && units[0].named ? units[0].ways.map((w) => w.keys.join(" ")) : [wanted.join(" ")];
  return shared(lists)
    .map((page) => [page, lists.reduce((sum, list) => sum + list.get(page), 0) + naming(index, index.pages.pages[page], wanted, forms)])
    .sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

// Pages that are named so come first: by one of an actor's names, then by all words in a title.
function naming(index, page, wanted, forms) {
  const [, , kind, , , , names] = page;
  const whole = names.some((name) => forms.includes(name));
  if (whole) return kind === "actor" ? 1000 : 500;
  if (kind === "report") return titled(index, page, wanted);
  const parts = names.some((name) => wanted.every((key) => name.split(" ").includes(key)));
  return parts ? (kind === "actor" ? 100 : 5) : 0;
}

// A report's title is looked at as it is written: nearly all of its words are there with no more than an article.
function titled(index, [, title], wanted) {
  const words = new Set(index.words.split(title).flatMap((word) => [word, ...index.words.strippings(word)]));
  return wanted.every((key) => words.has(key)) ? 5 : 0;
}

function parse(index, query) {
  const parts = [];
  for (const [, quoted, open] of String(query).matchAll(/["«“]([^"»”]*)["»”]|([^"«»“”]+)/gu)) {
    const words = index.words.split(quoted ?? open).map((w) => w.slice(0, LONGEST_WORD));
    if (quoted !== undefined) parts.push({ phrase: words });
    else parts.push({ words: words.filter((w) => !index.words.stop.has(w)), all: words });
  }
  if (!parts.some((p) => p.phrase?.length || p.words?.length)) for (const p of parts) p.words = p.all ?? p.words;
  return parts;
}

async function unitsOf(index, query) {
  const units = [];
  const parts = parse(index, query);
  for (const [at, part] of parts.entries()) {
    if (part.phrase?.length) units.push(await phrase(index, part.phrase));
    const words = (part.words ?? []).slice(0, MOST_WORDS);
    for (let i = 0; i < words.length;) {
      const [used, found] = await resolve(index, words.slice(i), at === parts.length - 1 && i === words.length - 1);
      units.push(found);
      i += used;
    }
  }
  return units;
}

async function phrase(index, words) {
  const keys = await Promise.all(words.slice(0, MOST_WORDS).map((word) => known(index, word)));
  return unit(words.join(" "), keys.every(Boolean) ? [way(keys.join(" "))] : []);
}

// Every hit in order; `corrected` pairs of words where a typing error was mended; `suggestions` where nothing was clear.
export async function search(query) {
  const index = await load();
  const units = await unitsOf(index, query);
  if (!units.length) return { results: [], corrected: [], suggestions: [], labels: {}, keys: [] };
  const lists = await Promise.all(units.map((part) => pagesOf(index, part)));
  const corrected = await correct(index, units, lists);
  const suggestions = units.flatMap((u) => (u.near && !u.ways.length ? u.near.slice(0, 3).map(({ text }) => text) : []));
  const hits = corrected ? order(index, units, lists) : [];
  const results = hits.map(([page]) => show(index.pages.pages[page], page));
  return { results, corrected: corrected ?? [], suggestions, labels: index.pages.labels, keys: [...new Set(units.flatMap((u) => u.ways.flatMap((w) => w.keys)))] };
}

function show([url, title, kind, outlet, date, actors], number) {
  return { url, title, kind, outlet, date, actors, number };
}
