// Seals texts under this person's key, which the server gives to the page and no browser keeps (AES-GCM, by WebCrypto).

const ALGORITHM = "AES-GCM";
const PART = 0x8000; // what a call takes as arguments

/** @type {Promise<CryptoKey | null> | null} */
let opening = null;

/** The page's key; null where the page is nobody's, or where the browser has no WebCrypto: plain http does not. */
function theKey() {
  opening ??= importKey(document.querySelector('meta[name="pw-drafts"]')?.content ?? "");
  return opening;
}

async function importKey(text) {
  if (!text) return null;
  try {
    return await crypto.subtle.importKey("raw", fromBase64(text), ALGORITHM, false, ["encrypt", "decrypt"]);
  } catch {
    return null;
  }
}

/** Whether this page can seal anything. */
export async function canSeal() {
  return Boolean(await theKey());
}

/** Seal nothing more on this page: its person has left, and whatever still wants to keep something comes too late. */
export function stopSealing() {
  opening = Promise.resolve(null);
}

/** What to keep of this value under this name: a text, which fits under no other name. Rejects where nothing can be sealed. */
export async function seal(name, value) {
  const key = /** @type {CryptoKey} */ (await theKey());
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  const sealed = await crypto.subtle.encrypt({ name: ALGORITHM, iv, additionalData: new TextEncoder().encode(name) }, key, plain);
  return `${toBase64(iv)}.${toBase64(new Uint8Array(sealed))}`;
}

/** The value again; null where it is another person's, or was changed. */
export async function unseal(name, text) {
  try {
    const [iv, sealed] = String(text).split(".").map(fromBase64);
    const additionalData = new TextEncoder().encode(name);
    const key = /** @type {CryptoKey} */ (await theKey());
    const plain = await crypto.subtle.decrypt({ name: ALGORITHM, iv, additionalData }, key, sealed);
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    return null;
  }
}

function toBase64(bytes) {
  const parts = [];
  for (let start = 0; start < bytes.length; start += PART) parts.push(String.fromCharCode(...bytes.subarray(start, start + PART)));
  return btoa(parts.join(""));
}

function fromBase64(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}
