// A word or two. Given: the text. How it is spelt makes little difference (spelling.js).

import { isSameText } from "./spelling.js";

const field = (element) => element.querySelector(".pw-input");
const accepted = (element) => JSON.parse(field(element).dataset.answers);
const language = (element) => element.closest("[lang]").lang;

const isRight = (element, given) => accepted(element).some((answer) => isSameText(answer, given, language(element)));

export const shortAnswer = {
  mount(element, unit, changed) {
    element.addEventListener("input", () => changed());
  },
  given: (element) => field(element).value,
  show(element, given) {
    field(element).value = given ?? "";
  },
  missing: (element, given) => (given.trim() === "" ? ["nothing_written"] : null),
  mark(element, given) {
    const right = isRight(element, given);
    return { points: right ? 100 : 0, said: [right ? "right" : "wrong"] };
  },
  reveal(element, given) {
    const right = isRight(element, given);
    element.querySelector('[data-when="right"]').hidden = !right;
    element.querySelector('[data-when="wrong"]').hidden = right;
  },
  hide(element) {
    for (const feedback of element.querySelectorAll("[data-when]")) feedback.hidden = true;
  },
  interactions(element, given) {
    const result = isRight(element, given) ? "right" : "wrong";
    return [{ type: "fill-in", response: given, correct: accepted(element)[0], result }];
  },
};
