// Loads with every page: light or dark; scripts when wanted.
/** @param {string=} name */
const load = (name) => import(new URL(`./${name}`, import.meta.url).href);
const field = document.querySelector("input[type=search][name=q]");
const wanted = () => load("search-page.js");
if (new URLSearchParams(location.search).get("q")) wanted();
else field?.addEventListener("focus", wanted, { once: true });
for (const part of document.querySelectorAll("[data-script]")) if (part instanceof HTMLElement) load(part.dataset.script);
const theme = document.querySelector("[data-theme-button]");
if (theme instanceof HTMLElement) {
  const root = document.documentElement;
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const now = root.dataset.theme;
    const dark = now === "dark" || (now !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* no storage */ }
  });
}
