// The search page: results as one types, facets, order and page kept in the address, back and forward, keyboard.
import { base, excerpt, search, withFacts } from "./search.js";
import { count, FACETS, facets, item, make, note, paging, passes, sorted } from "./search/view.js";

/** @import {Answer} from './search.js' */
/** @typedef {Record<string, string | number>} Changes */
const PAGE = 20, REST = 250, SHORTEST = 2;
const field = /** @type {HTMLInputElement} */ (document.querySelector("input[type=search][name=q]"));
const app = /** @type {HTMLElement} */ (document.querySelector("[data-search]"));
const status = make("p", { className: "meta", role: "status", tabIndex: -1 });
const chooser = make("div", { className: "facets" });
const body = make("div");
let latest = 0;
/** @type {{ q: string, answer?: Promise<Answer> }} */
let asked = { q: "" };

/** @returns {{ q: string, page: number, sort: string } & Record<string, any>} */
function state() {
  const params = new URLSearchParams(location.search);
  /** @param {string} name */
  const get = (name) => params.get(name) ?? "";
  return { q: get("q").trim(), page: Math.max(1, Math.trunc(Number(get("page"))) || 1), sort: get("sort"), ...Object.fromEntries(Object.keys(FACETS).map((f) => [f, get(f)])) };
}

// The address of the page with some changes. Another question keeps the order alone; another choice begins at page 1.
/** @param {Changes} changes */
function address(changes) {
  const now = state();
  const kept = "q" in changes ? { q: now.q, sort: now.sort } : { ...now, page: 1 };
  const next = Object.entries({ ...kept, ...changes }).filter(([name, value]) => value && !(name === "page" && value === 1));
  return next.length ? `?${new URLSearchParams(next.map(([name, value]) => [name, String(value)]))}` : location.pathname;
}

/** @param {Changes} changes */
function go(changes, { replace = false } = {}) {
  history[replace ? "replaceState" : "pushState"](null, "", address(changes));
  return show();
}

// The same question is asked once, whatever is chosen of its results.
/** @param {string} q @returns {Promise<Answer>} */
async function answerTo(q) {
  const answer = (asked.q === q && asked.answer) || search(q);
  asked = { q, answer };
  try {
    return await answer;
  } catch (error) {
    asked = { q: "" };
    throw error;
  }
}

async function show() {
  const mine = ++latest, chosen = state();
  document.documentElement.toggleAttribute("data-asked", Boolean(chosen.q)); // as the page itself does before it is shown
  if (document.activeElement !== field) field.value = chosen.q;
  if (!chosen.q) return clear();
  app.ariaBusy = "true";
  try {
    const answer = await answerTo(chosen.q), names = await withFacts(answer.results);
    const results = sorted(answer.results.filter((r) => passes(r, chosen)), chosen.sort);
    const pages = Math.max(1, Math.ceil(results.length / PAGE)), page = Math.min(chosen.page, pages);
    const shown = results.slice((page - 1) * PAGE, page * PAGE);
    const items = await Promise.all(shown.map(async (result) => item(result, await excerpt(result))));
    if (mine !== latest) return;
    put(chooser, ...facets(answer.results, chosen, names, go));
    body.replaceChildren(...[note(answer, address), make("ol", { className: "results", start: (page - 1) * PAGE + 1 }, ...items), paging(pages, page, address)].filter(Boolean));
    status.textContent = count(results.length);
  } catch (error) {
    if (mine === latest) fail(error);
  } finally {
    if (mine === latest) app.ariaBusy = "false";
  }
}

// New choices in the place of old ones, without taking the focus from the one in use.
/** @param {HTMLElement} place @param {Node[]} children */
function put(place, ...children) {
  const used = document.activeElement;
  const name = place.contains(used) && used?.getAttribute("name");
  place.replaceChildren(...children);
  if (name) /** @type {HTMLElement | null} */ (place.querySelector(`[name=${name}]`))?.focus();
}

function clear() {
  chooser.replaceChildren();
  body.replaceChildren();
  status.textContent = "";
  app.ariaBusy = "false";
}

/** @param {unknown} error */
function fail(error) {
  console.warn(error);
  chooser.replaceChildren();
  body.replaceChildren(make("button", { type: "button", textContent: "أعد المحاولة", onclick: show }));
  status.textContent = "تعذّر تحميل ملفات البحث.";
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const links = /** @type {NodeListOf<HTMLElement>} */ (body.querySelectorAll(".results a"));
  const at = [...links].findIndex((link) => link === document.activeElement);
  if (event.key === "Escape" && (event.target === field || at >= 0)) {
    field.value = "";
    field.focus();
    go({ q: "" });
  } else if (event.key === "ArrowDown" && (event.target === field || at >= 0) && links[at + 1]) {
    event.preventDefault();
    links[at + 1].focus();
  } else if (event.key === "ArrowUp" && at >= 0) {
    event.preventDefault();
    (links[at - 1] ?? field).focus();
  }
}

/** @param {MouseEvent} event */
function onClick(event) {
  const link = event.target instanceof Element && event.target.closest("a[href^='?']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  history.pushState(null, "", link.getAttribute("href"));
  field.value = state().q;
  show().then(() => status.focus());
}

function start() {
  app.append(chooser, status, body);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rest;
  field.addEventListener("input", () => {
    clearTimeout(rest);
    const q = field.value.trim();
    if (q) document.documentElement.toggleAttribute("data-asked", true);
    if (!q || [...q].length >= SHORTEST) rest = setTimeout(() => q !== state().q && go({ q }, { replace: true }), REST);
  });
  field.form?.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(rest);
    const q = field.value.trim();
    const wanted = q === state().q ? show() : go({ q });
    wanted.then(() => status.focus());
  });
  addEventListener("keydown", onKey);
  app.addEventListener("click", onClick);
  addEventListener("popstate", () => { field.value = state().q; show(); });
  const typed = field.value.trim(); // before this script was there
  field.value ||= state().q;
  const shown = typed && typed !== state().q ? go({ q: typed }, { replace: true }) : show();
  // Asked by the form of another page, before this script was there to answer on the spot.
  if (state().q && document.referrer.startsWith(base.href)) shown.then(() => status.focus({ preventScroll: true }));
}

if (app) start();
