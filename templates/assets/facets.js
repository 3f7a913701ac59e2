// An index becomes filters, whose choice is kept in the address. Which items have a value is told by the index itself.
/** @typedef {{facet: string, value: string, item: HTMLElement, link: HTMLAnchorElement, number: HTMLElement, items: Set<string>}} Entry */

/** The elements that a selector finds. @param {string} selector @param {ParentNode} [within] */
const all = (selector, within = document) => /** @type {HTMLElement[]} */ ([...within.querySelectorAll(selector)]);
const list = all(".facet-list")[0];
const facets = /** @type {HTMLDetailsElement[]} */ (all("[data-facet]", list));
/** @type {Entry[]} */
const entries = facets.flatMap((facet) => all("[data-value]", facet).map((item) => ({
  facet: facet.dataset.facet ?? "",
  value: item.dataset.value ?? "",
  item,
  link: /** @type {HTMLAnchorElement} */ (item.querySelector("a")),
  number: all(".number", item)[0],
  items: new Set(all(".entries a", item).map((a) => decodeURIComponent(/** @type {HTMLAnchorElement} */ (a).hash.slice(1)))),
})));
const items = all("[data-item]");
const broad = matchMedia("(min-width: 60rem)"); // where the index stands beside the list
const status = document.createElement("p");
/** @param {string} text */
const digits = (text) => (/[٠-٩]/.test(list.textContent) ? text.replace(/\d/g, (d) => "٠١٢٣٤٥٦٧٨٩"[Number(d)]) : text);

/** The entries that the address asks for, one of each facet at most. @param {URLSearchParams} query */
function chosen(query) {
  return entries.filter((entry) => query.get(entry.facet) === entry.value);
}

/** Whether an item has all the values of some entries. @param {string} id @param {Entry[]} wanted */
function matches(id, wanted) {
  return wanted.every((entry) => entry.items.has(id));
}

/** @param {Entry[]} wanted */
function showItems(wanted) {
  for (const item of items) item.hidden = !matches(item.id, wanted);
  for (const group of all("[data-group]")) {
    group.hidden = !group.querySelector("[data-item]:not([hidden])");
    if (group instanceof HTMLDetailsElement) group.open = wanted.length > 0;
  }
  for (const other of all(".whole-only")) other.hidden = wanted.length > 0;
}

/** Counts each value among the items that the other facets leave. @param {Entry[]} wanted */
function showCounts(wanted) {
  for (const entry of entries) {
    const others = wanted.filter((other) => other.facet !== entry.facet);
    const left = [...entry.items].filter((id) => matches(id, others)).length;
    entry.number.textContent = digits(String(left));
    entry.item.hidden = left === 0 && !wanted.includes(entry);
    if (wanted.includes(entry)) entry.link.setAttribute("aria-current", "true");
    else entry.link.removeAttribute("aria-current");
  }
}

/** @param {Entry[]} wanted @param {URLSearchParams} query */
function showStatus(wanted, query) {
  status.replaceChildren();
  if (!wanted.length) return;
  const left = items.filter((item) => !item.hidden).length;
  status.append(digits(`يظهر ${left} من ${items.length}: `));
  for (const entry of wanted) {
    const rest = new URLSearchParams(query);
    rest.delete(entry.facet);
    const remove = document.createElement("a");
    remove.href = `?${rest}`;
    remove.textContent = `${entry.link.textContent} ×`;
    remove.setAttribute("aria-label", `أزل: ${entry.link.textContent}`);
    status.append(remove, " ");
  }
}

function show() {
  const query = new URLSearchParams(location.search);
  const wanted = chosen(query);
  showItems(wanted);
  showCounts(wanted);
  showStatus(wanted, query);
  for (const entry of entries) {
    const next = new URLSearchParams(query);
    if (wanted.includes(entry)) next.delete(entry.facet);
    else next.set(entry.facet, entry.value);
    entry.link.href = `?${next}`;
  }
  if (broad.matches) for (const facet of facets) if (wanted.some((entry) => entry.facet === facet.dataset.facet)) facet.open = true;
}

/** @param {MouseEvent} event */
function follow(event) {
  const link = event.target instanceof Element && event.target.closest("a[href^='?']");
  if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", link.getAttribute("href") === "?" ? location.pathname : link.href);
  show();
}

if (items.length) {
  status.className = "facet-status";
  status.setAttribute("role", "status");
  all("[data-explorer]")[0].before(status);
  list.classList.add("filters");
  list.addEventListener("click", follow);
  status.addEventListener("click", follow);
  addEventListener("popstate", show);
  show();
  if (chosen(new URLSearchParams(location.search)).length) scrollTo({ top: 0, behavior: "instant" });
}
export {};
