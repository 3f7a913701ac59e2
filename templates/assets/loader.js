/** @param {string?} name */
const load = (name) => import(`./${name}`);
/** @type {(css: string) => HTMLElement?} */
const find = (css) => document.querySelector(css);
const field = find("[type=search][name=q]"), theme = find("[data-theme-button]");
const wanted = () => [load("search.js"), load("search-page.js")];
if (new URLSearchParams(location.search).get("q")) wanted();
else field?.addEventListener("focus", wanted, { once: true });
onkeydown = (e) => {
  if (e.key === "/" && !e.ctrlKey && !e.metaKey && !find(":focus:is(input,textarea,select)")) {
    e.preventDefault();
    field?.focus();
  }
};
document.querySelectorAll("[data-script]").forEach((e) => load(e.getAttribute("data-script")));
if (theme) {
  const root = document.documentElement.dataset;
  theme.hidden = false;
  theme.onclick = () => {
    const dark = root.theme ? root.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.theme = dark ? "light" : "dark";
    localStorage.theme = root.theme;
  };
}
