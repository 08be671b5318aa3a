// Self-assessment scales and polls: a level for each statement. Given: the level's number, or null, for each.

import { showComparison } from "./comparison.js";
import { levelsBefore, rememberBefore } from "./scales.js";
import { wordsOf } from "./wording.js";

const rows = (element) => [...element.querySelectorAll("[data-statement]")];
const radios = (row) => [...row.querySelectorAll("input")];

const moment = (element) => element.querySelector("[data-moment]")?.dataset.moment;
const ids = (element) => rows(element).map((row) => row.dataset.statement);

export const statements = {
  question: (element) => ({ ids: ids(element) }),
  mount(element, unit, changed) {
    element.addEventListener("change", () => changed());
  },
  given(element) {
    return rows(element).map((row) => {
      const place = radios(row).findIndex((radio) => radio.checked);
      return place < 0 ? null : place;
    });
  },
  show(element, given) {
    rows(element).forEach((row, place) => {
      radios(row).forEach((radio, level) => {
        radio.checked = level === given[place];
      });
    });
  },
  missing(question, given) {
    const missing = given.filter((level) => level === null).length;
    return missing ? ["some_missing", { missing }] : null;
  },
  mark: () => ({ points: null, said: ["kept"] }),
  reveal(element, given, say, { unit, answers }) {
    element.querySelector('[data-when="kept"]').hidden = false;
    if (moment(element) === "before") rememberBefore(unit, ids(element), given);
    if (moment(element) === "after") showComparison(element, given, levelsBefore(unit, answers()), say);
  },
  hide(element) {
    element.querySelector('[data-when="kept"]').hidden = true;
    element.querySelector("[data-comparison]")?.setAttribute("hidden", "");
  },
  wording(element) {
    const said = rows(element).map((row) => [row.dataset.statement, wordsOf(row.querySelector("legend"))]);
    const scale = [...rows(element)[0].querySelectorAll("label")].map(wordsOf);
    return { question: wordsOf(element.querySelector(".pw-question")), parts: { scale }, statements: Object.fromEntries(said) };
  },
  interactions({ ids: named }, given) {
    return named.map((id, place) => ({ id, type: "likert", response: [given[place]], result: "neutral" }));
  },
};
