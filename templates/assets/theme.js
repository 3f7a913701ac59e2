// The reader's choice of light or dark: loaded by the first click on its button, which is made good here.
const button = /** @type {HTMLElement} */ (document.querySelector("[data-theme-button]"));
const { dataset } = document.documentElement;

function change() {
  const now = dataset.theme;
  const dark = now === "dark" || (now !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  dataset.theme = dark ? "light" : "dark";
  try { localStorage.setItem("theme", dataset.theme); } catch { /* no storage: for this page only */ }
}

button.addEventListener("click", change);
change();
