// The search page: results as one types, facets and paging kept in the address, excerpts with the words marked.
import { search } from "./search.js";
import { base } from "./search/store.js";
import { excerpt } from "./search/excerpt.js";

const PAGE = 20, REST = 250;
const KINDS = { report: "تقرير", actor: "اسم", event: "حدث", page: "صفحة" };
const FACETS = [["kind", "النوع"], ["actor", "الاسم"], ["outlet", "الوسيلة"], ["year", "السنة"]];
const field = document.querySelector("input[type=search][name=q]");
const app = document.querySelector("[data-search]");
let latest = 0;

const plural = new Intl.PluralRules("ar");
const count = (n) => ({ zero: "لا نتائج", one: "نتيجة واحدة", two: "نتيجتان", few: `${n} نتائج`, many: `${n} نتيجة`, other: `${n} نتيجة` })[plural.select(n)];

function make(tag, props = {}, ...children) {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children);
  return node;
}

const value = { kind: (r) => [r.kind], actor: (r) => r.actors, outlet: (r) => (r.outlet ? [r.outlet] : []), year: (r) => (r.date ? [r.date.slice(0, 4)] : []) };

function state() {
  const params = new URLSearchParams(location.search);
  return { q: params.get("q") ?? "", page: Math.max(1, Number(params.get("page")) || 1), sort: params.get("sort") ?? "", ...Object.fromEntries(FACETS.map(([f]) => [f, params.get(f) ?? ""])) };
}

function go(changes, replace = false) {
  const next = { ...state(), page: 1, ...changes };
  const params = new URLSearchParams(Object.entries(next).filter(([k, v]) => v && !(k === "page" && v === 1)).map(([k, v]) => [k, String(v)]));
  history[replace ? "replaceState" : "pushState"](null, "", params.size ? `?${params}` : location.pathname);
  return show();
}

const passes = (result, chosen, but) => FACETS.every(([f]) => f === but || !chosen[f] || value[f](result).includes(chosen[f]));

function facet([name, title], results, chosen, labels) {
  const counts = new Map();
  for (const r of results) if (passes(r, chosen, name)) for (const v of value[name](r)) counts.set(v, (counts.get(v) ?? 0) + 1);
  if (!counts.size || (counts.size < 2 && !chosen[name])) return null;
  const select = make("select", { name, onchange: () => go({ [name]: select.value }) }, make("option", { value: "", textContent: `${title}: الكل` }));
  for (const [v, n] of [...counts].sort((a, b) => b[1] - a[1]).slice(0, 100)) {
    select.append(make("option", { value: v, textContent: `${KINDS[v] ?? labels[v] ?? v} (${n})`, selected: v === chosen[name] }));
  }
  return make("label", {}, make("span", { className: "visually-hidden", textContent: title }), select);
}

function sorting(chosen) {
  const select = make("select", { onchange: () => go({ sort: select.value }) });
  for (const [v, text] of [["", "الأقرب أولا"], ["new", "الأحدث أولا"], ["old", "الأقدم أولا"]]) select.append(make("option", { value: v, textContent: text, selected: v === chosen.sort }));
  return make("label", {}, make("span", { className: "visually-hidden", textContent: "الترتيب" }), select);
}

function sorted(results, sort) {
  if (!sort) return results;
  const dated = (r) => r.date ?? (sort === "new" ? "" : "9999");
  return results.toSorted((a, b) => (sort === "new" ? dated(b).localeCompare(dated(a)) : dated(a).localeCompare(dated(b))));
}

async function item(result, keys) {
  const { anchor, parts } = await excerpt(result.number, keys);
  const link = make("a", { href: new URL(result.url.slice(1), base).pathname + (anchor ? `#${anchor}` : ""), textContent: result.title });
  const text = make("p", {}, ...parts.map(({ text, marked }) => (marked ? make("mark", { textContent: text }) : text)));
  return make("li", {}, make("p", { className: "meta", textContent: KINDS[result.kind] + (result.date ? ` · ${result.date.slice(0, 4)}` : "") }), make("p", { className: "card-title" }, link), text);
}

function paging(total, chosen) {
  const pages = Math.ceil(total / PAGE);
  if (pages < 2) return [];
  const button = (text, page) => make("button", { type: "button", textContent: text, onclick: () => go({ page }).then(() => app.scrollIntoView()) });
  const nav = make("nav", { className: "paging", ariaLabel: "صفحات النتائج" });
  if (chosen.page > 1) nav.append(button("السابقة", chosen.page - 1));
  nav.append(make("span", { textContent: `صفحة ${chosen.page} من ${pages}` }));
  if (chosen.page < pages) nav.append(button("التالية", chosen.page + 1));
  return [nav];
}

function notes({ corrected, suggestions }, total) {
  const out = [];
  if (corrected.length) out.push(make("p", { textContent: `نتائج: ${corrected.map(([from, to]) => `«${to}» بدلا من «${from}»`).join("، ")}` }));
  if (!total && suggestions.length) {
    const links = suggestions.map((s) => make("button", { type: "button", textContent: s, onclick: () => ask(s) }));
    out.push(make("p", {}, "لا ترد هذه الكلمة في الملف. لعلك تريد: ", ...links));
  } else if (!total) out.push(make("p", { textContent: "لا صفحة تجمع هذه الكلمات كلها. جرّب كلمات أقل أو كتابة أخرى." }));
  return out;
}

function ask(q) {
  field.value = q;
  return go({ q });
}

const status = make("p", { className: "meta", role: "status" });
const body = make("div");

async function show() {
  const mine = ++latest;
  const chosen = state();
  const everything = document.querySelector(".everything");
  if (field.value !== chosen.q && document.activeElement !== field) field.value = chosen.q;
  if (everything) everything.hidden = Boolean(chosen.q);
  if (!chosen.q.trim()) return void (body.replaceChildren(), (status.textContent = ""));
  try {
    const answer = await search(chosen.q);
    const results = sorted(answer.results.filter((r) => passes(r, chosen)), chosen.sort);
    const page = results.slice((chosen.page - 1) * PAGE, chosen.page * PAGE);
    const items = await Promise.all(page.map((r) => item(r, answer.keys)));
    if (mine !== latest) return;
    const facets = FACETS.map((f) => facet(f, answer.results, chosen, answer.labels)).filter(Boolean);
    if (answer.results.length > 1) facets.push(sorting(chosen));
    status.textContent = count(results.length);
    body.replaceChildren(...notes(answer, answer.results.length), make("div", { className: "facets" }, ...facets), make("ol", { className: "results" }, ...items), ...paging(results.length, chosen));
  } catch (error) {
    if (mine !== latest) return;
    console.warn(error);
    status.textContent = "تعذر تحميل ملفات البحث.";
    body.replaceChildren(make("button", { type: "button", textContent: "أعد المحاولة", onclick: show }));
  }
}

if (app) {
  app.append(status, body);
  let rest;
  field.addEventListener("input", () => {
    clearTimeout(rest);
    rest = setTimeout(() => { if (field.value.trim().length !== 1) go({ q: field.value.trim() }, true); }, REST);
  });
  field.addEventListener("keydown", (event) => { if (event.key === "Escape") { field.value = ""; go({ q: "" }); } });
  field.form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(rest); ask(field.value.trim()); });
  addEventListener("popstate", show);
  show();
}
