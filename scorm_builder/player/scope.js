// What the package holds, as the built HTML says: one unit, or the outline of several with the files that they are in.

import { readUnit } from "./unit.js";

// `single` is the one unit; `shown` is the unit that is on the screen now.
export function readScope(page = document) {
  const root = page.querySelector(".pw-course");
  return root ? ofSeveral(root) : ofOne(readUnit(page.querySelector(".pw-unit")));
}

function ofOne(unit) {
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

function ofSeveral(root) {
  const { course, id, units } = JSON.parse(root.dataset.outline);
  const strings = JSON.parse(root.dataset.strings);
  const say = (key, values = {}) => strings[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  return {
    root,
    course,
    id,
    language: root.lang,
    say,
    units,
    single: null,
    shown: null,
    placeOf: ({ current, units: begun }) => (current ? `${current}/${begun[current].page}` : ""),
  };
}
