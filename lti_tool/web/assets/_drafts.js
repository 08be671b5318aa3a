// Text that the server has not confirmed yet, kept in this browser (localStorage), sealed under its writer's key.
// Each open page keeps its own draft under `<key>#<page>`, so two tabs never overwrite each other's text.
//
// What is stored: {at, text}. When it was kept (ISO 8601) stands open, so that drafts end whoever's they are.

import { canSeal, seal, unseal } from "./_sealing.js";

const PREFIX = "partnerwise:draft:";
const PLAYER = /^pw:.*:unsent:/; // what the unit player keeps: the same promise holds for it
const LONGEST = 7 * 24 * 3600 * 1000; // milliseconds that a draft is kept

/** @type {Storage | null} */
let storage = null; // where there is any, and a key
/** @type {Map<string, {text: string, draft: any}>} */
const mine = new Map(); // this person's drafts, as they were when the page began

/** To be awaited before anything is put back: this person's drafts have been opened, and old ones are gone. */
export const draftsReady = begin();

async function begin() {
  const found = openStorage();
  if (!found) return;
  forgetOld(found);
  if (!(await canSeal())) return;
  storage = found;
  for (const name of namesIn(found).filter((one) => one.startsWith(PREFIX))) {
    const text = found.getItem(name) ?? "";
    const draft = await unseal(name, parsed(text)?.text);
    if (draft) mine.set(name, { text, draft });
  }
}

function openStorage() {
  try {
    const found = window.localStorage;
    found.setItem(`${PREFIX}probe`, "1");
    found.removeItem(`${PREFIX}probe`);
    return found;
  } catch {
    // Switched off, full, or barred inside a frame of another site.
    return null;
  }
}

function forgetOld(found) {
  const begins = new Date(Date.now() - LONGEST).toISOString();
  for (const name of namesIn(found)) {
    const ours = name.startsWith(PREFIX) || PLAYER.test(name);
    if (ours && !(parsed(found.getItem(name))?.at >= begins)) found.removeItem(name);
  }
}

function namesIn(found) {
  return Object.keys(found);
}

function parsed(text) {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return null;
  }
}

/**
 * Whether this browser holds text of this person that the server has not confirmed, from any of its windows; `learner` is
 * how the unit player calls them.
 */
export async function draftsLeft(learner) {
  return (await namesOfMine(learner)).length > 0;
}

/** Take all of this person's drafts out of this browser. */
export async function dropDrafts(learner) {
  for (const name of await namesOfMine(learner)) storage?.removeItem(name);
}

async function namesOfMine(learner) {
  const names = [];
  for (const name of storage ? namesIn(storage) : []) {
    const ofPlayer = learner && PLAYER.test(name) && name.includes(`:unsent:${learner}`);
    if (ofPlayer || (name.startsWith(PREFIX) && (await opens(name)))) names.push(name);
  }
  return names;
}

async function opens(name) {
  return Boolean(await unseal(name, parsed(storage?.getItem(name) ?? "")?.text));
}

export class Drafts {
  #prefix;
  #own;
  #turn = 0; // sealing takes a moment: only the newest is kept

  constructor(key) {
    this.#prefix = `${PREFIX}${key}#`;
    this.#own = this.#prefix + Math.random().toString(36).slice(2);
  }

  /** Whether this browser keeps anything. */
  get works() { return storage !== null; }

  /** Keep what this page holds; resolves to false if this browser keeps nothing. */
  async keep(draft) {
    this.#turn += 1;
    const turn = this.#turn;
    const at = new Date().toISOString();
    try {
      const text = await seal(this.#own, { ...draft, at });
      if (turn === this.#turn) /** @type {Storage} */ (storage).setItem(this.#own, JSON.stringify({ at, text }));
      return true;
    } catch {
      return false;
    }
  }

  /** The server has it: this page's copy goes. */
  drop() {
    this.#turn += 1;
    this.forget(this.#own);
  }

  forget(name) {
    mine.delete(name);
    try {
      storage?.removeItem(name);
    } catch {
      // What was never kept need not be forgotten.
    }
  }

  /** The latest draft that an earlier page left behind, or null: {name, at, …} and what was kept. */
  leftBehind() {
    const found = [...mine].filter(([name, { text }]) => name.startsWith(this.#prefix) && storage?.getItem(name) === text);
    const drafts = found.map(([name, { draft }]) => ({ name, ...draft }));
    return drafts.sort((one, other) => (one.at < other.at ? 1 : -1))[0] ?? null;
  }
}
