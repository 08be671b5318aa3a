// What is special about each kind of field in the browser; a kind that is not here is a plain text of several lines.
// `context` gives `day(value)`, a day in the reader's words, and `control`, the thing that is written in.

import * as boxes from "./_boxes.js";
import * as periods from "./_periods.js";

const PLAIN = {
  oneLine: false, // one line in meaning, which may be shown in several and pasted in several
  mergeable: true, // whether two versions can be put together by hand
  dependsOnOthers: false, // whether another field can stand in the way of its value
  shown: (value) => value,
  dress() {}, // gives a control that is several its `value`; is told of the page's references by a function
  offer() {}, // the rows that there are now, before other changes are shown
  retract() {}, // and after them, without those that are gone
};

const CHOICE = {
  ...PLAIN,
  mergeable: false,
  shown: (value, { control }) => [...control.options].find((option) => option.value === value)?.text ?? value,
};

const kinds = {
  text: { ...PLAIN, oneLine: true },
  person: { ...PLAIN, oneLine: true },
  date: { ...PLAIN, mergeable: false, dependsOnOthers: true, shown: (value, { day }) => day(value) },
  choice: CHOICE,
  reference: { ...CHOICE, offer: offerRows },
  references: { ...PLAIN, mergeable: false, dependsOnOthers: true, ...boxes },
  periods: { ...PLAIN, mergeable: false, dependsOnOthers: true, ...periods },
};

export function kindOf(name) { return kinds[name] ?? PLAIN; }

/** Offer the rows as they are now, by kind: {priority: [[id, title], …]}; what is chosen stays chosen. */
function offerRows(control, references) {
  const wanted = control.dataset.refersTo.split(" ");
  if (!wanted.every((kind) => references[kind])) return;
  const rows = wanted.flatMap((kind) => references[kind]);
  const chosen = control.value;
  const fresh = rows.map(([id, title]) => new Option(title, id));
  const kept = [...control.options].filter(({ value }) => !value || value === chosen);
  const rest = kept.filter(({ value }) => !fresh.some((option) => option.value === value));
  control.replaceChildren(...rest, ...fresh);
  control.value = chosen;
}
