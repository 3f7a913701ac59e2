// Whether a word is one, though the texts have it not: then it is no slip of another. Fetched when a question has an unknown word.
import { once, read } from "./store.js";

/** @import {Words} from './words.js' */
/** @typedef {{ names: Set<string>, words: Set<string>, triples: Record<string, string> }} Lexicon */
const EDGE = "^";
const SHORTEST_NAME = 4; // letters of a name that is one behind any clitic

/** @returns {Promise<Lexicon>} */
const lexicon = () => once("lexicon", async () => {
  const [names, words, triples] = await read("lexicon.gz");
  return { names: new Set(names.split(" ")), words: new Set(words.split(" ")), triples };
});

// "name" or "word" for what is in the lists as it stands, but for its article; "form" for what is one of their words with
// clitics or endings, or a verb of the present; nothing for what is in no list.
/** @param {Words} words @param {string} text */
export async function kindOf(words, text) {
  const lists = await lexicon();
  const behind = [...words.strippings(text)];
  const bare = [text, ...behind.filter((form) => /[ال]ل$/.test(text.slice(0, text.length - form.length)))];
  if ([...bare, ...behind.filter((form) => form.length >= SHORTEST_NAME)].some((form) => lists.names.has(form))) return "name";
  if (bare.some((form) => lists.words.has(form))) return "word";
  return [text, ...behind].some((form) => isForm(words, lists, form)) ? "form" : "";
}

/** @param {Words} words @param {Lexicon} lists @param {string} form */
function isForm(words, lists, form) {
  for (const base of [form, ...(/^(?:ي...|[تنا]....)/.test(form) ? [form.slice(1)] : [])]) {
    if (lists.words.has(base)) return true;
    for (const stem of words.bases(base)) if (lists.words.has(stem)) return true;
  }
  return false;
}

// Whether words have such letters in a row, or a written one a letter where none has it: else it is rather a slip.
/** @param {string} word @param {string} written */
export async function isShaped(word, written) {
  const { triples } = await lexicon();
  const edged = EDGE + word + EDGE;
  for (let i = 0; i + 2 < edged.length; i++) if (!triples[edged.slice(i, i + 2)]?.includes(edged[i + 2])) return false;
  return !/[ةى](?=\p{L})/u.test(written);
}
