// Cards that are turned over one by one. Given: the numbers of the cards that were turned.

const buttons = (element) => [...element.querySelectorAll("[data-turn]")];
const turned = (element) => buttons(element).filter((button) => button.dataset.turned === "true");
const given = (element) => turned(element).map((button) => Number(button.dataset.turn));

function turn(button, open, say) {
  button.closest(".pw-flip").querySelector(".pw-back").hidden = !open;
  button.setAttribute("aria-expanded", String(open));
  button.textContent = open ? button.dataset.back : say("turn");
  if (open) button.dataset.turned = "true";
}

export const cards = {
  question: () => ({}),
  given,
  mount(element, unit, changed) {
    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-turn]");
      if (!button) return;
      const first = button.dataset.turned !== "true";
      turn(button, button.getAttribute("aria-expanded") !== "true", unit.say);
      if (first) changed({ checked: turned(element).length === buttons(element).length });
    });
  },
  show(element, cardsTurned, say) {
    for (const button of buttons(element)) {
      if (cardsTurned.includes(Number(button.dataset.turn))) turn(button, true, say);
    }
  },
  missing: () => null,
  mark: () => ({ points: null, said: ["kept"] }),
  reveal() {},
  hide() {},
  interactions: () => [],
};
