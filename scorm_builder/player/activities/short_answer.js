// A word or two. Given: the text. How it is spelt makes little difference (spelling.js).

import { countCharacters } from "./characters.js";
import { isSameText } from "./spelling.js";
import { questionIn } from "./wording.js";

const LONGEST = 60; // characters; the field itself cuts nothing

const field = (element) => element.querySelector(".pw-input");

const isRight = ({ answers, language }, given) => answers.some((answer) => isSameText(answer, given, language));

export const shortAnswer = {
  // `answers`: those that are right, the first as an example; `language`: the one that they are written in.
  question: (element) => ({ answers: JSON.parse(field(element).dataset.answers), language: element.closest("[lang]").lang }),
  mount(element, unit, changed) {
    element.addEventListener("input", () => changed());
  },
  given: (element) => field(element).value,
  show(element, given) {
    field(element).value = given ?? "";
  },
  missing({ answers }, given) {
    if (given.trim() === "") return ["nothing_written"];
    const over = countCharacters(given.trim()) - Math.max(LONGEST, ...answers.map(countCharacters));
    return over > 0 ? ["characters_over", { over }] : null;
  },
  mark(question, given) {
    const right = isRight(question, given);
    return { points: right ? 100 : 0, said: [right ? "right" : "wrong"] };
  },
  reveal(element, given) {
    const right = isRight(shortAnswer.question(element), given);
    element.querySelector('[data-when="right"]').hidden = !right;
    element.querySelector('[data-when="wrong"]').hidden = right;
  },
  hide(element) {
    for (const feedback of element.querySelectorAll("[data-when]")) feedback.hidden = true;
  },
  wording: (element) => ({ question: questionIn(element) }),
  interactions(question, given) {
    const result = isRight(question, given) ? "right" : "wrong";
    return [{ type: "fill-in", response: given, correct: question.answers[0], result }];
  },
};
