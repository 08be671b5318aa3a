// Lets the tests reach single modules of the player: `bench.roundTrip(...)`, `bench.contract(...)`.
import * as progressRules from "/player/progress.js";
import { createLti } from "/player/trackers/lti.js";
import { createNone } from "/player/trackers/none.js";
import { createScorm12, sessionTime } from "/player/trackers/scorm12.js";
import { decode, encode } from "/player/trackers/suspend.js";

const key = (place) => place.toString(36).padStart(4, "0");
const makers = { scorm12: createScorm12, lti: createLti, none: createNone };

function unitOf(pages, activities, check = 70) {
  return {
    course: "c",
    id: "u",
    check,
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

window.bench = {
  progressRules,
  sessionTime,
  unitOf,
  roundTrip(progress, pages, activities, limit) {
    const unit = unitOf(pages, activities);
    const { text, browserOnly } = encode(progress, unit, limit);
    const local = Object.fromEntries(browserOnly.map((id) => [id, progress.answers[id].given]));
    return { length: text.length, text, browserOnly, back: decode(text, unit, local) };
  },
  tracker(name) {
    const unit = { ...unitOf(["one", "two"], ["a", "b"]), activities: unitOf([], ["a", "b"]).activities.map((one) => ({ ...one, kind: "cards" })) };
    return name === "scorm12" ? createScorm12(unit, scorm12Memory()) : makers[name](unit);
  },
};
