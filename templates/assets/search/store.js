// What is fetched, once each. Everything that reads a file of search goes through `read`.
export const base = new URL("../../", import.meta.url);
const files = new Map();

export function read(name) {
  if (!files.has(name)) {
    const wanted = fetch(new URL(`search-data/${name}`, base)).then((answer) => {
      if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
      return answer.json();
    });
    wanted.catch(() => files.delete(name)); // so that asking again tries again
    files.set(name, wanted);
  }
  return files.get(name);
}

let engine;
export function pagefind() {
  engine ??= import(new URL("pagefind/pagefind.js", base)).then(async (module) => {
    await module.options({ basePath: new URL("pagefind/", base).pathname, ranking: { termSimilarity: 0, diacriticSimilarity: 0 } });
    await module.init();
    return module;
  });
  engine.catch(() => { engine = undefined; });
  return engine;
}

const nothing = { keys: {}, families: {}, words: {} };

// The part of the vocabulary whose words begin with a letter.
export async function shard(letter) {
  const letters = await read("letters.json");
  return letter && letters.includes(letter) ? read(`keys/${letter.codePointAt(0).toString(16)}.json`) : nothing;
}
