// What the search page shows: facets, results, paging, notes. Builds elements; knows nothing of the address or the index.
import { addressOf } from "../search.js";

/** @import {Answer, Result} from '../search.js' */
/** @import {Excerpt, Part} from './excerpt.js' */
/** @typedef {Record<string, string>} Chosen what a reader chose, by the name of the facet; `sort` too */
/** @typedef {(changes: Record<string, string | number>) => string} Address */

/** @type {Record<string, string>} */
const KINDS = { report: "تقرير", actor: "اسم", event: "حدث", page: "صفحة", claim: "قول" };
/** @type {Record<string, string>} */
export const FACETS = { kind: "النوع", actor: "الاسم", outlet: "الوسيلة", year: "السنة" };
const SORTS = { "": "الأقرب أولًا", new: "الأحدث أولًا", old: "الأقدم أولًا" };
const MOST_VALUES = 100;

const plural = new Intl.PluralRules("ar");
/** @type {(n: number) => string} */
export const count = (n) => ({ zero: "لا نتائج", one: "نتيجة واحدة", two: "نتيجتان", few: `${n} نتائج`, many: `${n} نتيجة`, other: `${n} نتيجة` })[plural.select(n)];

/** @template {keyof HTMLElementTagNameMap} K @param {K} tag @param {Partial<HTMLElementTagNameMap[K]>} props @param {(Node | string)[]} children @returns {HTMLElementTagNameMap[K]} */
export function make(tag, props = {}, ...children) {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children.filter(Boolean));
  return node;
}

/** @type {Record<string, (r: Result) => string[]>} */
const VALUES = {
  kind: (r) => [r.kind],
  actor: (r) => r.actors ?? [],
  outlet: (r) => (r.outlet ? [r.outlet] : []),
  year: (r) => (r.date ? [r.date.slice(0, 4)] : []),
};

// Whether a result has all chosen values, one facet left out of account.
/** @type {(result: Result, chosen: Chosen, but?: string) => boolean} */
export const passes = (result, chosen, but) => Object.keys(FACETS).every((name) => name === but || !chosen[name] || VALUES[name](result).includes(chosen[name]));

/** @param {Result[]} results @param {string} sort */
export function sorted(results, sort) {
  if (!sort) return results;
  const sign = sort === "new" ? -1 : 1;
  const known = results.filter((r) => r.date);
  return [...known.sort((a, b) => sign * (a.date ?? "").localeCompare(b.date ?? "")), ...results.filter((r) => !r.date)];
}

/** @param {string} name @param {string} title @param {string[][]} options @param {string} chosen @param {(changes: Chosen) => void} change */
function choice(name, title, options, chosen, change) {
  const select = make("select", { name, onchange: () => change({ [name]: select.value }) });
  for (const [value, text] of options) select.append(make("option", { value, textContent: text, selected: value === chosen }));
  return make("label", {}, make("span", { className: "visually-hidden", textContent: title }), select);
}

// The facets of some results with counts, and the order. A facet of one value is of no use unless it is chosen.
/** @param {Result[]} results @param {Chosen} chosen @param {Record<string, string>} labels @param {(changes: Chosen) => void} change */
export function facets(results, chosen, labels, change) {
  const shown = Object.entries(FACETS).map(([name, title]) => {
    const counts = new Map();
    for (const r of results) if (passes(r, chosen, name)) for (const v of VALUES[name](r)) counts.set(v, (counts.get(v) ?? 0) + 1);
    if (counts.size < 2 && !chosen[name]) return undefined;
    if (chosen[name] && !counts.has(chosen[name])) counts.set(chosen[name], 0);
    const values = [...counts].sort((a, b) => (name === "year" ? b[0].localeCompare(a[0]) : b[1] - a[1])).slice(0, MOST_VALUES);
    const options = values.map(([v, n]) => [v, `${(name === "kind" && KINDS[v]) || labels[v] || v} (${n})`]);
    return choice(name, title, [["", `${title}: الكل`], ...options], chosen[name], change);
  });
  if (results.length > 1) shown.push(choice("sort", "الترتيب", Object.entries(SORTS), chosen.sort, change));
  return shown.filter((choice) => choice !== undefined);
}

/** @param {Part[]} parts */
const marked = (parts) => parts.map(({ text, marked }) => (marked ? make("mark", { textContent: text }) : text));

/** @param {Result} result @param {Excerpt} excerpt */
export function item(result, { title, anchor, parts }) {
  const href = addressOf(result.url, anchor);
  if (result.kind === "claim") return claimItem(result, href, title, parts);
  const meta = KINDS[result.kind] + (result.date ? ` · ${result.date.slice(0, 4)}` : "");
  return make(
    "li",
    {},
    make("p", { className: "meta", textContent: meta }),
    make("p", { className: "card-title" }, make("a", { href }, ...marked(title))),
    parts.length ? make("p", {}, ...marked(parts)) : "",
  );
}

// A claim: how it is said, its words, who says so through whom, and the report that it stands in.
/** @param {Result} result @param {string} href @param {Part[]} title of the report @param {Part[]} parts */
function claimItem({ mode, chain }, href, title, parts) {
  return make(
    "li",
    { className: "found-claim" },
    make("p", { className: "meta", textContent: `${KINDS.claim} · ${mode}` }),
    make("p", { className: "card-title" }, make("a", { href }, ...marked(parts))),
    make("p", { className: "meta" }, make("bdi", { textContent: chain ?? "" }), ` · ${title.map(({ text }) => text).join("")}`),
  );
}

/** @param {number} pages @param {number} current @param {Address} address */
export function paging(pages, current, address) {
  if (pages < 2) return "";
  /** @type {(text: string, page: number, rel: string) => HTMLElement} */
  const link = (text, page, rel) => make("a", { href: address({ page }), textContent: text, rel });
  return make(
    "nav",
    { className: "paging", ariaLabel: "صفحات النتائج" },
    current > 1 ? link("السابقة", current - 1, "prev") : "",
    make("span", { textContent: `صفحة ${current} من ${pages}` }),
    current < pages ? link("التالية", current + 1, "next") : "",
  );
}

// What a reader should know of how the question was understood; where it found nothing, ways on.
/** @param {Answer} answer @param {Address} address */
export function note({ results, corrected, suggestions, missing, alone }, address) {
  if (corrected.length) return make("p", {}, `لم نجد ما كُتب بهذه الصورة؛ هذه نتائج ${corrected.map(([from, to]) => `«${to}» بدلًا من «${from}»`).join("، ")}.`);
  if (results.length) return "";
  const said = missing.length ? `لا يرد في الملف: ${missing.map((word) => `«${word}»`).join("، ")}.` : "لا صفحة تجمع هذه الكلمات كلها.";
  return make("div", {}, make("p", { textContent: said }), offered("لعلك تريد:", suggestions, address), offered("ما يرد منها في الملف:", alone, address), waysOn(address));
}

/** @param {string} title @param {string[]} questions @param {Address} address */
function offered(title, questions, address) {
  if (!questions.length) return "";
  const links = [...new Set(questions)].map((text) => make("li", {}, make("a", { href: address({ q: text }), textContent: text })));
  return make("div", {}, make("p", { textContent: title }), make("ul", { className: "suggestions" }, ...links));
}

// What a reader may look through who did not find by asking.
/** @param {Address} address */
function waysOn(address) {
  const links = [make("a", { href: addressOf("/actors/", ""), textContent: "كل الأسماء" }), make("a", { href: address({ q: "" }), textContent: "كل ما في الملف" })];
  return make("p", {}, "تصفّح ", links[0], " أو ", links[1], ".");
}
