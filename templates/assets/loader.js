// All that loads with a page: light or dark, and what fetches other scripts when they are wanted.
const load = (name) => import(new URL(name, import.meta.url));
const field = document.querySelector("input[type=search][name=q]");
const wanted = () => load("search-page.js");
if (new URLSearchParams(location.search).get("q")) wanted();
else field?.addEventListener("focus", wanted, { once: true });
for (const part of document.querySelectorAll("[data-script]")) load(part.dataset.script);
addEventListener("click", ({ target }) => target.closest("[data-copy]") && load("copy.js").then((m) => m.copy(target)));
const theme = document.querySelector("[data-theme-button]");
theme.hidden = false;
theme.addEventListener("click", () => {
  const root = document.documentElement.dataset;
  root.theme = root.theme === "dark" || (root.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches) ? "light" : "dark";
  try { localStorage.setItem("theme", root.theme); } catch { /* for this page only */ }
});
