// All that loads with a page: light or dark, and what fetches the rest when wanted.
/** @param {string} name */
const load = (name) => import(new URL(name, import.meta.url).href);
/** @param {string[]} _ */
const wait = (...[key, part, event, name]) => {
  if (new URLSearchParams(location.search).get(key)) load(name);
  else document.querySelector(part)?.addEventListener(event, () => load(name), { once: true });
};
wait("q", "#q", "focus", "search-page.js");
wait("without", "[data-aside]", "toggle", "aside.js");
if (document.querySelector("[data-sortable]")) load("sort.js");
const theme = document.querySelector("[data-theme-button]");
if (theme instanceof HTMLElement) {
  const data = document.documentElement.dataset;
  theme.hidden = false;
  theme.onclick = () => {
    const now = data.theme;
    const dark = now === "dark" || (now !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
    data.theme = dark ? "light" : "dark";
    try { localStorage.theme = data.theme; } catch { /**/ }
  };
}
