// Progress kept by the Partnerwise tool that serves the unit: GET and PUT of the relative address `progress`.
//
// Each save carries its moment (`at`) and the moments of all that it includes. Where the tool has one that is not among
// these, from another window or computer, it answers 409 with `current`, and the two are joined.

import { SaveFailed } from "../tracker.js";
import { mergeWholes } from "../whole.js";
import { outlasts } from "./outlasting.js";
import { createUnsent } from "./unsent.js";

const ADDRESS = "progress";
const MOST_JOINS = 3; // in one save, where others keep saving meanwhile

// The tool serves one unit at a time, and keeps that unit's progress.
export function createLti(scope, request = (...args) => window.fetch(...args)) {
  const unit = scope.single;
  const asWhole = (progress) => progress && { current: unit.id, units: { [unit.id]: progress } };
  const learner = document.querySelector("[data-learner]")?.dataset.learner ?? "";
  const unsent = createUnsent(scope, () => learner);
  let theirs = null; // what was saved elsewhere since the visit began, or could not be read then

  function join(progress) {
    theirs = theirs ? mergeWholes(asWhole(progress), theirs, scope) : asWhole(progress);
    unsent.include(progress?.at ?? "");
  }

  async function read() {
    const { saved } = await talk(request, "GET");
    return saved;
  }

  async function put(whole, at) {
    for (let tries = 0; tries < MOST_JOINS; tries += 1) {
      const { units } = theirs ? mergeWholes(whole, theirs, scope) : whole;
      const answer = await talk(request, "PUT", { ...units[unit.id], at, includes: unsent.versions });
      if (!answer.current) return new Date(answer.saved_at);
      join(answer.current);
    }
    throw new SaveFailed();
  }

  return {
    condition: "normal",
    learner,
    async open() {
      try {
        const saved = await read();
        return unsent.recover(asWhole(saved), saved?.at ?? "");
      } catch {
        return unsent.recover(null, null);
      }
    },
    async save(whole, { last: leaving = false } = {}) {
      const at = new Date().toISOString();
      unsent.keep(whole, at);
      // Without having read what is there, nothing is written over it.
      if (!unsent.versions && leaving) throw new SaveFailed();
      if (!unsent.versions) join(await read());
      const savedAt = await put(whole, at);
      unsent.sent(at);
      return { at: savedAt, browserOnly: [] };
    },
    close() {},
  };
}

// Gives the answer's JSON; a 409 is an answer.
async function talk(request, method, body) {
  const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  // Where the browser keeps no cookies, the page that we stand in knows how to say whose it is.
  const proof = window.partnerwise?.requestHeaders?.();
  const headers = { Accept: "application/json", "X-CSRFToken": token, ...proof };
  const text = body && JSON.stringify(body);
  if (text) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await request(ADDRESS, { method, headers, credentials: "same-origin", body: text, keepalive: outlasts(text) });
  } catch {
    throw new SaveFailed();
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok || (response.status === 409 && answer.current)) return answer;
  throw new SaveFailed(answer.title ?? "", { ended: response.status === 401 });
}
