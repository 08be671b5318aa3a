// A small SCORM LMS around the player, on scorm-again: it hands over what was kept, and notes every call.

import { EDITIONS } from "./_editions.js";
import { readKept, writeKept } from "./_kept.js";

const MOST_CALLS = 400;

// `name`: where the record is kept; `play`: the address of the package's files; `changed` hears of every call.
export function createScorm({ format, name, play, mastery, changed }) {
  const edition = EDITIONS[format];
  const record = readKept(name) ?? { elements: {}, answers: [], calls: [], made: 0 };
  const inner = new edition.Api({ autocommit: false, logLevel: 5 });
  const begun = record.answers.length;

  function keep() {
    Object.assign(record.elements, inner.getFlattenedCMI());
    writeKept(name, record);
  }

  // scorm-again takes more than the standard allows.
  function answer(call, values) {
    if (/Commit$/.test(call)) return "true";
    if (/(Finish|Terminate)$/.test(call)) return "true";
    if (/SetValue$/.test(call) && values[0] === edition.state && values[1].length > edition.limit) return "false";
    return String(inner[call](...values));
  }

  function note(call, values, said) {
    record.made += 1;
    record.calls = [...record.calls, { at: Date.now(), call, values, said }].slice(-MOST_CALLS);
    if (/SetValue$/.test(call) && said === "true") noteAnswer(values);
    if (/(Commit|Finish|Terminate)$/.test(call)) keep();
    changed();
  }

  function noteAnswer([element, value]) {
    const [, place, what] = /^cmi\.interactions\.(\d+)\.(\w+)$/.exec(element) ?? [];
    if (!what) return;
    const one = (record.answers[begun + Number(place)] ??= {});
    one[what === edition.response ? "answer" : what] = value;
  }

  const api = Object.fromEntries(
    edition.functions.map((call) => [
      call,
      (...values) => {
        const said = answer(call, values);
        if (!/(LastError|ErrorString|Diagnostic)$/.test(call)) note(call, values, said);
        return said;
      },
    ]),
  );

  return {
    async open() {
      const before = Object.entries(record.elements).filter(([element, value]) => edition.handedOver(element, value));
      inner.loadFromFlattenedJSON({ ...Object.fromEntries(before), ...edition.about(mastery) });
      Object.assign(window, { [edition.api]: api });
      return `${play}index.html`;
    },
    close() {
      delete window[edition.api];
    },
    refresh() {},
    facts: () => ({
      format: edition.title,
      ...edition.facts(record.elements),
      state: { text: record.elements[edition.state] ?? "", limit: edition.limit },
      answers: record.answers.map(({ id, type, answer: given, result }) => ({ id, kind: type, answer: given, result })),
      objectives: objectivesOf(record.elements, edition),
      said: { kind: "calls", count: record.made, entries: record.calls.map(entryOf) },
    }),
  };
}

function objectivesOf(elements, edition) {
  const places = Object.keys(elements).flatMap((name) => /^cmi\.objectives\.(\d+)\.id$/.exec(name)?.[1] ?? []);
  return places.map((place) => {
    const of = (name) => elements[`cmi.objectives.${place}.${name}`] ?? "";
    return { id: of("id"), ...edition.objective(of) };
  });
}

function entryOf({ at, call, values, said }) {
  const written = values.filter((value) => value !== "").join(" = ");
  const answered = /GetValue$/.test(call) ? ` → ${said || "“”"}` : "";
  return { at, words: `${call.replace(/^LMS/, "")} ${written}${answered}`, refused: said === "false" };
}
