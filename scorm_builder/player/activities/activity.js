// What all activities share: filling in, checking, feedback, trying again, and what is handed to the player.

import { KINDS } from "./index.js";

// `answers` gives all answers so far; `change` takes {given, checked, points}.
export function mountActivity(activity, unit, answers, change) {
  const kind = KINDS[activity.kind];
  const { element, question } = activity;
  const outcome = element.querySelector("[data-outcome]");
  const check = element.querySelector("[data-check]");
  const again = element.querySelector("[data-again]");
  const blank = kind.given(element);
  if (outcome) outcome.tabIndex = -1;

  // A question of the closing check is answered once: another attempt brings other questions.
  function settle(given) {
    const { points, said } = kind.mark(question, given);
    lock(element, true);
    check.hidden = true;
    again.hidden = activity.pool;
    kind.reveal(element, given, unit.say, { unit, answers });
    outcome.dataset.outcome = points === null ? "kept" : points === 100 ? "right" : "wrong";
    outcome.textContent = unit.say(...said);
    return points;
  }

  function unsettle() {
    lock(element, false);
    check.hidden = false;
    again.hidden = true;
    kind.hide(element);
    outcome.textContent = "";
    outcome.dataset.outcome = "";
  }

  function submit(event) {
    event.preventDefault();
    if (!check || check.hidden) return;
    const given = kind.given(element);
    const missing = kind.missing(question, given);
    outcome.textContent = missing ? unit.say(...missing) : "";
    outcome.dataset.outcome = missing ? "missing" : "";
    if (missing) return;
    const points = settle(given);
    (again.hidden ? outcome : again).focus();
    change({ given, checked: true, points });
  }

  element.querySelector("form").addEventListener("submit", submit);
  again?.addEventListener("click", () => {
    unsettle();
    element.querySelector("form input, form select, form textarea, form button:not([hidden])")?.focus();
    change({ given: kind.given(element), checked: false, points: null });
  });
  const changed = (extra = {}) => change({ given: kind.given(element), checked: false, points: null, ...extra });
  kind.mount(element, unit, changed);

  const saved = answers()[activity.id];
  if (saved) {
    kind.show(element, saved.given, unit.say);
    if (saved.checked && again) settle(saved.given);
  }
  return {
    browserOnly: (only) => warn(element, kind, unit, only),
    reset() {
      unsettle();
      kind.show(element, blank, unit.say);
    },
  };
}

// Locked answers stay readable and in the order of the Tab key's path; only their change is refused.
function lock(element, locked) {
  for (const control of element.querySelectorAll("fieldset, textarea, .pw-input")) {
    if (!control.matches("fieldset")) control.readOnly = locked;
    else control.disabled = locked;
  }
}

// A text that only this browser keeps: a warning, and a button that copies it for the journal.
function warn(element, kind, unit, only) {
  const place = element.querySelector("[data-browser-only]");
  if (!place || place.hidden === !only) return;
  place.hidden = !only;
  place.replaceChildren();
  if (!only) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pw-button";
  button.textContent = unit.say("copy");
  button.addEventListener("click", async () => {
    await copy(element, kind.given(element));
    button.textContent = unit.say("copied");
  });
  place.append(unit.say("browser_only"), " ", button);
}

// Frames of some LMSs may not use the clipboard: then the text is selected, to be copied by hand.
async function copy(element, text) {
  try {
    await window.navigator.clipboard.writeText(text);
  } catch {
    element.querySelector("textarea").select();
    document.execCommand("copy");
  }
}
