// Every page: other scripts, when wanted.
/** @param {string?} name */
const load = (name) => import(new URL(`./${name}`, import.meta.url).href);
const field = document.getElementById("q");
const wanted = () => Promise.all([load("search.js"), load("search-page.js")]);
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || document.activeElement?.matches("input, textarea, select")) return;
  event.preventDefault();
  field?.focus();
});
if (/[?&]q=./.test(location.search)) wanted();
else field?.addEventListener("focus", wanted, { once: true });
for (const part of document.querySelectorAll("[data-script]")) load(part.getAttribute("data-script"));
if (location.search.includes("without=")) load("aside.js");
addEventListener("click", ({ target }) => {
  const part = target instanceof Element && target.closest("[data-click]");
  if (part) load(part.getAttribute("data-click")).then((m) => m.act?.(part));
});
