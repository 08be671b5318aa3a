// Lets the tests reach single modules of the player: `bench.roundTrip(...)`, `bench.contract(...)`.
import * as poolRules from "/player/pool.js";
import * as progressRules from "/player/progress.js";
import { createLti } from "/player/trackers/lti.js";
import { createNone } from "/player/trackers/none.js";
import { createScorm12, sessionTime } from "/player/trackers/scorm12.js";
import { decode, encode } from "/player/trackers/suspend.js";
import { adoptWhole } from "/player/whole.js";

const key = (place) => place.toString(36).padStart(3, "0");
const makers = { scorm12: createScorm12, lti: createLti, none: createNone };

function unitOf(pages, activities, check = 70) {
  return {
    course: "c",
    id: "u",
    key: "uuu",
    check,
    draw: 0,
    pages: pages.map((id, place) => ({ id, key: key(place) })),
    activities: activities.map((id, place) => ({ id, key: key(place), kind: "unknown", counts: true })),
  };
}

function scorm12Memory() {
  const kept = JSON.parse(sessionStorage.getItem("kept") ?? "{}");
  return {
    LMSInitialize: () => "true",
    LMSFinish: () => "true",
    LMSCommit: () => {
      if (window.refusing) return "false";
      sessionStorage.setItem("kept", JSON.stringify(kept));
      return "true";
    },
    LMSGetValue: (element) => kept[element] ?? "",
    LMSSetValue: (element, value) => {
      kept[element] = value;
      return "true";
    },
  };
}

// A package of these units; each with its pages, activities and pool.
function scopeOf(units) {
  const [single] = units.length === 1 ? units : [null];
  const placeOf = ({ current, units: begun }) => begun[current]?.page ?? "";
  return { course: "c", id: "p", language: "en", units, single, shown: null, placeOf };
}

window.bench = {
  progressRules,
  poolRules,
  sessionTime,
  unitOf,
  scopeOf,
  adoptWhole,
  roundTrip(whole, units, limit) {
    const scope = scopeOf(units);
    const { text, browserOnly } = encode(whole, scope, limit);
    const kept = (unit, activity) => whole.units[unit].answers[activity].given;
    return { length: text.length, text, browserOnly, back: decode(text, scope, kept) };
  },
  tracker(name) {
    const activities = unitOf([], ["a", "b"]).activities.map((one) => ({ ...one, kind: "cards" }));
    const scope = scopeOf([{ ...unitOf(["one", "two"], []), activities }]);
    return name === "scorm12" ? createScorm12(scope, scorm12Memory()) : makers[name](scope);
  },
};
