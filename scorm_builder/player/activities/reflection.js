// A few sentences of one's own, with a limit that is shown and never cuts. Given: the text.

import { countCharacters } from "./characters.js";
import { questionIn } from "./wording.js";

const field = (element) => element.querySelector("textarea");
const limit = (element) => Number(field(element).dataset.limit);
const length = (text) => countCharacters(text.trim());
const after = (element) => element.querySelectorAll('[data-when="kept"]');

function count(element, say) {
  const left = limit(element) - length(field(element).value);
  const place = element.querySelector("[data-count]");
  place.dataset.over = String(left < 0);
  place.textContent = left < 0 ? say("characters_over", { over: -left }) : say("characters_left", { left });
}

export const reflection = {
  // `limit`: characters.
  question: (element) => ({ limit: limit(element) }),
  mount(element, unit, changed) {
    count(element, unit.say);
    element.addEventListener("input", () => {
      count(element, unit.say);
      changed();
    });
  },
  given: (element) => field(element).value,
  show(element, given, say) {
    field(element).value = given ?? "";
    count(element, say);
  },
  missing(question, given) {
    if (given.trim() === "") return ["nothing_written"];
    const over = length(given) - question.limit;
    return over > 0 ? ["characters_over", { over }] : null;
  },
  mark: () => ({ points: null, said: ["kept"] }),
  reveal(element) {
    for (const part of after(element)) part.hidden = false;
  },
  hide(element) {
    for (const part of after(element)) part.hidden = true;
  },
  wording: (element) => ({ question: questionIn(element) }),
  interactions: (question, given) => [{ type: "fill-in", response: given, result: "neutral", own: true }],
};
