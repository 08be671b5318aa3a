// Text that the server has not confirmed yet, kept in this browser (localStorage).
// Each open page keeps its own draft under `<key>#<page>`, so two tabs never overwrite each other's text.

const PREFIX = "partnerwise:draft:";

function openStorage() {
  try {
    const storage = window.localStorage;
    storage.setItem(`${PREFIX}probe`, "1");
    storage.removeItem(`${PREFIX}probe`);
    return storage;
  } catch {
    // Switched off, full, or barred inside a frame of another site.
    return null;
  }
}

export class Drafts {
  #prefix;
  /** @type {any} */
  #storage = openStorage();
  #own;

  constructor(key) {
    this.#prefix = `${PREFIX}${key}#`;
    this.#own = this.#prefix + Math.random().toString(36).slice(2);
  }

  /** Keep what this page holds; false if this browser keeps nothing. */
  keep({ value, version, sent }) {
    try {
      this.#storage.setItem(this.#own, JSON.stringify({ value, version, sent, at: new Date().toISOString() }));
      return true;
    } catch {
      return false;
    }
  }

  /** The server has it: this page's copy goes. */
  drop() {
    this.forget(this.#own);
  }

  forget(name) {
    try {
      this.#storage.removeItem(name);
    } catch {
      // What was never kept need not be forgotten.
    }
  }

  /** The latest draft that an earlier page left behind, or null: {name, value, version, sent, at}. */
  leftBehind() {
    const found = this.#names().map((name) => this.#read(name)).filter(Boolean);
    return found.sort((one, other) => (one.at < other.at ? 1 : -1))[0] ?? null;
  }

  #names() {
    if (!this.#storage) return [];
    return Object.keys(this.#storage).filter((name) => name.startsWith(this.#prefix) && name !== this.#own);
  }

  #read(name) {
    try {
      return { name, ...JSON.parse(this.#storage.getItem(name)) };
    } catch {
      this.forget(name);
      return null;
    }
  }
}
