// Ordering with two buttons a line. Given: the items' numbers (in the right order 0, 1, 2 …) as they stand now.

import { questionIn, wordsOf } from "./wording.js";

const lines = (element) => [...element.querySelectorAll("[data-item]")];
const given = (element) => lines(element).map((line) => Number(line.dataset.item));
const inPlace = (order) => order.filter((item, place) => item === place).length;

function move(line, step, unit, element) {
  const all = lines(element);
  const place = all.indexOf(line) + step;
  if (place < 0 || place >= all.length) return false;
  all[place][step < 0 ? "before" : "after"](line);
  const item = line.querySelector("[data-text]").textContent;
  element.querySelector("[data-outcome]").textContent = unit.say("moved", { item, place: place + 1, all: all.length });
  return true;
}

export const ordering = {
  question: () => ({}), // The right order is that of the numbers.
  given,
  mount(element, unit, changed) {
    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-move]");
      if (!button || !move(button.closest("[data-item]"), Number(button.dataset.move), unit, element)) return;
      button.focus();
      changed();
    });
  },
  show(element, order) {
    const list = element.querySelector(".pw-order");
    for (const item of order) list.append(element.querySelector(`[data-item="${item}"]`));
  },
  missing: () => null,
  mark(question, order) {
    const [right, all] = [inPlace(order), order.length];
    const points = Math.floor((100 * right) / all);
    if (right === all) return { points, said: ["right"] };
    return { points, said: right ? ["partly", { right, all }] : ["wrong"] };
  },
  reveal(element, order, say) {
    const solved = inPlace(order) === order.length;
    lines(element).forEach((line, place) => {
      const right = order[place] === place;
      line.dataset.verdict = right ? "right" : "wrong";
      line.querySelector("[data-mark]").textContent = say(right ? "place_right" : "place_wrong");
    });
    element.querySelector('[data-when="right"]').hidden = !solved;
    element.querySelector('[data-when="wrong"]').hidden = solved;
  },
  hide(element) {
    for (const line of lines(element)) {
      line.dataset.verdict = "";
      line.querySelector("[data-mark]").textContent = "";
    }
    for (const feedback of element.querySelectorAll("[data-when]")) feedback.hidden = true;
  },
  wording(element) {
    const choices = [];
    for (const line of lines(element)) choices[Number(line.dataset.item)] = wordsOf(line.querySelector("[data-text]"));
    return { question: questionIn(element), parts: { choices } };
  },
  interactions(question, order) {
    const correct = order.map((_, place) => place);
    return [{ type: "sequencing", response: order, correct, result: inPlace(order) === order.length ? "right" : "wrong" }];
  },
};
