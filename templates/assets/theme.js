// Light or dark, by a click; kept for the next page.
export function act() {
  const root = document.documentElement.dataset;
  const dark = root.theme === "dark" || (root.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.theme = dark ? "light" : "dark";
  try { localStorage.setItem("theme", root.theme); } catch { /* no storage: for this page only */ }
}
