// The offline copy's stand-in for what `file://` does not allow: modules and fetch. Modules are imported from blobs; data files
// are classic scripts that register themselves with `offline` when they are asked for.
const offline = (() => {
  const root = new URL("../", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  /** @type {Record<string, string>} */
  // @ts-expect-error the build puts the modules here
  const texts = __MODULES__; // path → source of each module
  const blobs = new Map(), files = new Map();

  /** @type {(specifier: string, base: string | URL) => string} */
  const resolve = (specifier, base) => new URL(specifier, base).href;

  // The blob of a module by its address; its own imports are made blobs first.
  /** @param {string} address @returns {string} */
  function blob(address) {
    if (!blobs.has(address)) {
      const source = texts[address.slice(root.href.length)]
        .replace(/\bfrom "(\.[^"]+)"/g, (_, specifier) => `from "${blob(resolve(specifier, address))}"`)
        .replace(/\bfetch\(/g, "offline.fetch(")
        .replace(/\bimport\(/g, "offline.load(import.meta.url, ")
        .replace(/\bimport\.meta\.url\b/g, JSON.stringify(address));
      blobs.set(address, URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
    }
    return blobs.get(address);
  }

  /** @type {Promise<void> | undefined} */
  let ready;
  const prepare = () => (ready ??= import(blob(resolve("assets/search.js", root))).then(({ source }) => {
    source.index = "index.html";
    source.bytes = bytes;
  }));

  /** @param {string} path @returns {Promise<ArrayBuffer>} */
  function bytes(path) {
    return new Promise((done, fail) => {
      const script = document.createElement("script");
      script.src = resolve(`${path}.js`, root);
      script.onload = () => done(files.get(path).buffer);
      script.onerror = () => fail(new Error(`${path} is missing`));
      document.head.append(script);
    }).finally(() => files.delete(path));
  }

  return {
    /** @type {(base: string, specifier: string) => Promise<unknown>} */
    load: async (base, specifier) => (await prepare(), import(blob(resolve(specifier, base)))),
    /** @type {(address: URL) => Promise<Response>} */
    fetch: async (address) => new Response(await bytes(address.href.slice(root.href.length))),
    start: () => import(blob(resolve("assets/loader.js", root))),
    /** @type {(path: string, text: string) => void} */
    text: (path, text) => files.set(path, new TextEncoder().encode(text)),
    /** @type {(path: string, base64: string) => void} */
    packed: (path, base64) => files.set(path, Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))),
  };
})();
offline.start();
