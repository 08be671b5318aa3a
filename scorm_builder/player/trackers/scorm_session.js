// A visit to a SCORM LMS, whatever its edition: begin, resume, save, end. The edition says how things are named.

import { createElements } from "./elements.js";
import { createInteractions } from "./interactions.js";
import { objectiveValues } from "./objectives.js";
import { decode, encode } from "./suspend.js";
import { createTexts } from "./texts.js";

const READ_ONLY_MODES = ["review", "browse"];
const FINAL = ["passed", "completed"];

// `edition`: names (elements), limit (characters of suspend_data), needed (elements), interactions and objectives (rules),
// begin(elements, get, readOnly) -> the status kept so far; values(whole, scope, seconds) -> {now, later}, each of
// [[element, value]]: what is later may follow a moment after, so that a page turn takes few calls.
export function createScormSession(scope, calls, edition) {
  const { names } = edition;
  const elements = createElements(calls, edition.needed);
  const interactions = createInteractions(calls, scope, edition.interactions);
  let who = null;
  const learner = () => {
    who ??= calls.get(names.learner);
    return who;
  };
  const texts = createTexts(scope, learner);
  let before = 0;
  let open = true;

  function readSaved(status) {
    const text = calls.get(names.suspend);
    const saved = decode(text, scope, texts.read);
    if (!saved) return null;
    elements.known(names.suspend, text);
    const unit = scope.single && saved.units[scope.single.id];
    if (unit && FINAL.includes(status)) unit.status = status;
    interactions.remember(saved.units);
    before = Object.values(saved.units).reduce((sum, { seconds }) => sum + seconds, 0);
    return saved;
  }

  return {
    condition: "normal",
    get learner() {
      return learner();
    },
    async open() {
      if (READ_ONLY_MODES.includes(calls.get(names.mode))) this.condition = "review";
      const status = edition.begin(elements, calls.get, this.condition === "review");
      return readSaved(status);
    },
    async save(whole, { last = false } = {}) {
      if (this.condition === "review") return { at: new Date(), browserOnly: [] };
      const { text, browserOnly } = encode(whole, scope, edition.limit);
      texts.keep(whole, browserOnly);
      interactions.record(whole.units);
      elements.set(names.suspend, text);
      const { now, later } = edition.values(whole, scope, whole.seconds - before);
      for (const [element, value] of now) elements.set(element, value);
      const objectives = objectiveValues(whole.units, scope, edition.objectives);
      const more = elements.setSome([...later, ...objectives], last);
      elements.commit();
      return { at: new Date(), browserOnly, more };
    },
    close() {
      if (open) calls.finish();
      open = false;
    },
  };
}
