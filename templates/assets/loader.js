// Every page: other scripts, when wanted.
/** @param {string?} name */
const load = (name) => import(new URL(`./${name}`, import.meta.url).href);
/** @type {HTMLElement?} */
const field = document.querySelector("input[type=search][name=q]");
const wanted = () => Promise.all([load("search.js"), load("search-page.js")]);
addEventListener("keydown", (event) => {
  const { target } = event;
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (target instanceof Element && target.closest("input, textarea, select")) return;
  event.preventDefault();
  field?.focus();
});
if (location.search.includes("q=")) wanted();
else field?.addEventListener("focus", wanted, { once: true });
for (const part of document.querySelectorAll("[data-script]")) load(part.getAttribute("data-script"));
addEventListener("click", ({ target }) => {
  const part = target instanceof Element && target.closest("[data-click]");
  if (part) load(part.getAttribute("data-click")).then((m) => m.act(part));
});
