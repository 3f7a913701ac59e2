// Loads with every page: fetches scripts when wanted.
/** @param {string=} name */
const load = (name) => import(new URL(`./${name}`, import.meta.url).href);
const field = document.getElementById("q");
const wanted = () => Promise.all([load("search.js"), load("search-page.js")]);
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.activeElement?.matches("input, textarea, select")) return;
  event.preventDefault();
  field?.focus();
});
if (/[?&]q=./.test(location.search)) wanted();
else field?.addEventListener("focus", wanted, { once: true });
/** @type {NodeListOf<HTMLElement>} */
const parts = document.querySelectorAll("[data-script]");
for (const part of parts) {
  const { script, on } = part.dataset;
  part.hidden = false;
  if (on) part.addEventListener(on, () => load(script), { once: true });
  else load(script);
  if (on === "toggle" && location.search.includes("without=")) part.setAttribute("open", "");
}
