// What the button of /integrity/ does: fetches every file that the manifest lists, and tells which is not what it says; then whose signature the manifest bears.
import { blake2b } from "./blake2b.js";

const root = new URL("../", import.meta.url);
const MANIFEST = "manifest-sha256.txt", SIGNATURE = `${MANIFEST}.minisig`;
const AT_ONCE = 6, MOST_SHOWN = 50, MOST_SIGNATURE = 8192;
const NOT_HANDED_OUT = ["_redirects"]; // hosts read it, and give it to nobody

/** @param {string} path */
const get = (path) => fetch(new URL(path.replace(/(^|\/)index\.html$/, "$1"), root), { cache: "no-store" });
/** @param {string} text */
const bytesOf = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

/** @param {BufferSource} data */
async function digest(data) {
  return Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", data)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {string} text */
const listed = (text) => text.split("\n").filter((line) => /^[0-9a-f]{64} {2}./.test(line)).map((line) => [line.slice(66), line.slice(0, 64)]).filter(([path]) => !NOT_HANDED_OUT.includes(path));

/** Files that are missing or not what the manifest says. @param {string[][]} files @param {(done: number) => void} tell */
async function different(files, tell) {
  /** @type {string[]} */
  const found = [];
  const waiting = [...files];
  const take = async () => {
    for (let file; (file = waiting.shift());) {
      const [path, wanted] = file;
      const answer = await get(path).catch(() => undefined);
      if (!answer || (await digest(await answer.arrayBuffer())) !== wanted) found.push(path);
      tell(files.length - waiting.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
  return found.sort();
}

/** @param {Uint8Array<ArrayBuffer>} key @param {Uint8Array<ArrayBuffer>} signature @param {Uint8Array<ArrayBuffer>} data */
async function isSigned(key, signature, data) {
  return crypto.subtle.verify("Ed25519", await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]), signature, data);
}

/** What is to be said of the manifest's signature. @param {Uint8Array<ArrayBuffer>} manifest @param {HTMLElement[]} keys */
async function signed(manifest, keys) {
  const answer = await get(SIGNATURE).catch(() => undefined);
  if (!answer?.ok) return "ليس مع القائمة توقيع منشور.";
  const lines = (await answer.text()).slice(0, MOST_SIGNATURE).split("\n");
  const comment = /^trusted comment: (.*)$/.exec(lines[2] ?? "")?.[1];
  try {
    const [signature, seal] = [bytesOf(lines[1]), bytesOf(lines[3])];
    const [kind, value] = [String.fromCharCode(...signature.subarray(0, 2)), signature.slice(10)];
    const key = keys.find((part) => bytesOf(part.dataset.key ?? "").slice(2, 10).every((byte, place) => byte === signature[2 + place]));
    if (comment === undefined || value.length !== 64 || seal.length !== 64 || !["Ed", "ED"].includes(kind)) return "التوقيع المنشور تالف.";
    if (!key) return "التوقيع المنشور بمفتاح ليس بين مفاتيح هذه الصفحة.";
    const raw = bytesOf(key.dataset.key ?? "").slice(10);
    const sealed = new Uint8Array([...value, ...new TextEncoder().encode(comment)]);
    const right = (await isSigned(raw, value, kind === "ED" ? blake2b(manifest) : manifest)) && (await isSigned(raw, seal, sealed));
    if (!right) return "التوقيع المنشور ليس لهذه القائمة: لا تثق بما هنا.";
    const moment = Number(/(?:^|\t)timestamp:(\d{1,12})(?:\t|$)/.exec(comment)?.[1] ?? 0);
    const day = new Date(1000 * moment).toISOString().slice(0, 10);
    if (key.dataset.until && day > key.dataset.until) return `القائمة موقّعة بمفتاح انتهى: وُقّعت في ${day}، وآخر يوم له ${key.dataset.until}. لا تثق بها.`;
    return `القائمة موقّعة بالمفتاح ${key.dataset.name}، وتاريخ التوقيع كما كُتب فيه ${day}. قارن المفتاح بنسخة منه وصلتك من طريق آخر.`;
  } catch (error) {
    const old = error instanceof DOMException && error.name === "NotSupportedError";
    return old ? "متصفحك لا يتحقق من التوقيع: استعمل minisign." : "التوقيع المنشور تالف.";
  }
}

/** @param {Element} place @param {...(string | Node)} words */
function say(place, ...words) {
  const line = document.createElement("p");
  line.append(...words);
  place.append(line);
  return line;
}

/** @param {string} text */
function ltr(text) {
  const part = document.createElement("bdi");
  part.dir = "ltr";
  part.textContent = text;
  return part;
}

/** @param {Element} button */
export async function act(button) {
  const part = button.closest("[data-check]");
  const place = /** @type {Element} */ (part?.querySelector("output"));
  const { format } = new Intl.NumberFormat(`ar-u-nu-${part?.getAttribute("data-check")}`);
  if (!(button instanceof HTMLButtonElement) || button.disabled) return;
  place.replaceChildren();
  if (!location.protocol.startsWith("http") || !globalThis.crypto?.subtle) {
    say(place, "يتحقق المتصفح من موقع منشور بعنوان https وحده. لنسخة على قرص استعمل الأوامر أدناه.");
    return;
  }
  button.disabled = true;
  try {
    const answer = await get(MANIFEST);
    if (!answer.ok) throw new Error(MANIFEST);
    const manifest = new Uint8Array(await answer.arrayBuffer());
    say(place, "بصمة القائمة، وهي ما يقارن بنسخة وصلتك من طريق آخر: ", ltr(await digest(manifest)));
    const files = listed(new TextDecoder().decode(manifest));
    const progress = say(place, "");
    const found = await different(files, (done) => {
      progress.textContent = `فُحص ${format(done)} من ${format(files.length)}`;
    });
    say(place, found.length ? `هذه الملفات ليست كما تقول القائمة، أو لم تُعطَ، وعددها ${format(found.length)}:` : "كل الملفات كما تقول القائمة.").dataset.outcome = found.length ? "different" : "same";
    for (const path of found.slice(0, MOST_SHOWN)) say(place, ltr(path));
    say(place, await signed(manifest, [...document.querySelectorAll("[data-key]")].filter((part) => part instanceof HTMLElement))).dataset.signature = "";
  } catch {
    say(place, "لم تُعطَ القائمة: تحقق من الاتصال، وأعد المحاولة.");
  }
  button.disabled = false;
}
