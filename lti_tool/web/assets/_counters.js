// Keeps word and character counters up to date. They speak only at the limit, as part of the field's description.

import { countCharacters, countWords } from "./_counting.js";

/** Show `count` words in a counter that the macro word_counter made. */
export function showWords(counter, count) {
  const { least, most, textOne, textMany } = counter.dataset;
  const target = counter.dataset.target ?? counter.textContent.trim();
  counter.dataset.target = target;
  counter.textContent = [count === 1 ? textOne : textMany.replace("{count}", count), target].filter(Boolean).join(" · ");
  counter.dataset.over = String(Boolean(most) && count > Number(most));
  counter.dataset.enough = String(Boolean(least) && count >= Number(least) && counter.dataset.over === "false");
}

/** Show in a counter that the macro letter_counter made how many characters are left, or too many. */
export function showLetters(counter, count) {
  const { most, textLeft, textOver } = counter.dataset;
  const left = Number(most) - count;
  counter.textContent = (left < 0 ? textOver : textLeft).replace("{count}", Math.abs(left));
  counter.dataset.over = String(left < 0);
}

function update(field) {
  const words = document.querySelector(`[data-pw-words="${field.id}"]`);
  const letters = document.querySelector(`[data-pw-letters="${field.id}"]`);
  if (words) showWords(words, countWords(field.value));
  if (letters) showLetters(letters, countCharacters(field.value));
}

export function listenForCounters(root) {
  root.addEventListener("input", ({ target }) => target.id && "value" in target && update(target));
  for (const counter of root.querySelectorAll("[data-pw-words], [data-pw-letters]")) {
    const field = document.getElementById(counter.dataset.pwWords ?? counter.dataset.pwLetters);
    if (field && "value" in field) update(field);
  }
}
