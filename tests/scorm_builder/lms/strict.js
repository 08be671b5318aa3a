// A visit to a strict SCORM LMS: scorm-again, and what that lets through and a strict LMS would not. Browsers load it for
// whole packages (page.js), node for the trackers alone (tests/player).

import { makeHostile } from "./hostile.js";

const nameOf = (element) => element.split(".")[2];

// `inner`: scorm-again's API of the edition; `kept`: {read, write} of the person's data as of the last commit, and
// `finish`, where there is one, is told of the visit's end;
// `options`: mode, learner, and those of hostile.js. Every call is in `calls`, every breach in `breaches`.
export function openStrictLms(edition, inner, kept, options = {}) {
  const { names } = edition;
  const types = new Map(); // of each interaction
  const state = { begun: false, ended: false };
  const [calls, breaches] = [[], []];
  const faults = { failing: Number(options.failing ?? 0), ended: false, gone: false };
  const breach = (text) => void breaches.push(text);

  function note(name, values) {
    calls.push([name, ...values]);
    if (state.ended) breach(`${name} after ${names.finish}`);
    if (!state.begun && name !== names.start) breach(`${name} before ${names.start}`);
  }

  function fits(element, text) {
    if (edition.written.test(element)) return edition.responses[types.get(nameOf(element))]?.test(text) ?? false;
    const rule = edition.rules.find(([pattern]) => pattern.test(element));
    if (!rule) breach(`${element} may not be set`);
    return rule ? rule[1](text) : true;
  }

  function checkSet(element, value) {
    if (typeof value !== "string") breach(`${element} was given ${typeof value}, not text`);
    const id = /objectives\.\d+\.id$/.test(element) && String(inner[names.get](element));
    if (id && id !== value) breach(`${element} was ${id} and may not become ${value}`);
    if (/interactions\.\d+\.type$/.test(element)) types.set(nameOf(element), value);
    if (!fits(element, String(value))) breach(`${element} = ${value}`);
  }

  function checked(answer, what) {
    const code = String(inner[names.error]());
    if (!edition.harmless.includes(code)) breach(`${what}: error ${code}`);
    return answer;
  }

  const mode = options.mode ?? edition.opensIn(kept.read());
  // In review Moodle keeps nothing, whatever it is told.
  const persist = () => void (mode === "review" || kept.write({ ...kept.read(), ...inner.getFlattenedCMI() }));
  const api = {
    [names.start](...values) {
      note(names.start, values);
      if (state.begun) breach(`${names.start} twice`);
      state.begun = true;
      return checked(inner[names.start](...values), names.start);
    },
    [names.get](element) {
      note(names.get, [element]);
      if (element === edition.mode) return mode;
      return checked(String(inner[names.get](element)), element);
    },
    [names.set](element, value) {
      note(names.set, [element, value]);
      checkSet(element, value);
      return checked(inner[names.set](element, value), `${element} = ${value}`);
    },
    [names.commit](...values) {
      note(names.commit, values);
      persist();
      return "true";
    },
    [names.finish](...values) {
      note(names.finish, values);
      state.ended = true;
      kept.finish?.();
      persist();
      if (mode !== "review") kept.write(edition.ended(kept.read()));
      return "true";
    },
    [names.error]: () => inner[names.error](),
    ...Object.fromEntries(edition.others.map((name) => [name, (code) => inner[name](code)])),
  };

  const before = Object.entries(kept.read()).filter(([name, value]) => edition.handsOver(name, value));
  const learner = options.learner ? { [edition.learner]: options.learner } : {};
  inner.loadFromFlattenedJSON({ ...edition.first, ...learner, ...Object.fromEntries(before) });
  return {
    api: makeHostile(api, edition, note, options, faults),
    calls,
    breaches,
    faults,
    tracked: kept.read,
  };
}
