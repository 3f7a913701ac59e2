// Names in Latin letters, however they are transliterated: as `latin.skeletons` of the build.
/** @typedef {[string, string][]} Rules */
/** @typedef {{ mark: string, articles: string[], sun: string[], word: Rules, rules: Rules, byConsonants: [number, Rules][], further: Rules }} LatinTables */
/** @param {string} word */
export const isLatin = (word) => /^[a-z]+$/.test(word);

// What is left of a folded name, and what may be looked for where it is not found.
/** @param {LatinTables} latin @param {string[]} words */
export function* skeletons(latin, words) {
  const first = skeleton(latin, words);
  if (first) yield first;
  const further = apply(latin.further, first);
  if (further !== first) yield further;
}

/** @param {LatinTables} latin @param {string[]} words */
function skeleton(latin, words) {
  if (!words.length || !words.every(isLatin)) return "";
  const rest = apply(latin.rules, withoutArticles(latin, words).map((word) => apply(latin.word, word)).join(""));
  const number = rest.replace(/[AIU]/g, "").length;
  return number > 1 ? apply(latin.byConsonants.find(([most]) => number <= most)?.[1] ?? [], rest) : "";
}

/** @param {LatinTables} latin @param {string[]} words */
export function withoutArticles({ articles, sun }, words) {
  return words.filter((word, at) => {
    const following = words[at + 1];
    return !(following && (articles.includes(word) || (sun.includes(word) && following.startsWith(word.slice(1)))));
  });
}

/** @param {Rules} rules @param {string} text */
const apply = (rules, text) => rules.reduce((rest, [pattern, replacement]) => rest.replace(new RegExp(pattern, "g"), replacement), text);
