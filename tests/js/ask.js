// Asks a built site without a browser: `node ask.js FOLDER` reads questions as a JSON list and writes what search answers to each.
import { readFile } from "node:fs/promises";
import { argv, stdin, stdout } from "node:process";
import { pathToFileURL } from "node:url";

const folder = pathToFileURL(`${argv[2]}/`);
const { search, excerpt, source } = await import(new URL("assets/search.js", folder).href);
/** @param {string} path */
source.bytes = async (path) => {
  const data = await readFile(new URL(path, folder));
  return data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
};

const questions = [];
for await (const part of stdin) questions.push(part);
const answers = [];
for (const question of JSON.parse(Buffer.concat(questions).toString())) {
  const { results, ...rest } = await search(question);
  answers.push({ urls: results.map((/** @type {{ url: string }} */ { url }) => url), excerpt: results.length ? await excerpt(results[0]) : null, ...rest });
}
stdout.write(JSON.stringify(answers));
