// Shows what becomes of a text: nothing, saving, saved, kept, unkept, conflict, ended, ended-unkept, refused, blocked,
// oversized.
// Its words come from the macro save_state; `saving` is shown but not spoken, or a screen reader would never rest.

import { speakWhen } from "./_moments.js";

const WARNINGS = ["kept", "conflict"];
const FAILURES = ["unkept", "ended", "ended-unkept", "refused", "blocked", "oversized"];

/** Give the function that shows a state in `element`: (state, {at, reason}) => void. */
export function saveState(element) {
  const shown = element.querySelector(".pw-save-shown");
  const spoken = element.querySelector("[role=status]");
  return (state, { at = null, reason = "" } = {}) => {
    const time = at ? speakWhen(at) : "";
    const words = element.getAttribute(`data-text-${state}`).replace("{time}", time).replace("{reason}", reason);
    element.dataset.state = state;
    if (WARNINGS.includes(state)) element.dataset.tone = "warn";
    else if (FAILURES.includes(state)) element.dataset.tone = "bad";
    else delete element.dataset.tone;
    setText(shown, words);
    if (state !== "saving") setText(spoken, words);
  };
}

// The same words again are no news.
function setText(element, words) {
  if (element.textContent !== words) element.textContent = words;
}
