// Every page.
/** @param {any} name */
const load = (name) => import(new URL(name, import.meta.url).href);
const field = document.getElementById("q");
const wanted = () => ["search.js", "search-page.js"].map(load);
if (document.querySelector("[data-kept]")) addEventListener("load", () => navigator.serviceWorker?.register(new URL("../worker.js", import.meta.url)).catch(() => 0));
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || document.activeElement?.matches("input,textarea,select")) return;
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
