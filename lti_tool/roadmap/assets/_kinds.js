// What is special about each kind of field in the browser; a kind that is not here is a plain text of several lines.
// `context` gives `day(value)`, a day in the reader's words, and `control`, the thing that is written in.

const PLAIN = {
  oneLine: false, // one line in meaning, which may be shown in several and pasted in several
  mergeable: true, // whether two versions can be put together by hand
  dependsOnOthers: false, // whether another field can stand in the way of its value
  shown: (value) => value,
  offer() {},
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
};

export function kindOf(name) { return kinds[name] ?? PLAIN; }

/** Offer the rows as they are now, by kind: {priority: [[id, title], …]}; what is chosen stays chosen. */
function offerRows(control, references) {
  const rows = references[control.dataset.refersTo];
  if (!rows) return;
  const chosen = control.value;
  const fresh = rows.map(([id, title]) => new Option(title, id));
  const kept = [...control.options].filter(({ value }) => !value || value === chosen);
  const rest = kept.filter(({ value }) => !fresh.some((option) => option.value === value));
  control.replaceChildren(...rest, ...fresh);
  control.value = chosen;
}
