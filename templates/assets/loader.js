// All that loads with a page: light or dark, and what fetches search and sorting when they are wanted.
/** @param {string} name */
const load = (name) => import(new URL(name, import.meta.url).href);
const field = document.querySelector("input[type=search][name=q]");
const wanted = () => load("search-page.js");
if (new URLSearchParams(location.search).get("q")) wanted();
else field?.addEventListener("focus", wanted, { once: true });
if (document.querySelector("table[data-sortable]")) load("sort.js");
const theme = document.querySelector("[data-theme-button]");
if (theme instanceof HTMLElement) {
  const root = document.documentElement;
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const now = root.dataset.theme;
    const dark = now === "dark" || (now !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* no storage: for this page only */ }
  });
}
