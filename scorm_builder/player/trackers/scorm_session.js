// A visit to a SCORM LMS, whatever its edition: begin, resume, save, end. The edition says how things are named.

import { VERSION } from "../progress.js";
import { createElements } from "./elements.js";
import { createInteractions } from "./interactions.js";
import { createObjectives } from "./objectives.js";
import { decode, encode } from "./suspend.js";
import { createTexts } from "./texts.js";
import { createUnsent, pseudonym, versionOf } from "./unsent.js";

const READ_ONLY_MODES = ["review", "browse"];
const FINAL = ["passed", "completed"];

// `edition`: names (elements), limit (characters of suspend_data), needed (elements), interactions and objectives (rules),
// begin(elements, get, mode) -> the status kept so far; values(whole, scope, seconds) -> {now, later}, each of
// [[element, value]]: what is later may follow a moment after, so that a page turn takes few calls.
export function createScormSession(scope, calls, edition, storage) {
  const { names } = edition;
  const elements = createElements(calls, edition.needed);
  const interactions = createInteractions(calls, scope, edition.interactions);
  const objectives = createObjectives(elements, scope, edition.objectives);
  /** @type {any} */
  let who = null;
  const learner = () => {
    who ??= pseudonym(calls.get(names.learner));
    return who;
  };
  const texts = createTexts(scope, learner, storage);
  const unsent = createUnsent(scope, learner, storage);
  let before = 0;
  let open = true;
  let left = ""; // the version of the last save, which the end of the visit commits
  // What an LMS knows of an attempt whose answers it has lost: it is not taken back.
  let reached = { status: "", raw: 0 };

  function readSaved(status, text) {
    const saved = decode(text, scope, texts.read);
    const final = FINAL.includes(status);
    if (!saved && final) reached = { status, raw: Number(calls.get(names.score)) || 0 };
    if (!saved) return final && scope.single ? withStatus(status) : null;
    elements.known(names.suspend, text);
    const unit = scope.single && saved.units[scope.single.id];
    if (unit && final) unit.status = status;
    interactions.remember(saved.units);
    before = Object.values(saved.units).reduce((sum, { seconds }) => sum + seconds, 0);
    return saved;
  }

  const withStatus = (status) => ({ current: scope.single.id, units: { [scope.single.id]: { v: VERSION, status } } });

  function notTakenBack(whole) {
    const status = FINAL.includes(whole.status) ? whole.status : reached.status || whole.status;
    return { ...whole, status, score: (whole.score?.raw ?? 0) < reached.raw ? null : whole.score };
  }

  return {
    condition: "normal",
    get learner() {
      return learner();
    },
    async open() {
      const mode = calls.get(names.mode);
      const readOnly = READ_ONLY_MODES.includes(mode);
      if (readOnly) this.condition = "review";
      const status = edition.begin(elements, calls.get, readOnly ? mode : "normal");
      const text = calls.get(names.suspend);
      const saved = readSaved(status, text);
      return readOnly ? saved : unsent.recover(saved, versionOf(text));
    },
    async save(whole, { last = false } = {}) {
      if (this.condition === "review") return { at: null, browserOnly: [] };
      const { text, browserOnly } = encode(whole, scope, edition.limit);
      unsent.hold(whole);
      unsent.keep(whole, versionOf(text));
      texts.keep(whole, browserOnly);
      interactions.record(whole.units);
      elements.set(names.suspend, text);
      const { now, later } = edition.values(notTakenBack(whole), scope, whole.seconds - before);
      for (const [element, value] of now) elements.set(element, value);
      const more = elements.setSome(later, last) || objectives.tell(whole.units, last);
      // The end of the visit commits as well (SCORM 1.2 RTE, 3.3.4.2; SCORM 2004 RTE, 3.1.3.2). Many LMSs send both by
      // a beacon, and browsers take 64 kB of all beacons of a page that goes away: two of them would not fit.
      if (last) left = versionOf(text);
      else {
        elements.commit();
        unsent.sent(versionOf(text));
      }
      return { at: new Date(), browserOnly, more };
    },
    close() {
      if (open && calls.finish() && left) unsent.sent(left);
      open = false;
    },
  };
}
