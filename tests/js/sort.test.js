// A table is sorted by a click on a heading: numbers by their value, names as Arabic has them, and the other way by a second click.
import assert from "node:assert/strict";
import { test } from "node:test";

// As much of a table as sorting needs.
class Cell {
  /** @type {Record<string, string>} */
  dataset = {};
  /** @type {Map<string, string>} */
  attributes = new Map();
  /** @type {any[]} */
  childNodes = [];
  /** @type {() => void} */
  click = () => {};

  /** @param {string} text @param {string} [value] */
  constructor(text, value) {
    this.textContent = text;
    if (value !== undefined) this.dataset.value = value;
  }
  /** @param {any[]} nodes */
  append(...nodes) { this.childNodes = nodes; }
  /** @param {string} name */
  getAttribute(name) { return this.attributes.get(name) ?? null; }
  /** @param {string} name @param {string} value */
  setAttribute(name, value) { this.attributes.set(name, value); }
  /** @param {string} name */
  removeAttribute(name) { this.attributes.delete(name); }
  /** @param {string} _ @param {() => void} does */
  addEventListener(_, does) { this.click = does; }
}

const headings = [new Cell("الاسم"), new Cell("العدد")];
const rows = [["نقابة", "2"], ["أمانة", "10"], ["هيئة", "1"], ["إدارة", "9"]].map(([name, number]) => ({ cells: [new Cell(name), new Cell(`${number} مرات`, number)] }));
const table = { tHead: { rows: [{ cells: headings }] }, tBodies: [{ rows, append: (/** @type {any[]} */ ...sorted) => rows.splice(0, rows.length, ...sorted) }] };
Object.assign(globalThis, { document: { querySelectorAll: () => [table], createElement: () => new Cell("") } });
await import("../../templates/assets/sort.js");

/** @param {number} column */
const click = (column) => headings[column].childNodes[0].click();
const names = () => rows.map(({ cells }) => cells[0].textContent);

test("names stand as Arabic has them, whatever seat a hamza has", () => {
  click(0);
  assert.deepEqual(names(), ["إدارة", "أمانة", "نقابة", "هيئة"]);
  assert.equal(headings[0].getAttribute("aria-sort"), "ascending");
});

test("numbers go by their value, and a second click turns the order", () => {
  click(1);
  assert.deepEqual(names(), ["هيئة", "نقابة", "إدارة", "أمانة"]);
  assert.equal(headings[0].getAttribute("aria-sort"), null);
  click(1);
  assert.deepEqual(names(), ["أمانة", "إدارة", "نقابة", "هيئة"]);
  assert.equal(headings[1].getAttribute("aria-sort"), "descending");
});
