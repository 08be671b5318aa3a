// Lets the writer choose between two versions of a text, in the box that the macro conflict makes.

import { speakWhen } from "./_moments.js";

const WRITING = "input, textarea, [contenteditable]";

/**
 * Show both versions and wait for the choice: {choice: "mine"|"theirs"|"merged", text}.
 * `mine` and `theirs` are texts; `fill(element, text)` shows one (as plain text unless given); `who` and `at`
 * say whose the other is. The focus goes to the box, and back to where it was; but it stays with somebody who is
 * writing, whose next letters would go nowhere: the state of saving tells them, aloud too (macro save_state).
 */
export function chooseVersion(box, { mine, theirs, who = "", at = null, fill = setText }) {
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  fill(box.querySelector("[data-pw-mine]"), mine);
  fill(box.querySelector("[data-pw-theirs]"), theirs);
  box.querySelector("[data-pw-who]").textContent = whose(box, who, at);
  const merged = box.querySelector("[data-pw-merged]");
  merged.value = `${theirs}\n\n${mine}`;
  box.hidden = false;
  if (!before?.matches(WRITING)) box.querySelector(".pw-conflict-title").focus();
  return new Promise((decide) => {
    const choose = (event) => {
      const choice = event.target.closest("[data-pw-choice]")?.dataset.pwChoice;
      if (!choice) return;
      box.removeEventListener("click", choose);
      box.hidden = true;
      if (box.contains(document.activeElement) || document.activeElement === document.body) before?.focus?.();
      decide({ choice, text: { mine, theirs, merged: merged.value }[choice] });
    };
    box.addEventListener("click", choose);
  });
}

function whose(box, who, at) {
  const name = who || box.dataset.textSomebody;
  return at ? box.dataset.textTheirs.replace("{who}", name).replace("{time}", speakWhen(new Date(at))) : name;
}

function setText(element, text) {
  element.textContent = text;
}
