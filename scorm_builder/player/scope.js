// What the package holds, as the built HTML says: one unit, or the outline of several with the files that they are in.

import { readUnit } from "./unit.js";

// `single` is the one unit; `shown` is the unit that is on the screen now.
export function readScope(page = document) {
  const root = page.querySelector(".pw-course");
  return root ? ofSeveral(readOutline(root)) : ofOne(readUnit(page.querySelector(".pw-unit")));
}

export function ofOne(unit) {
  return {
    course: unit.course,
    id: unit.id,
    language: unit.language,
    say: unit.say,
    units: [unit],
    single: unit,
    shown: unit,
    placeOf: (whole) => whole.units[unit.id].page,
  };
}

function readOutline(root) {
  const strings = JSON.parse(root.dataset.strings);
  const say = (key, values = {}) => strings[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  return { ...JSON.parse(root.dataset.outline), root, language: root.lang, say };
}

export function ofSeveral({ root, course, id, language, say, units }) {
  return {
    root,
    course,
    id,
    language,
    say,
    units,
    single: null,
    shown: null,
    placeOf: ({ current, units: begun }) => (current ? `${current}/${begun[current].page}` : ""),
  };
}
