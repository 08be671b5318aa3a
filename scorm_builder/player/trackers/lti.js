// Progress kept by the Partnerwise tool that serves the unit: GET and PUT of the relative address `progress`.
//
// Each save carries its name (`at`) and the names of all that it includes. Where the tool has one that is not among
// these, from another window or computer, it answers 409 with `current`, and the two are joined.

import { SaveFailed } from "../tracker.js";
import { createSealedStorage } from "../sealed_storage.js";
import { outlasts } from "./outlasting.js";
import { createUnsent } from "./unsent.js";

const ADDRESS = "progress";
const PREFIX = "pw:";
const MOST_JOINS = 3; // in one save, where others keep saving meanwhile

// What the page that we stand in says of its learner, and what a request must carry.
const toolPage = {
  learner: () => document.querySelector("[data-learner]")?.dataset.learner ?? "",
  headers: () => ({
    "X-CSRFToken": document.querySelector('meta[name="csrf-token"]')?.content ?? "",
    // Where the browser keeps no cookies, the page knows how to say whose it is.
    ...window.partnerwise?.requestHeaders?.(),
  }),
};

// The page has a key of its learner's, which no browser keeps.
function sealedByPage() {
  return createSealedStorage(/** @type {any} */ (window).partnerwiseSealing);
}

// The tool serves one unit at a time, and keeps that unit's progress.
export function createLti(scope, { page = toolPage, request = (/** @type {Parameters<typeof fetch>} */ ...args) => window.fetch(...args), storage = sealedByPage() } = {}) {
  const unit = scope.single;
  const asWhole = (progress) => progress && { current: unit.id, units: { [unit.id]: progress } };
  const learner = page.learner();
  const unsent = createUnsent(scope, () => learner, storage);
  const ask = (method, body) => talk(request, page, method, body);

  async function read() {
    const { saved } = await ask("GET");
    return { whole: asWhole(saved), version: saved?.at ?? "" };
  }

  async function put(whole, at) {
    for (let tries = 0; tries < MOST_JOINS; tries += 1) {
      const { units } = unsent.keep(whole, at);
      const { saved_at: savedAt, current } = await ask("PUT", { ...units[unit.id], at, includes: unsent.versions });
      if (savedAt) return new Date(savedAt);
      unsent.join(asWhole(current), current.at ?? "");
    }
    throw new SaveFailed();
  }

  return {
    condition: "normal",
    learner,
    async open() {
      await storage.ready?.(PREFIX);
      const { whole, version } = await read().catch(() => ({ whole: null, version: null }));
      return unsent.recover(whole, version);
    },
    async save(whole, { last: leaving = false } = {}) {
      const at = unsent.nameOf(new Date());
      unsent.hold(whole);
      if (!unsent.versions) {
        // Without having read what is there, nothing is written over it.
        if (leaving) throw new SaveFailed();
        const theirs = await read();
        unsent.join(theirs.whole, theirs.version);
      }
      const savedAt = await put(whole, at);
      unsent.sent(at);
      return { at: savedAt, browserOnly: [] };
    },
    hold: (whole) => unsent.hold(whole),
    close() {},
  };
}

// Gives the answer's JSON; a 409 is an answer. What answers in the tool's place (a login page, a proxy) is none.
async function talk(request, page, method, body) {
  const headers = { Accept: "application/json", ...page.headers() };
  const text = body && JSON.stringify(body);
  if (text) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await request(ADDRESS, { method, headers, credentials: "same-origin", body: text, keepalive: outlasts(text) });
  } catch {
    throw new SaveFailed();
  }
  const answer = await response.json().catch(() => ({}));
  const expected = response.status === 409 ? "current" : method === "GET" ? "saved" : "saved_at";
  if ((response.ok || response.status === 409) && expected in Object(answer)) return answer;
  throw new SaveFailed(answer?.title ?? "", { ended: Boolean(answer?.session_ended) });
}
