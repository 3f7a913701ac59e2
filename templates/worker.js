// Keeps the site on a reader's device: one edition, whole, each file held against the site's own manifest before it is shown.
// Without an edition (`installable: false`) it takes itself and all that was kept away.
const EDITION = "__EDITION__"; // SHA-256 of manifest-sha256.txt without the line of this file
const MOST = 12_000_000; // bytes that are fetched unasked; what is left out is kept when it is opened
const SPARING = 1_000_000; // where the reader's device asks to save data
const AT_ONCE = 6;
const MANIFEST = "manifest-sha256.txt";
// What is kept, in the order in which it is fetched. Other files are downloads.
const KEPT = [
  /^(assets\/.*|index\.html|404\.html|site\.webmanifest|favicon\.ico)$/,
  /^(search\/|search-data\/(?!parts\/texts\/)|sources\/table\.txt|pagefind\/(index\/|.*\.pf_meta$))/,
  /^[^/]+\/index\.html$/,
  /^reports\/.*\.html$/,
  /^search-data\//,
  /^(?!cards\/).*\.html$/,
  /\.html$/,
];

/** @type {ServiceWorkerGlobalScope} */
const worker = /** @type {any} */ (self);
const home = worker.registration.scope;
const mine = `dossier ${home} `; // how names of caches begin: others of this host are none of ours
const own = mine + EDITION;
const at = (/** @type {string} */ path) => new URL(path, home).href;
const kind = (/** @type {string} */ path) => KEPT.findIndex((pattern) => pattern.test(path));

/** @param {BufferSource} data */
async function digest(data) {
  return Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", data)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// What is published: asked whether it changed, and once more whatever the browser or the host take for unchanged.
/** @param {string} path */
const ways = (path) => /** @type {RequestCache[]} */ (["no-cache", "reload"]).map((cache) => () => fetch(at(path.replace(/(^|\/)index\.html$/, "$1")), { cache }));

/** @type {Promise<Map<string, string>> | undefined} */
let read;
const list = () => (read ??= readList().catch((error) => {
  read = undefined;
  throw error;
}));

// The edition's digests by path. Throws where neither what is kept nor what is published is this edition's list.
async function readList() {
  const cache = await caches.open(own);
  for (const find of [() => cache.match(at(MANIFEST)), ...ways(MANIFEST)]) {
    const found = await find().catch(() => undefined);
    const text = (await found?.text()) ?? "";
    const lines = text.split("\n").filter((line) => line && !line.endsWith("  worker.js"));
    if ((await digest(new TextEncoder().encode(lines.map((line) => `${line}\n`).join("")))) !== EDITION) continue;
    await cache.put(at(MANIFEST), new Response(text));
    return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
  }
  throw new Error("another edition is published");
}

// An answer with these bytes. What it says of packing was true on the way only.
/** @param {Response} found @param {ArrayBuffer} body */
function answerWith(found, body) {
  const headers = new Headers(found.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  return new Response(body, { headers });
}

// A file of this edition: as it is kept, or was kept with another edition, or is published. Throws where none of these is what the list says.
/** @param {string} path @returns {Promise<Response>} */
async function file(path) {
  const wanted = (await list()).get(path);
  const cache = await caches.open(own);
  const former = (await caches.keys()).filter((name) => name.startsWith(mine) && name !== own);
  const finds = [() => cache.match(at(path)), ...former.map((name) => async () => (await caches.open(name)).match(at(path))), ...ways(path)];
  for (const [number, find] of finds.entries()) {
    const found = await find();
    const body = await found?.arrayBuffer();
    if (!found || !body || (await digest(body)) !== wanted) continue;
    if (number) await cache.put(at(path), answerWith(found, body));
    return answerWith(found, body);
  }
  throw new Error(`${path} is not of this edition`);
}

// Everything there is room for, or nothing: where one file is missing the former edition stays.
async function install() {
  if (!EDITION) return worker.skipWaiting();
  /** @type {[number, number, string][]} */
  const ranked = [...(await list()).keys()].filter((path) => kind(path) >= 0).map((path) => [kind(path), path.length, path]);
  const waiting = ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, , path]) => path);
  const most = /** @type {any} */ (navigator).connection?.saveData ? SPARING : MOST;
  let bytes = 0;
  const take = async () => {
    for (let path; bytes < most && (path = waiting.shift());) bytes += (await (await file(path)).arrayBuffer()).byteLength;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
}

async function activate() {
  for (const name of await caches.keys()) if (name.startsWith(mine) && (name !== own || !EDITION)) await caches.delete(name);
  if (!EDITION) await worker.registration.unregister();
}

// A page that came from the network is given nothing of what is kept: it may be of another edition.
const outside = (/** @type {string} */ client) => at(`outside/${client}`);
/** @param {string} client */
const isOutside = async (client) => client !== "" && (await (await caches.open(own)).match(outside(client))) !== undefined;

/** @param {FetchEvent} event @returns {Promise<Response>} */
async function fromNetwork({ request, resultingClientId }) {
  try {
    const answer = await fetch(request);
    if (resultingClientId) await (await caches.open(own)).put(outside(resultingClientId), new Response());
    return answer;
  } catch (error) {
    if (request.mode !== "navigate") throw error;
    const words = `<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>لا اتصال</title><main><h1>لا اتصال بالشبكة</h1><p>هذه الصفحة ليست بين ما حُفظ من الملف على جهازك.</p><p><a href="${home}">الصفحة الأولى</a></p></main></html>`;
    return new Response(words, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
  }
}

/** @param {FetchEvent} event @returns {Promise<Response>} */
async function answer(event) {
  const { request, clientId } = event;
  const navigates = request.mode === "navigate";
  const { registration } = worker;
  if (navigates && registration.waiting && (await worker.clients.matchAll()).length < 2) {
    registration.waiting.postMessage("take over"); // the page that is left was the last of this edition
    return new Response("", { headers: { Refresh: "0" } });
  }
  const path = decodeURI(new URL(request.url).pathname.slice(new URL(home).pathname.length)).replace(/(^|\/)$/, "$1index.html");
  const files = await list().catch(() => new Map());
  if (navigates && files.has(`${path}/index.html`)) return Response.redirect(at(`${path}/`));
  if (!files.has(path) || kind(path) < 0 || (!navigates && (await isOutside(clientId)))) return fromNetwork(event);
  try {
    return await file(path);
  } catch {
    return navigates ? fromNetwork(event) : Response.error();
  }
}

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("message", ({ data, ports }) => {
  if (data === "take over") worker.skipWaiting();
  if (data === "edition") ports[0].postMessage(EDITION);
});
if (EDITION) {
  worker.addEventListener("fetch", (event) => {
    const { request } = event;
    if (request.method === "GET" && request.url.startsWith(home)) event.respondWith(answer(event));
  });
}
