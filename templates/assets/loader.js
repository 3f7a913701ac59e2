// All that loads with a page: the choice of light or dark, and what fetches other scripts when they are wanted.
const load = (name) => import(new URL(name, import.meta.url));
const field = document.querySelector("input[type=search][name=q]");
const wanted = () => load("search-page.js");
if (new URLSearchParams(location.search).get("q")) wanted();
else field?.addEventListener("focus", wanted, { once: true });
for (const part of document.querySelectorAll("[data-script]")) load(part.dataset.script);
const theme = document.querySelector("[data-theme-button]");
if (theme) {
  const root = document.documentElement;
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const now = root.dataset.theme;
    const dark = now === "dark" || (now !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* no storage: for this page only */ }
  });
}
