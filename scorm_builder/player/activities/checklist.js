// Things to tick off. Given: the numbers of those ticked.

import { questionIn, wordsOf } from "./wording.js";

const ticks = (element) => [...element.querySelectorAll(".pw-tick input")];
const given = (element) => ticks(element).flatMap((tick, place) => (tick.checked ? [place] : []));

function count(element, say) {
  const said = say("ticked", { ticked: given(element).length, all: ticks(element).length });
  element.querySelector("[data-count]").textContent = said;
}

export const checklist = {
  question: () => ({}),
  given,
  mount(element, unit, changed) {
    count(element, unit.say);
    element.addEventListener("change", () => {
      count(element, unit.say);
      changed();
    });
  },
  show(element, ticked, say) {
    ticks(element).forEach((tick, place) => {
      tick.checked = ticked.includes(place);
    });
    count(element, say);
  },
  missing: (question, ticked) => (ticked.length === 0 ? ["nothing_chosen"] : null),
  mark: () => ({ points: null, said: ["kept"] }),
  reveal(element) {
    element.querySelector('[data-when="kept"]').hidden = false;
  },
  hide(element) {
    element.querySelector('[data-when="kept"]').hidden = true;
  },
  wording: (element) => ({
    question: questionIn(element),
    parts: { choices: [...element.querySelectorAll(".pw-tick label")].map(wordsOf) },
  }),
  interactions: (question, ticked) => [{ type: "choice", response: ticked, result: "neutral" }],
};
