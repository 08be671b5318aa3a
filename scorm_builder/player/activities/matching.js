// Matching by selects. Given: for each left the number of the right chosen, or null.

const pairs = (element) => [...element.querySelectorAll(".pw-pair")];
const correct = (pair) => Number(pair.dataset.correct);
const hits = (element, given) => pairs(element).filter((pair, place) => given[place] === correct(pair)).length;

export const matching = {
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
  missing(element, given) {
    const missing = given.filter((place) => place === null).length;
    return missing ? ["some_missing", { missing }] : null;
  },
  mark(element, given) {
    const [right, all] = [hits(element, given), given.length];
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
  interactions(element, given) {
    const together = (rights) => rights.map((right, left) => [left, right]);
    const result = hits(element, given) === given.length ? "right" : "wrong";
    return [{ type: "matching", response: together(given), correct: together(pairs(element).map(correct)), result }];
  },
};
