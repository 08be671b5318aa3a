// Keeps word and character counters up to date. They speak only at the limit, as part of the field's description.

/** The words of a text: runs of letters or digits, in any script. */
export function countWords(text) {
  return (text.match(/[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*/gu) ?? []).length;
}

/** Show `count` words in a counter that the macro word_counter made. */
export function showWords(counter, count) {
  const { least, most, textOne, textMany } = counter.dataset;
  const target = counter.dataset.target ?? counter.textContent.trim();
  counter.dataset.target = target;
  counter.textContent = [count === 1 ? textOne : textMany.replace("{count}", count), target].filter(Boolean).join(" · ");
  counter.dataset.over = String(Boolean(most) && count > Number(most));
  counter.dataset.enough = String(Boolean(least) && count >= Number(least) && counter.dataset.over === "false");
}

function showLetters(counter, text) {
  const left = Number(counter.dataset.most) - [...text].length;
  counter.textContent = counter.dataset.textLeft.replace("{count}", left);
  counter.dataset.over = String(left <= 0);
}

function update(field) {
  const words = document.querySelector(`[data-pw-words="${field.id}"]`);
  const letters = document.querySelector(`[data-pw-letters="${field.id}"]`);
  if (words) showWords(words, countWords(field.value));
  if (letters) showLetters(letters, field.value);
}

export function listenForCounters(root) {
  root.addEventListener("input", ({ target }) => target.id && "value" in target && update(target));
  for (const counter of root.querySelectorAll("[data-pw-words], [data-pw-letters]")) {
    const field = document.getElementById(counter.dataset.pwWords ?? counter.dataset.pwLetters);
    if (field && "value" in field) update(field);
  }
}
