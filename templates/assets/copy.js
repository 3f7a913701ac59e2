// What the buttons of a quoted part do: copy its link, its words with who said them, its citation; save a citation as a file.

/** The words of an element on one line. @param {Element | null} element */
const text = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";
/** What stands in a part as it is written. @param {Element} part */
const written = (part) => part.querySelector("pre")?.textContent ?? "";

/** The address of the part: that of its mark, else of the page without what is sought. @param {Element} part */
function linkOf(part) {
  const mark = part.querySelector(".mark, .mark-link");
  return mark instanceof HTMLAnchorElement ? mark.href : location.href.split(/[?#]/)[0];
}

/** The words, through whom they came, how they are said, where they stand: never the words alone. @param {Element} part */
function sentenceOf(part) {
  const chain = [...part.querySelectorAll(".chain > li")].map(text).join(" ← ");
  const mode = text(part.querySelector(".mode:not(.mode-reported)"));
  return `«${text(part.querySelector(".says"))}» (${[chain, mode, document.title, linkOf(part)].filter(Boolean).join("، ")})`;
}

/** @param {Element} part */
function citationOf(part) {
  const citation = text(document.querySelector(".citation-text"));
  const number = text(part.querySelector(".mark"));
  return citation && number ? `${citation} القول ${number}: ${linkOf(part)}` : citation || sentenceOf(part);
}

/** The link to a claim's card; a large dossier has none. @param {Element} part @returns {HTMLAnchorElement | null} */
const cardOf = (part) => part.querySelector('.take a[href*="/cards/"]');

/** @param {Element} part */
function embedOf(part) {
  const card = cardOf(part);
  const title = text(part.querySelector(".says")).replace(/"/g, "”");
  return card ? `<iframe src="${card.href}" title="${title}" width="560" height="300" loading="lazy"></iframe>` : "";
}

/** @param {Element} part @param {string} name */
function save(part, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([written(part)], { type: "text/plain" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** @type {Record<string, (part: Element) => string>} */
const WORDS = { link: linkOf, sentence: sentenceOf, citation: citationOf, embed: embedOf, text: written };
const MENU = { link: "انسخ الرابط", sentence: "انسخ الجملة ومن قالها", citation: "انسخ الاستشهاد", embed: "انسخ ما يُدرَج في موقع" };

/** Puts the buttons beside what else a claim's menu leads to, when it is unfolded for the first time. @param {Element} details */
function addMenu(details) {
  if (details.querySelector("button")) return;
  for (const [what, words] of Object.entries(MENU)) {
    if (what === "embed" && !cardOf(details.parentElement ?? details)) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.click = "copy.js";
    button.dataset.copy = what;
    button.textContent = words;
    details.append(" ", button);
  }
}

/** @param {HTMLElement} button */
export async function act(button) {
  const part = button.closest("[data-quote]");
  const what = button.dataset.copy ?? "";
  if (what === "menu" && button.parentElement) addMenu(button.parentElement);
  else if (part && what === "file") save(part, button.dataset.file ?? "");
  else if (part) await put(WORDS[what](part), button);
}

/** Copies, and says so on the button for a while. @param {string} words @param {HTMLElement} button */
async function put(words, button) {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(words);
    button.textContent = "نُسخ";
  } catch {
    button.textContent = "تعذّر النسخ";
  }
  setTimeout(() => { button.textContent = before; }, 2000);
}
