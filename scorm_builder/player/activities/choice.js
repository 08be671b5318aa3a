// Single and multiple choice. Given: the chosen option's number in the source; for several, a list of numbers. Options
// may stand in another order than in the source (order.js).

import { numberOf } from "../order.js";
import { questionIn, wordsOf } from "./wording.js";

const options = (element) => [...element.querySelectorAll(".pw-option")];
const input = (option) => option.querySelector("input");
const isRight = (option) => option.dataset.correct === "true";
const single = (element) => element.dataset.kind === "single-choice";
const numbers = (list, test) => list.filter(test).map(numberOf).sort((one, other) => one - other);
const chosen = (given) => (Array.isArray(given) ? given : given === null ? [] : [given]);

const hitsOf = ({ right }, given) => chosen(given).filter((number) => right.includes(number)).length;

// Each right choice counts for, each wrong one against; never less than nothing.
function pointsOf(question, given) {
  const hits = hitsOf(question, given);
  const misses = chosen(given).length - hits;
  return Math.max(0, Math.floor((100 * (hits - misses)) / question.right.length));
}

export const choice = {
  // `right`: the numbers of the right options.
  question: (element) => ({ single: single(element), right: numbers(options(element), isRight) }),
  mount(element, unit, changed) {
    element.addEventListener("change", () => changed());
  },
  given(element) {
    const list = numbers(options(element), (option) => input(option).checked);
    return single(element) ? (list[0] ?? null) : list;
  },
  show(element, given) {
    for (const option of options(element)) input(option).checked = chosen(given).includes(numberOf(option));
  },
  missing: (question, given) => (chosen(given).length === 0 ? ["nothing_chosen"] : null),
  mark(question, given) {
    const points = pointsOf(question, given);
    if (points === 100) return { points, said: ["right"] };
    if (question.single) return { points, said: ["wrong"] };
    const hits = hitsOf(question, given);
    const wrong = chosen(given).length - hits;
    const key = wrong ? "partly_more" : "partly";
    return { points, said: hits ? [key, { right: hits, all: question.right.length, wrong }] : ["wrong"] };
  },
  // Feedback on what was chosen; once all is right, on the other options too.
  reveal(element, given, say) {
    const solved = pointsOf(choice.question(element), given) === 100;
    for (const option of options(element)) {
      const mine = chosen(given).includes(numberOf(option));
      option.querySelector(".pw-feedback").hidden = !(mine || solved);
      option.dataset.verdict = mine ? (isRight(option) ? "right" : "wrong") : "";
      const said = isRight(option) ? "your_choice_right" : "your_choice_wrong";
      option.querySelector("[data-mark]").textContent = mine ? say(said) : "";
    }
  },
  hide(element) {
    for (const option of options(element)) {
      option.querySelector(".pw-feedback").hidden = true;
      option.dataset.verdict = "";
      option.querySelector("[data-mark]").textContent = "";
    }
  },
  wording(element) {
    const choices = [];
    for (const option of options(element)) choices[numberOf(option)] = wordsOf(option.querySelector("label"));
    return { question: questionIn(element), parts: { choices } };
  },
  interactions(question, given) {
    const result = pointsOf(question, given) === 100 ? "right" : "wrong";
    return [{ type: "choice", response: chosen(given), correct: question.right, result }];
  },
};
