// What the built HTML says about the unit: pages, activities, the declared rule, and every word the player may use.

import { questionOf, wordingOf } from "./activities/index.js";

export function readUnit(root) {
  const strings = JSON.parse(root.dataset.strings);
  const pages = [...root.querySelectorAll(".pw-page")].map((element) => ({
    id: element.id,
    key: element.dataset.key,
    element,
    heading: element.querySelector("h2"),
    here: Boolean(element.querySelector("h2").nextElementSibling), // or still to come (later.js)
  }));
  const activities = root.dataset.activities ? outlined(root) : [...root.querySelectorAll(".pw-activity")].map(inThePage);
  const { course, unit, version, check, draw } = root.dataset;
  const say = (key, values = {}) => strings[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const rule = { check: Number(check), draw: Number(draw ?? 0) };
  const reportsTexts = root.dataset.reportsTexts === "true"; // also what people write for themselves
  return { root, course, id: unit, key: root.dataset.key, version, language: root.lang, reportsTexts, ...rule, pages, activities, say };
}

const inThePage = (element) => ({
  id: element.dataset.activity,
  key: element.dataset.key,
  kind: element.dataset.kind,
  counts: element.dataset.counts === "true",
  pool: element.dataset.pool === "true",
  element,
  question: questionOf(element.dataset.kind, element),
  get wording() {
    return wordingOf(this.kind, this.element);
  },
});

// Where later pages are still to come, the unit lists its activities: `element` and `question` are null until their page
// is there.
function outlined(root) {
  return JSON.parse(root.dataset.activities).map((activity) => ({
    ...activity,
    get element() {
      return root.querySelector(`[data-activity="${activity.id}"]`);
    },
    get question() {
      return questionOf(activity.kind, this.element);
    },
    get wording() {
      return wordingOf(activity.kind, this.element);
    },
  }));
}
