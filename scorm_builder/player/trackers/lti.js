// Progress kept by the Partnerwise tool that serves the unit: GET and PUT of the relative address `progress`.

import { adopt, merge } from "../progress.js";
import { forget, keep, recall } from "../storage.js";
import { SaveFailed } from "../tracker.js";
import { outlasts } from "./outlasting.js";

const ADDRESS = "progress";

// The tool serves one unit at a time, and keeps that unit's progress.
export function createLti(scope, request = (...args) => window.fetch(...args)) {
  const unit = scope.single;
  const asWhole = (progress) => progress && { current: unit.id, units: { [unit.id]: progress } };
  // Until the tool has said who this is, the address itself (it names the launch) keeps people apart.
  let localKey = `pw:${unit.course}:${unit.id}:${window.location.pathname}`;
  let who = "";
  let known = null;
  let read = false;
  let leaving = false;

  async function readSaved() {
    const { saved, learner } = await talk(request, "GET");
    if (learner?.key) localKey = `pw:${unit.course}:${unit.id}:${learner.key}`;
    who = learner?.key ?? "";
    known = saved;
    read = true;
  }

  return {
    condition: "normal",
    get learner() {
      return who;
    },
    async open() {
      await readSaved().catch(() => {});
      const local = recall(localKey);
      return asWhole(local ? merge(adopt(local, unit), known, unit) : known);
    },
    async save({ units }) {
      const progress = units[unit.id];
      keep(localKey, progress);
      // Without having read what is there, nothing is written over it.
      if (!read && !leaving) await readSaved();
      if (!read) throw new SaveFailed();
      const whole = known ? merge(progress, adopt(known, unit), unit) : progress;
      const { saved_at: at } = await talk(request, "PUT", whole);
      if (JSON.stringify(recall(localKey)) === JSON.stringify(progress)) forget(localKey);
      return { at: at ? new Date(at) : new Date(), browserOnly: [] };
    },
    close() {
      leaving = true;
    },
  };
}

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
  if (response.ok) return answer;
  throw new SaveFailed(answer.title ?? "", { ended: response.status === 401 });
}
