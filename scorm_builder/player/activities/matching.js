// Matching by selects. Given: for each left the number of the right chosen, or null.

import { questionIn, wordsOf } from "./wording.js";

const pairs = (element) => [...element.querySelectorAll(".pw-pair")];
const correct = (pair) => Number(pair.dataset.correct);
const hits = ({ right }, given) => right.filter((place, left) => given[left] === place).length;

export const matching = {
  // `right`: for each left the number of its right.
  question: (element) => ({ right: pairs(element).map(correct) }),
  mount(element, unit, changed) {
    element.addEventListener("change", () => changed());
  },
  given(element) {
    return pairs(element).map((pair) => {
      const { value } = pair.querySelector("select");
      return value === "" ? null : Number(value);
    });
  },
  show(element, given) {
    pairs(element).forEach((pair, place) => {
      pair.querySelector("select").value = String(given[place] ?? "");
    });
  },
  missing(question, given) {
    const missing = given.filter((place) => place === null).length;
    return missing ? ["some_missing", { missing }] : null;
  },
  mark(question, given) {
    const [right, all] = [hits(question, given), given.length];
    const points = Math.floor((100 * right) / all);
    if (right === all) return { points, said: ["right"] };
    return { points, said: right ? ["partly", { right, all }] : ["wrong"] };
  },
  reveal(element, given, say) {
    pairs(element).forEach((pair, place) => {
      const right = given[place] === correct(pair);
      const feedback = pair.querySelector(".pw-feedback");
      pair.dataset.verdict = right ? "right" : "wrong";
      pair.querySelector("[data-mark]").textContent = say(right ? "your_choice_right" : "your_choice_wrong");
      feedback.hidden = feedback.textContent === "";
    });
  },
  hide(element) {
    for (const pair of pairs(element)) {
      pair.dataset.verdict = "";
      pair.querySelector("[data-mark]").textContent = "";
      pair.querySelector(".pw-feedback").hidden = true;
    }
  },
  // The rights stand in another order than in the source; each select knows their numbers.
  wording(element) {
    const values = [...pairs(element)[0].querySelectorAll("option")].map(({ value }) => value).filter((value) => value !== "");
    const target = [];
    element.querySelectorAll(".pw-rights li").forEach((right, place) => { target[Number(values[place])] = wordsOf(right); });
    const source = pairs(element).map((pair) => wordsOf(pair.querySelector("label")));
    return { question: questionIn(element), parts: { source, target } };
  },
  interactions(question, given) {
    const together = (rights) => rights.map((right, left) => [left, right]);
    const result = hits(question, given) === given.length ? "right" : "wrong";
    return [{ type: "matching", response: together(given), correct: together(question.right), result }];
  },
};
