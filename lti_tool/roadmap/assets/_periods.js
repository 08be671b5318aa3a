// A field for periods: name, first and last day of each; the last one is empty, to be written in (fields/periods.py).

const NO_DAY = "-";
const periodsIn = (control) => [...control.querySelectorAll("[data-pm-period]")];

/** What stands in a period, as a line: a new one says nothing. */
function lineOf(period, property) {
  const [name, begins, ends] = [...period.querySelectorAll("input")].map((input) => input[property].trim());
  return name || begins || ends ? `${begins || NO_DAY} ${ends || NO_DAY} ${name}`.trim() : "";
}

export function dress(control) {
  const list = control.querySelector("ul");
  const listed = (property) => periodsIn(control).map((one) => lineOf(one, property)).filter(Boolean).join("\n");
  Object.defineProperties(control, {
    value: {
      get: () => listed("value"),
      set: (value) => { writePeriods(control, list, value.split("\n").filter(Boolean)); },
    },
    defaultValue: { get: () => listed("defaultValue") },
  });
  control.addEventListener("input", () => keepOneEmpty(control, list));
}

function writePeriods(control, list, lines) {
  while (periodsIn(control).length <= lines.length) list.append(emptyPeriod(control));
  periodsIn(control).forEach((period, place) => {
    const [begins = "", ends = "", ...name] = (lines[place] ?? "").split(" ");
    const values = [name.join(" "), begins, ends].map((value) => (value === NO_DAY ? "" : value));
    period.querySelectorAll("input").forEach((input, number) => { input.value = values[number]; });
  });
}

function keepOneEmpty(control, list) {
  if (lineOf(periodsIn(control).at(-1), "value")) list.append(emptyPeriod(control));
}

function emptyPeriod(control) {
  const period = periodsIn(control)[0].cloneNode(true);
  for (const input of period.querySelectorAll("input")) {
    input.value = "";
    input.defaultValue = "";
  }
  return period;
}

export function shown(value, { day }) {
  const said = (text) => (text === NO_DAY ? "?" : day(text));
  const told = value.split("\n").map((line) => line.split(" "));
  return told.map(([begins, ends, ...name]) => `${name.join(" ")} (${said(begins)} – ${said(ends)})`).join("; ");
}
