// SCORM 1.2 (Run-Time Environment, section 3.4): commits score, time and status together.

import { browserStorage } from "../storage.js";
import { RULES_12 } from "./interaction_rules.js";
import { createNone } from "./none.js";
import { createCalls, findApi } from "./scorm_api.js";
import { createScormSession } from "./scorm_session.js";
import { LIMIT } from "./suspend.js";

const FUNCTIONS = {
  start: "LMSInitialize",
  finish: "LMSFinish",
  commit: "LMSCommit",
  get: "LMSGetValue",
  set: "LMSSetValue",
  error: "LMSGetLastError",
  already: "101",
  over: ["301"],
  learner: "cmi.core.student_id",
};
const RANGE = [
  ["cmi.core.score.min", "0"],
  ["cmi.core.score.max", "100"],
];
const STATUS = "cmi.core.lesson_status";

export function sessionTime(seconds) {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  const [hours, minutes, rest] = parts.map((part, place) => String(part).padStart(place ? 2 : 4, "0"));
  return `${hours}:${minutes}:${rest}.00`;
}

const EDITION = {
  names: {
    suspend: "cmi.suspend_data",
    mode: "cmi.core.lesson_mode",
    learner: FUNCTIONS.learner,
    score: "cmi.core.score.raw",
  },
  limit: LIMIT,
  needed: ["cmi.suspend_data", STATUS, "cmi.core.score.raw"],
  interactions: RULES_12,
  objectives: {
    status: (status) => [["status", status]],
    score: ({ raw }) => [["score.raw", String(raw)]],
  },
  // Before anything else: a visit that breaks off must leave a unit begun and resumable, never one that is passed.
  // A preview ends as one: what says nothing of itself, some LMSs call completed, and open for review from then on.
  begin(elements, get, mode) {
    const status = get(STATUS);
    const isBegun = !["", "not attempted", "browsed"].includes(status);
    if (mode === "browse" && !isBegun) elements.set(STATUS, "browsed");
    if (mode !== "normal") return status;
    if (isBegun) elements.known(STATUS, status);
    else elements.set(STATUS, "incomplete");
    elements.set("cmi.core.exit", "suspend");
    return status;
  },
  // Who has failed may try again: what is failed some LMSs call finished, and open for review only. The score is told
  // when the whole is through, for an LMS that has a mastery score of its own makes passed or failed of any.
  values(whole, scope, seconds) {
    const through = whole.score && ["passed", "failed"].includes(whole.status);
    const score = through ? [["cmi.core.score.raw", String(whole.score.raw)]] : [];
    const time = ["cmi.core.session_time", sessionTime(seconds)];
    const place = ["cmi.core.lesson_location", scope.placeOf(whole).slice(0, 255)];
    const status = whole.status === "failed" ? "incomplete" : whole.status;
    return { now: [[STATUS, status], ...score], later: [time, place, ...(whole.score ? RANGE : [])] };
  },
};

export function createScorm12(scope, { api = findApi("API"), storage = browserStorage } = {}) {
  const calls = createCalls(api, FUNCTIONS);
  return calls.begun ? createScormSession(scope, calls, EDITION, storage) : createNone(scope, { storage });
}
