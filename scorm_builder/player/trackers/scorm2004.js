// SCORM 2004, 3rd and 4th Edition (Run-Time Environment, sections 3.2 and 4.2).

import { browserStorage } from "../storage.js";
import { RULES_2004 } from "./interaction_rules.js";
import { createNone } from "./none.js";
import { createCalls, findApi } from "./scorm_api.js";
import { createScormSession } from "./scorm_session.js";

const FUNCTIONS = {
  start: "Initialize",
  finish: "Terminate",
  commit: "Commit",
  get: "GetValue",
  set: "SetValue",
  error: "GetLastError",
  already: "103",
  over: ["123", "133", "143"],
  learner: "cmi.learner_id",
};
const LIMIT = 64000;
const RANGE = [
  ["cmi.score.min", "0"],
  ["cmi.score.max", "100"],
];
const COMPLETION = "cmi.completion_status";
const SUCCESS = "cmi.success_status";

// At most two decimals.
export function sessionTime(seconds) {
  return `PT${Math.floor(seconds / 3600)}H${Math.floor(seconds / 60) % 60}M${Math.floor(seconds) % 60}S`;
}

// A failed attempt stays incomplete: what an LMS calls completed it may open for review only.
function statuses(status) {
  const success = { passed: "passed", failed: "failed" }[status] ?? "unknown";
  return { success, completion: ["passed", "completed"].includes(status) ? "completed" : "incomplete" };
}

const EDITION = {
  names: { suspend: "cmi.suspend_data", mode: "cmi.mode", learner: FUNCTIONS.learner, score: "cmi.score.raw" },
  limit: LIMIT,
  needed: ["cmi.suspend_data", COMPLETION, SUCCESS, "cmi.score.raw"],
  interactions: RULES_2004,
  objectives: {
    status(status) {
      const { success, completion } = statuses(status);
      return [
        ["success_status", success],
        ["completion_status", completion],
      ];
    },
    score: ({ raw, scaled }) => [
      ["score.scaled", String(scaled)],
      ["score.raw", String(raw)],
    ],
  },
  begin(elements, get, mode) {
    const completion = get(COMPLETION);
    if (mode === "normal") {
      if (["", "unknown", "not attempted"].includes(completion)) elements.set(COMPLETION, "incomplete");
      else elements.known(COMPLETION, completion);
      elements.set("cmi.exit", "suspend");
    }
    return completion === "completed" && get(SUCCESS) === "passed" ? "passed" : completion;
  },
  // An LMS with a passing score turns any scaled score into passed or failed: it is told when the whole is through.
  values(whole, scope, seconds) {
    const { success, completion } = statuses(whole.status);
    const through = whole.score && success !== "unknown";
    const score = [
      ["cmi.score.scaled", String(whole.score?.scaled)],
      ["cmi.score.raw", String(whole.score?.raw)],
    ];
    const judged = success === "unknown" ? [] : [[SUCCESS, success]];
    const now = [[COMPLETION, completion], ...judged, ...(through ? score : [])];
    const measure = ["cmi.progress_measure", String(Math.round(whole.measure * 100) / 100)];
    const later = [["cmi.session_time", sessionTime(seconds)], ["cmi.location", scope.placeOf(whole)], measure];
    return { now, later: whole.score ? [...later, ...RANGE] : later };
  },
};

export function createScorm2004(scope, { api = findApi("API_1484_11"), storage = browserStorage } = {}) {
  const calls = createCalls(api, FUNCTIONS);
  return calls.begun ? createScormSession(scope, calls, EDITION, storage) : createNone(scope, { storage });
}
