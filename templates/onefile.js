/* global Words, TABLES -- the build puts both before this */
// The one file's way about: one leaf at a time, search among all, light or dark. It asks for nothing and keeps nothing that it is denied.
const root = document.documentElement;
const leaves = [...document.querySelectorAll(".leaf")], found = document.getElementById("search");
const form = document.querySelector("form"), field = document.getElementById("q");

// What the address names.
function named() {
  try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; }
}

// Shows the leaf that holds what is named, or the first page; what is named within it comes into view.
function show(id = named()) {
  const target = document.getElementById(id) ?? document.getElementById("home");
  const leaf = target.closest(".leaf") ?? document.getElementById("home");
  for (const other of leaves) other.hidden = other !== leaf;
  for (let part = target; part !== leaf && part; part = part.parentElement) if (part.localName === "details") part.open = true;
  if (target === leaf) scrollTo(0, 0);
  else target.scrollIntoView();
}

const words = new Words(TABLES);
// What a word may be asked by: itself, and what remains of it without clitics and endings.
function keys(word) {
  const all = new Set([word]);
  for (const bare of words.strippings(word)) all.add(bare);
  for (const bare of [...all]) for (const base of words.bases(bare)) all.add(base);
  return all;
}

let index;
// Every piece of text once, with its words' keys and the nearest address.
function pieces() {
  return (index ??= [...document.querySelectorAll(".leaf:not(#search):not(#contents) :is(h1, h2, h3, p, dd, dt, td, li)")]
    .filter((piece) => !piece.querySelector("p, li, dd"))
    .map((piece) => {
      const text = piece.textContent.replace(/\s+/g, " ").trim();
      return { text, keys: new Set(words.split(text).flatMap((word) => [...keys(word)])), leaf: piece.closest(".leaf"), at: piece.closest("[id]").id };
    })
    .filter((piece) => piece.text.length > 1));
}

function marked(text, asked) {
  const tokens = words.tokens(text);
  const hit = (token) => token.parts.some((part) => [...keys(part)].some((key) => asked.some((any) => any.has(key))));
  const first = Math.max(0, tokens.findIndex(hit) - 8), shown = tokens.slice(first, first + 40), out = document.createElement("p");
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
  found.querySelector("[role=status]").textContent = hits.length ? `مواضع: ${hits.length}` : "لا موضع يطابق ما كتبت.";
  found.querySelector("ol").replaceChildren(...hits.slice(0, 100).map((piece) => {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = `#${piece.at}`;
    link.textContent = piece.leaf.querySelector("h1")?.textContent ?? "";
    item.append(link, marked(piece.text, asked));
    return item;
  }));
  go("search");
}

// Within a frame a link may be taken for one of the page around it, and the address may be out of reach: so both are done here.
function go(id) {
  show(id);
  if (location.protocol === "data:") return;
  try { if (named() !== id) location.hash = id; } catch { /* no address to write to */ }
}

root.classList.add("alone");
form.hidden = false;
// A sandbox tells of no form that is sent.
form.querySelector("button").addEventListener("click", search);
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  search();
});
addEventListener("hashchange", () => show());
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(decodeURIComponent(link.getAttribute("href").slice(1)));
});
show();

const theme = document.querySelector("[data-theme-button]");
try { root.dataset.theme = localStorage.getItem("theme") || "auto"; } catch { /* no storage */ }
theme.hidden = false;
theme.addEventListener("click", () => {
  const now = root.dataset.theme, dark = now === "dark" || (now !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.theme = dark ? "light" : "dark";
  try { localStorage.setItem("theme", root.dataset.theme); } catch { /* no storage */ }
});
