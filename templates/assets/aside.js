// Sets speakers aside and marks what rests on nothing.
const root = new URL("../", import.meta.url).href;
const box = /** @type {HTMLDetailsElement} */ (document.querySelector(".aside"));
const [list, said] = /** @type {NodeListOf<HTMLElement>} */ (box.querySelectorAll("fieldset, output"));
const digits = new Intl.NumberFormat(`ar-u-nu-${box.dataset.digits}`);
const asked = () => new URLSearchParams(location.search);
const aside = new Set(asked().get("without")?.match(/\S+/g));
box.open ||= aside.size > 0;
/** @type {Map<string, string[][]>} */
const claims = new Map();

function left() {
  const alive = new Set();
  for (let before = -1; before < alive.size;) {
    before = alive.size;
    for (const [ref, [own, repeats]] of claims) {
      if (!own.some((who) => aside.has(who)) && (!repeats[0] || repeats.some((to) => alive.has(to)))) alive.add(ref);
    }
  }
  return alive;
}

// A part's claim: its own, or its last link's.
/** @param {Element} part */
function shown(part) {
  const href = part.className === "claim" ? `${location.pathname}#${part.id}` : [...part.querySelectorAll("a")].at(-1)?.href;
  return (/\/reports\/([^/]+)\/[^#]*(#c\d+)$/.exec(href ?? "") ?? []).slice(1).join("");
}

function mark() {
  const alive = left();
  for (const part of document.querySelectorAll(".claim, .row, .side, .refs li")) {
    const ref = shown(part);
    part.toggleAttribute("data-gone", claims.has(ref) && !alive.has(ref));
  }
  for (const whole of document.querySelectorAll(".judgment, .cluster, td")) {
    const parts = [...whole.querySelectorAll(".row, .refs li")];
    whole.toggleAttribute("data-gone", parts.length > 0 && parts.every((part) => part.hasAttribute("data-gone")));
  }
  const [gone, all] = [claims.size - alive.size, claims.size].map(digits.format);
  said.textContent = `يسقط ${gone} من أصل ${all}.`;
}

// The address keeps who is set aside, links too.
function tell() {
  const state = aside.size ? `without=${[...aside].join("+")}` : "";
  const params = asked();
  params.delete("without");
  const query = [state, `${params}`].filter(Boolean).join("&");
  history.replaceState(null, "", location.pathname + (query && `?${query}`) + location.hash);
  for (const link of document.links) {
    if (link.href.startsWith(root) && /(\/|html)$/.test(link.pathname) && link.pathname !== location.pathname) link.search = state;
  }
  mark();
}

const answer = await fetch(new URL("sources/table.txt", root));
for (const line of (await answer.text()).split("\n")) {
  const [id, own, repeats] = line.split("\t");
  if (repeats !== undefined) claims.set(id, [own.split(" "), repeats.split(" ")]);
  else if (own) {
    const input = Object.assign(document.createElement("input"), { type: "checkbox", value: id, checked: aside.has(id) });
    input.onchange = () => {
      aside[input.checked ? "add" : "delete"](id);
      tell();
    };
    const label = document.createElement("label");
    label.append(input, own);
    list.append(label);
  }
}
list.hidden = false;
box.open ||= aside.size > 0;
tell();
