// The claims page: the index becomes filters, whose choice is kept in the address. Which claims have a value is told by the index itself.
const list = document.querySelector(".facet-list");
const facets = [...list.querySelectorAll("[data-facet]")];
const entries = facets.flatMap((facet) => [...facet.querySelectorAll("[data-value]")].map((item) => ({
  facet: facet.dataset.facet,
  value: item.dataset.value,
  item,
  link: item.querySelector("a"),
  number: item.querySelector(".number"),
  claims: new Set([...item.querySelectorAll(".entries a")].map((a) => decodeURIComponent(a.hash.slice(1)))),
})));
const claims = [...document.querySelectorAll(".explorer-main .row[id]")];
const status = document.createElement("p");
const digits = (text) => (/[٠-٩]/.test(list.textContent) ? text.replace(/\d/g, (d) => "٠١٢٣٤٥٦٧٨٩"[d]) : text);

/** The entries that the address asks for, one of each facet at most. */
function chosen(query) {
  return entries.filter((entry) => query.get(entry.facet) === entry.value);
}

/** Whether a claim has all the values of some entries. */
function matches(id, wanted) {
  return wanted.every((entry) => entry.claims.has(id));
}

function showClaims(wanted) {
  for (const claim of claims) claim.hidden = !matches(claim.id, wanted);
  for (const group of document.querySelectorAll(".cluster")) {
    group.hidden = !group.querySelector(".row:not([hidden])");
    if (group.tagName === "DETAILS") group.open = wanted.length > 0;
  }
  for (const other of document.querySelectorAll(".whole-only")) other.hidden = wanted.length > 0;
  for (const section of document.querySelectorAll(".explorer-main > section")) section.hidden = !section.querySelector(".cluster:not([hidden])");
}

/** Counts each value among the claims that the other facets leave. */
function showCounts(wanted) {
  for (const entry of entries) {
    const others = wanted.filter((other) => other.facet !== entry.facet);
    const left = [...entry.claims].filter((id) => matches(id, others)).length;
    entry.number.textContent = digits(String(left));
    entry.item.hidden = left === 0 && !wanted.includes(entry);
    if (wanted.includes(entry)) entry.link.setAttribute("aria-current", "true");
    else entry.link.removeAttribute("aria-current");
  }
}

function showStatus(wanted, query) {
  status.replaceChildren();
  if (!wanted.length) return;
  const left = claims.filter((claim) => !claim.hidden).length;
  status.append(digits(`يظهر ${left} من ${claims.length}: `));
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
  showClaims(wanted);
  showCounts(wanted);
  showStatus(wanted, query);
  for (const entry of entries) {
    const next = new URLSearchParams(query);
    if (wanted.includes(entry)) next.delete(entry.facet);
    else next.set(entry.facet, entry.value);
    entry.link.href = `?${next}`;
  }
  for (const facet of facets) if (wanted.some((entry) => entry.facet === facet.dataset.facet)) facet.open = true;
}

function follow(event) {
  const link = event.target.closest("a[href^='?']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", link.getAttribute("href") === "?" ? location.pathname : link.href);
  show();
}

if (claims.length) {
  status.className = "facet-status";
  status.setAttribute("role", "status");
  document.querySelector(".explorer-main").prepend(status);
  list.classList.add("filters");
  list.addEventListener("click", follow);
  status.addEventListener("click", follow);
  addEventListener("popstate", show);
  show();
  if (chosen(new URLSearchParams(location.search)).length) scrollTo({ top: 0, behavior: "instant" });
}
