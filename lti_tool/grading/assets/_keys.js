// The keys of the desk. Figures choose a level at once, wherever on the page one is, but for fields of words; who
// does not want that switches it off (WCAG 2.2, 2.1.4), and they then work within a row of levels only.

const WORDS = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])";

/** Listen on the page; `walk("next" | "previous")` and `finish()` are what the keys do beyond the form. */
export function listenForKeys(form, { walk, finish, changed, everywhere }) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return act(event, finish);
    if (event.altKey && event.key === "PageDown") return act(event, () => walk("next"));
    if (event.altKey && event.key === "PageUp") return act(event, () => walk("previous"));
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const row = rowFor(event.target, form, everywhere());
    if (row) inRow(event, row, form, changed);
  });
}

// The row of levels that a figure is meant for: the one that one is in, else the first without a level.
function rowFor(target, form, everywhere) {
  if (target.matches("input[type=radio]") && form.contains(target)) return target.closest(".pw-criterion");
  if (!everywhere || target.closest(WORDS) || document.querySelector("dialog[open]")) return null;
  return [...form.querySelectorAll(".pw-criterion")].find((one) => !one.querySelector("input:checked"));
}

function inRow(event, row, form, changed) {
  const radios = [...row.querySelectorAll("input")];
  const figure = figureOf(event);
  const wanted = radios.find((one) => one.value === figure);
  const isWithin = row.contains(event.target);
  // A key that is held down is meant for one criterion.
  if (wanted) act(event, () => event.repeat || choose(form, wanted, changed));
  else if (isWithin && (event.key === "Delete" || event.key === "Backspace")) act(event, () => clear(radios, event.target, changed));
}

// Some keyboards have other letters where the figures are (French), or figures of their own (Arabic).
function figureOf({ key, code }) {
  return /^\d$/.test(key) ? key : (/^Digit(\d)$/.exec(code)?.[1] ?? "");
}

function act(event, deed) {
  event.preventDefault();
  deed();
}

function choose(form, radio, changed) {
  radio.checked = true;
  changed(radio);
  const criteria = [...form.querySelectorAll(".pw-criterion")];
  const next = criteria[criteria.indexOf(radio.closest(".pw-criterion")) + 1];
  const target = next ? (next.querySelector("input:checked") ?? next.querySelector("input")) : form.elements.comment;
  target.focus();
}

function clear(radios, radio, changed) {
  for (const one of radios) one.checked = false;
  changed(radio);
}
