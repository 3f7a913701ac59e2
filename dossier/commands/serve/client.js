// What makes an open page follow its file: loaded by the preview alone, never part of a built site.
const state = /** @type {HTMLElement} */ (document.getElementById("preview")).dataset;
const SCROLL = `preview-scroll:${state.page}`;
/** @type {EventSource | null} */
let source = null;

// The page is given in full at once, so that the place where the reader was is there to go back to.
const place = sessionStorage.getItem(SCROLL);
history.scrollRestoration = "auto";
if (place !== null) {
  sessionStorage.removeItem(SCROLL);
  const [x, y] = place.split(",").map(Number);
  scrollTo({ left: x, top: y, behavior: "instant" });
  addEventListener("load", () => scrollTo({ left: x, top: y, behavior: "instant" }), { once: true });
}

function reload() {
  stop();
  history.scrollRestoration = "manual";
  sessionStorage.setItem(SCROLL, `${scrollX},${scrollY}`);
  location.reload();
}

// Another style sheet beside the old one, which goes when the new one is there: nothing flickers.
/** @param {string} digest */
function restyle(digest) {
  const sheets = /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll('link[rel="stylesheet"]'));
  const old = [...sheets].filter((link) => link.href.includes("/assets/"));
  state.style = digest;
  for (const link of old) {
    const url = new URL(link.href);
    url.search = `?${digest}`;
    const fresh = /** @type {HTMLLinkElement} */ (link.cloneNode());
    fresh.href = url.href;
    fresh.addEventListener("load", () => link.remove(), { once: true });
    fresh.addEventListener("error", () => fresh.remove(), { once: true });
    link.after(fresh);
  }
}

/** @param {{ html: string, digest: string }} problems */
function showProblems({ html, digest }) {
  state.problems = digest;
  const hadFocus = document.activeElement?.closest?.("#preview-problems");
  document.getElementById("preview-problems")?.remove();
  if (html) document.body.insertAdjacentHTML("beforeend", html);
  if (hadFocus) document.getElementById("preview-problems")?.focus();
}

/** @param {{ html: string, digest: string }} strip */
function showStrip({ html, digest }) {
  state.strip = digest;
  const isOpen = document.querySelector("#preview-strip details")?.hasAttribute("open");
  document.getElementById("preview-strip")?.remove();
  if (html) document.body.insertAdjacentHTML("beforeend", html);
  if (isOpen) document.querySelector("#preview-strip details")?.setAttribute("open", "");
  nameClaim();
}

// On a report's page the strip has the id of the claim that the address names.
function nameClaim() {
  const code = /** @type {HTMLElement | null} */ (document.querySelector("#preview-strip [data-id]"));
  if (!code) return;
  const claim = state.page?.startsWith("/reports/") && /^#c[0-9]+$/.test(location.hash) ? location.hash : "";
  code.textContent = `${code.dataset.id}${claim}`;
}
addEventListener("hashchange", nameClaim);
nameClaim();

document.addEventListener("click", (event) => {
  const copies = event.target instanceof Element && event.target.closest("#preview-strip [data-copy]");
  if (copies) {
    navigator.clipboard.writeText(copies.previousElementSibling?.textContent ?? "").then(() => (copies.textContent = "نُسخ"));
  }
  const hides = event.target instanceof Element && event.target.closest("#preview-problems [data-hide]");
  if (hides) document.getElementById("preview-problems")?.remove();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.activeElement?.closest?.("#preview-problems.over")) document.getElementById("preview-problems")?.remove();
});

// A page that has searched goes on with the index that it began with; it takes up the new one when nobody is typing.
/** @param {string} index */
function renewSearch(index) {
  state.index = index;
  const searched = performance.getEntriesByType("resource").some((entry) => entry.name.includes("/search-data/"));
  if (!searched) return;
  if (document.activeElement?.matches?.("input, textarea")) document.activeElement.addEventListener("blur", reload, { once: true });
  else reload();
}

// The server is told what is shown, and answers when something else should be: nothing is missed while no one listens.
function start() {
  if (source || document.hidden) return;
  source = new EventSource(`/@preview/events?${new URLSearchParams(/** @type {Record<string, string>} */ (state))}`);
  source.addEventListener("reload", reload);
  source.addEventListener("style", (event) => restyle(JSON.parse(event.data)));
  source.addEventListener("problems", (event) => showProblems(JSON.parse(event.data)));
  source.addEventListener("strip", (event) => showStrip(JSON.parse(event.data)));
  source.addEventListener("search", (event) => renewSearch(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    if (source?.readyState === EventSource.CLOSED) setTimeout(() => { stop(); start(); }, 1000);
  });
}

function stop() {
  source?.close();
  source = null;
}

document.addEventListener("visibilitychange", () => (document.hidden ? stop() : start()));
addEventListener("pagehide", stop);
addEventListener("pageshow", start);
start();
