// Sorts tables by a click on a column's heading. Cells sort by data-value where they have one, else by their text.
const collator = new Intl.Collator("ar", { numeric: true });

/** @param {HTMLTableRowElement} row @param {number} column */
function value(row, column) {
  const cell = row.cells[column];
  return cell.dataset.value ?? cell.textContent.trim();
}

/** @param {HTMLTableElement} table */
const headings = (table) => table.tHead?.rows[0].cells ?? [];

/** @param {HTMLTableElement} table @param {number} column @param {HTMLTableCellElement} heading */
function sort(table, column, heading) {
  const descending = heading.getAttribute("aria-sort") === "ascending";
  for (const other of headings(table)) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
  const rows = [...table.tBodies[0].rows];
  rows.sort((a, b) => collator.compare(value(a, column), value(b, column)) * (descending ? -1 : 1));
  table.tBodies[0].append(...rows);
}

for (const table of /** @type {NodeListOf<HTMLTableElement>} */ (document.querySelectorAll("table[data-sortable]"))) {
  [...headings(table)].forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => sort(table, column, heading));
  });
}
export {};
