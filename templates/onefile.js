/* global Words, TABLES -- the build puts both before this */
// The one file's way about: one leaf at a time, search among all, light or dark. It asks for nothing and keeps nothing that it is denied.
/** @typedef {import("./assets/search/words.js").Words} Known */
/** @typedef {{ text: string, keys: Set<string>, leaf: HTMLElement, at: string }} Piece */
/** @type {(selector: string, within?: ParentNode) => HTMLElement} */
const the = (selector, within = document) => /** @type {HTMLElement} */ (within.querySelector(selector));
const root = document.documentElement;
const leaves = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".leaf")]);
const found = the("#search"), home = the("#home"), form = the("form"), theme = the("[data-theme-button]");
const field = /** @type {HTMLInputElement} */ (the("#q"));

// What the address names.
function named() {
  try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; }
}

// Shows the leaf that holds what is named, or the first page; what is named within it comes into view.
function show(id = named()) {
  const target = document.getElementById(id) ?? home;
  const leaf = target.closest(".leaf") ?? home;
  for (const other of leaves) other.hidden = other !== leaf;
  for (let part = /** @type {HTMLElement | null} */ (target); part && part !== leaf; part = part.parentElement) {
    if (part instanceof HTMLDetailsElement) part.open = true;
  }
  if (target === leaf) scrollTo(0, 0);
  else target.scrollIntoView();
}

// @ts-expect-error what the build puts before this
const words = /** @type {Known} */ (new Words(TABLES));
// What a word may be asked by: itself, and what remains of it without clitics and endings.
/** @param {string} word */
function keys(word) {
  const all = new Set([word]);
  for (const bare of words.strippings(word)) all.add(bare);
  for (const bare of [...all]) for (const base of words.bases(bare)) all.add(base);
  return all;
}

/** @type {Piece[] | undefined} */
let index;
// Every piece of text once, with its words' keys and the nearest address.
function pieces() {
  return (index ??= [...document.querySelectorAll(".leaf:not(#search):not(#contents) :is(h1, h2, h3, p, dd, dt, td, li)")]
    .filter((piece) => !piece.querySelector("p, li, dd"))
    .map((piece) => {
      const text = (piece.textContent ?? "").replace(/\s+/g, " ").trim();
      const leaf = /** @type {HTMLElement} */ (piece.closest(".leaf"));
      return { text, keys: new Set(words.split(text).flatMap((word) => [...keys(word)])), leaf, at: (piece.closest("[id]") ?? leaf).id };
    })
    .filter((piece) => piece.text.length > 1));
}

/** @param {string} text @param {Set<string>[]} asked */
function marked(text, asked) {
  const tokens = words.tokens(text), out = document.createElement("p");
  /** @param {{ parts: string[] }} token */
  const hit = (token) => token.parts.some((part) => [...keys(part)].some((key) => asked.some((any) => any.has(key))));
  const first = Math.max(0, tokens.findIndex(hit) - 8), shown = tokens.slice(first, first + 40);
  if (!shown.length) return out;
  if (first) out.append("… ");
  let at = shown[0].at;
  for (const token of shown) {
    out.append(text.slice(at, token.at));
    if (hit(token)) out.append(Object.assign(document.createElement("mark"), { textContent: token.written }));
    else out.append(token.written);
    at = token.end;
  }
  out.append(first + 40 < tokens.length ? " …" : text.slice(at));
  return out;
}

function search() {
  const asked = words.split(field.value).filter((word) => !words.isStop(word)).map(keys);
  const seen = new Set();
  const hits = asked.length ? pieces().filter((piece) => asked.every((any) => [...any].some((key) => piece.keys.has(key))) && !seen.has(piece.text) && seen.add(piece.text)) : [];
  the("[role=status]", found).textContent = hits.length ? `مواضع: ${hits.length}` : "لا موضع يطابق ما كتبت.";
  the("ol", found).replaceChildren(...hits.slice(0, 100).map((piece) => {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = `#${piece.at}`;
    link.textContent = the("h1", piece.leaf)?.textContent ?? "";
    item.append(link, marked(piece.text, asked));
    return item;
  }));
  go("search");
}

// Within a frame a link may be taken for one of the page around it, and the address may be out of reach: so both are done here.
/** @param {string} id */
function go(id) {
  show(id);
  if (location.protocol === "data:") return;
  try { if (named() !== id) location.hash = id; } catch { /* no address to write to */ }
}

root.classList.add("alone");
form.hidden = false;
// A sandbox tells of no form that is sent.
the("button", form).addEventListener("click", search);
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  search();
});
addEventListener("hashchange", () => show());
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(decodeURIComponent((link.getAttribute("href") ?? "").slice(1)));
});
show();

try { root.dataset.theme = localStorage.getItem("theme") || "auto"; } catch { /* no storage */ }
theme.hidden = false;
theme.addEventListener("click", () => {
  const now = root.dataset.theme, dark = now === "dark" || (now !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.theme = dark ? "light" : "dark";
  try { localStorage.setItem("theme", root.dataset.theme); } catch { /* no storage */ }
});
