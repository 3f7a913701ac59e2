// What the buttons of a quoted part do: copy its link, its words with who said them, its citation; save a citation as a file.
const text = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";

/** The address of the part: that of its mark, else of the page without what is sought. */
function linkOf(part) {
  const mark = part.querySelector(".mark, .mark-link");
  return mark ? mark.href : location.href.split(/[?#]/)[0];
}

/** The words, through whom they came, how they are said, where they stand: never the words alone. */
function sentenceOf(part) {
  const chain = [...part.querySelectorAll(".chain > li")].map(text).join(" ← ");
  const mode = part.querySelector(".mode:not(.mode-reported)");
  const about = [chain, text(mode), document.title, linkOf(part)].filter(Boolean).join("، ");
  return `«${text(part.querySelector(".says"))}» (${about})`;
}

function citationOf(part) {
  const citation = text(document.querySelector(".citation-text"));
  const number = text(part.querySelector(".mark"));
  return citation && number ? `${citation} القول ${number}: ${linkOf(part)}` : citation || sentenceOf(part);
}

function embedOf(part) {
  const card = part.querySelector(".take a").href;
  return `<iframe src="${card}" title="${text(part.querySelector(".says")).replace(/"/g, "”")}" width="560" height="300" loading="lazy"></iframe>`;
}

function save(part, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([part.querySelector("pre").textContent], { type: "text/plain" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

const WORDS = { link: linkOf, sentence: sentenceOf, citation: citationOf, embed: embedOf, text: (part) => part.querySelector("pre").textContent };

const MENU = { link: "انسخ الرابط", sentence: "انسخ الجملة ومن قالها", citation: "انسخ الاستشهاد", embed: "انسخ ما يُدرَج في موقع" };

/** Puts the buttons beside a claim's link to its card, when it is unfolded for the first time. */
function addMenu(details) {
  if (details.querySelector("button")) return;
  for (const [what, words] of Object.entries(MENU)) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.copy = what;
    button.textContent = words;
    details.append(" ", button);
  }
}

export async function copy(target) {
  const button = target.closest("[data-copy]");
  if (button.dataset.copy === "menu") {
    addMenu(button.parentElement);
    return;
  }
  const part = button.closest("[data-quote]");
  if (button.dataset.copy === "file") {
    save(part, button.dataset.file);
    return;
  }
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(WORDS[button.dataset.copy](part));
    button.textContent = "نُسخ";
  } catch {
    button.textContent = "تعذّر النسخ";
  }
  setTimeout(() => { button.textContent = before; }, 2000);
}
