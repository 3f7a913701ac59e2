// An index becomes filters, whose choice is kept in the address. Which items have a value is told by the index itself.
const list = document.querySelector(".facet-list");
const facets = [...list.querySelectorAll("[data-facet]")];
const entries = facets.flatMap((facet) => [...facet.querySelectorAll("[data-value]")].map((item) => ({
  facet: facet.dataset.facet,
  value: item.dataset.value,
  item,
  link: item.querySelector("a"),
  number: item.querySelector(".number"),
  items: new Set([...item.querySelectorAll(".entries a")].map((a) => decodeURIComponent(a.hash.slice(1)))),
})));
const items = [...document.querySelectorAll("[data-item]")];
const broad = matchMedia("(min-width: 60rem)"); // where the index stands beside the list
const status = document.createElement("p");
const digits = (text) => (/[٠-٩]/.test(list.textContent) ? text.replace(/\d/g, (d) => "٠١٢٣٤٥٦٧٨٩"[d]) : text);

/** The entries that the address asks for, one of each facet at most. */
function chosen(query) {
  return entries.filter((entry) => query.get(entry.facet) === entry.value);
}

/** Whether an item has all the values of some entries. */
function matches(id, wanted) {
  return wanted.every((entry) => entry.items.has(id));
}

function showItems(wanted) {
  for (const item of items) item.hidden = !matches(item.id, wanted);
  for (const group of document.querySelectorAll("[data-group]")) {
    group.hidden = !group.querySelector("[data-item]:not([hidden])");
    if (group.tagName === "DETAILS") group.open = wanted.length > 0;
  }
  for (const other of document.querySelectorAll(".whole-only")) other.hidden = wanted.length > 0;
}

/** Counts each value among the items that the other facets leave. */
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

function follow(event) {
  const link = event.target.closest("a[href^='?']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", link.getAttribute("href") === "?" ? location.pathname : link.href);
  show();
}

if (items.length) {
  status.className = "facet-status";
  status.setAttribute("role", "status");
  document.querySelector("[data-explorer]").before(status);
  list.classList.add("filters");
  list.addEventListener("click", follow);
  status.addEventListener("click", follow);
  addEventListener("popstate", show);
  show();
  if (chosen(new URLSearchParams(location.search)).length) scrollTo({ top: 0, behavior: "instant" });
}
