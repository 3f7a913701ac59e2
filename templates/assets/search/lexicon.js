// Whether a word is one, though the texts have it not: then it is no slip of another. Fetched when a question has an unknown word.
import { once, read } from "./store.js";

/** @import {Words} from './words.js' */
/** @typedef {[string, string[]][]} Rules */
/** @typedef {{ roots: Record<string, string>, nouns: [Rules, string[]], verbs: [Rules, string[]] }} RootTables */
/** @typedef {{ rules: [RegExp, string[]][], endings: string[] }} Shapes */
/** @typedef {{ names: Set<string>, words: Set<string>, triples: Record<string, string>, roots: Record<string, string>, nouns: Shapes, verbs: Shapes }} Lexicon */
const EDGE = "^";
const SHORTEST_NAME = 4; // letters of a name that is one behind any clitic

/** @returns {Promise<Lexicon>} */
const lexicon = () => once("lexicon", async () => {
  const [names, words, triples, { roots, nouns, verbs }] = await read("lexicon.gz");
  return { names: new Set(names.split(" ")), words: new Set(words.split(" ")), triples, roots, nouns: shapes(nouns), verbs: shapes(verbs) };
});

/** @param {[Rules, string[]]} table @returns {Shapes} */
const shapes = ([rules, endings]) => ({ rules: rules.map(([pattern, roots]) => [new RegExp(pattern), roots]), endings });

// Whether a word is written with a letter where no word has it: ة and ى but at the end, a hamza below but at the beginning, a seated one there.
/** @param {string} written */
const isMiswritten = (written) => /[ةى](?=\p{L})|(?<!^[وف]?[بلكأ]?(?:ال|ل)?)إ|^(?:ال)?[ؤئء]/u.test(written);

// "name" or "word" for what is in the lists as it stands, but for its article; "form" for what is one of their words with
// clitics or endings, or a verb of the present; "root" for what is shaped as words of a known root are; nothing for the rest.
/** @param {Words} words @param {string} text @param {string} written */
export async function kindOf(words, text, written = text) {
  if (isMiswritten(written)) return "";
  const lists = await lexicon();
  const behind = [...words.strippings(text)];
  const bare = [text, ...behind.filter((form) => /[ال]ل$/.test(text.slice(0, text.length - form.length)))];
  if ([...bare, ...behind.filter((form) => form.length >= SHORTEST_NAME)].some((form) => lists.names.has(form))) return "name";
  if (bare.some((form) => lists.words.has(form))) return "word";
  if ([text, ...behind].some((form) => isForm(words, lists, form))) return "form";
  return [text, ...behind].some((form) => isOfRoot(lists, form)) ? "root" : "";
}

/** @param {Lexicon} lists @param {string} form */
function isOfRoot(lists, form) {
  const [, verb = ""] = /^س?[يتنا](..+)/.exec(form) ?? [];
  return isShape(lists, lists.nouns, form) || isShape(lists, lists.verbs, verb);
}

/** @param {Lexicon} lists @param {Shapes} shapes @param {string} word */
function isShape({ roots }, { rules, endings }, word) {
  for (const ending of endings) {
    if (!word.endsWith(ending) || word.length - ending.length < 2) continue;
    const stem = word.slice(0, word.length - ending.length);
    for (const [pattern, made] of rules) {
      if (pattern.test(stem) && made.some((root) => isRoot(roots, stem.replace(pattern, root)))) return true;
    }
  }
  return false;
}

/** @param {Record<string, string>} roots @param {string} root */
const isRoot = (roots, root) => roots[root.slice(0, 2)]?.includes(root[2]) ?? false;

/** @param {Words} words @param {Lexicon} lists @param {string} form */
function isForm(words, lists, form) {
  for (const base of [form, ...(/^(?:ي...|[تنا]....)/.test(form) ? [form.slice(1)] : [])]) {
    if (lists.words.has(base)) return true;
    for (const stem of words.bases(base)) if (lists.words.has(stem)) return true;
  }
  return false;
}

// Whether words have such letters in a row and at its place each: else it is rather a slip.
/** @param {string} word @param {string} written */
export async function isShaped(word, written) {
  if (isMiswritten(written)) return false;
  const { triples } = await lexicon();
  const edged = EDGE + word + EDGE;
  for (let i = 0; i + 2 < edged.length; i++) if (!triples[edged.slice(i, i + 2)]?.includes(edged[i + 2])) return false;
  return true;
}
