// Strict LMSs of both editions of SCORM, in node: the trackers alone play in them.

import { Scorm12API } from "scorm-again/scorm12";
import { Scorm2004API } from "scorm-again/scorm2004";

import { createScorm12 } from "../../../scorm_builder/player/trackers/scorm12.js";
import { createScorm2004 } from "../../../scorm_builder/player/trackers/scorm2004.js";
import { SCORM12 } from "../../scorm_builder/lms/edition12.js";
import { SCORM2004 } from "../../scorm_builder/lms/edition2004.js";
import { openStrictLms } from "../../scorm_builder/lms/strict.js";
import { createBrowser } from "./browser.js";
import { small } from "./courses.js";
import { openVisit } from "./visit.js";

// How each edition names what the tests look at; `objective`: the first of the units, in 2004 after the manifest's own.
export const EDITIONS = [
  {
    title: "SCORM 1.2",
    rules: SCORM12,
    Inner: Scorm12API,
    createTracker: createScorm12,
    location: "cmi.core.lesson_location",
    status: "cmi.core.lesson_status",
    raw: "cmi.core.score.raw",
    exit: "cmi.core.exit",
    objective: 0,
    failed: "incomplete", // What is failed some LMSs call finished.
    outcome: (kept) => kept["cmi.core.lesson_status"],
  },
  {
    title: "SCORM 2004",
    rules: SCORM2004,
    Inner: Scorm2004API,
    createTracker: createScorm2004,
    location: "cmi.location",
    status: "cmi.completion_status",
    raw: "cmi.score.raw",
    exit: "cmi.exit",
    objective: 1,
    failed: "failed",
    outcome: (kept) => ((kept["cmi.success_status"] || "unknown") === "unknown" ? kept["cmi.completion_status"] : kept["cmi.success_status"]),
  },
];

// An LMS that keeps one person's data; `visit(options)` opens the package there, as lms/strict.js and lms/hostile.js know them.
export function createLms(edition, { scope = small, browser = createBrowser() } = {}) {
  let data = {};
  const kept = {
    read: () => data,
    write: (next) => {
      data = next;
    },
  };
  return {
    browser,
    kept,
    get data() {
      return data;
    },
    get outcome() {
      return edition.outcome(data);
    },
    get score() {
      return String(data[edition.raw] ?? "");
    },
    async visit({ api = "some", ...options } = {}) {
      const strict = openStrictLms(edition.rules, new edition.Inner({ autocommit: false, logLevel: 5 }), kept, options);
      const window = browser.open();
      const found = api === "none" ? null : api === "some" ? strict.api : api(strict.api);
      const asked = scope();
      const tracker = edition.createTracker(asked, { api: found, storage: window.storage });
      const end = () => {
        strict.faults.gone = true;
      };
      return Object.assign(await openVisit(asked, tracker, { window, end }), callsOf(strict, edition));
    },
  };
}

function callsOf(strict, { rules: { names } }) {
  return {
    calls: strict.calls,
    breaches: strict.breaches,
    faults: strict.faults,
    made: (name) => strict.calls.filter(([called]) => called === names[name]).length,
    // All that was offered for elements whose names contain a text: [element, value].
    sets: (element = "") =>
      strict.calls.filter(([name, about]) => name === names.set && about.includes(element)).map(([, ...set]) => set),
    reported: () => reportedIn(strict.calls.filter(([name, about]) => name === names.set && about.includes("cmi.interactions"))),
  };
}

// By activity: what was told of its interaction.
function reportedIn(sets) {
  const told = {};
  for (const [, element, value] of sets) {
    const [, , place, ...name] = element.split(".");
    (told[place] ??= {})[name.join(".").replace(/^(student|learner)_/, "")] = value;
  }
  return Object.fromEntries(Object.values(told).map((one) => [one.id, one]));
}
