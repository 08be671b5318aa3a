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
  begin(elements, get, readOnly) {
    const status = get(STATUS);
    if (readOnly) return status;
    if (status === "" || status === "not attempted") elements.set(STATUS, "incomplete");
    else elements.known(STATUS, status);
    elements.set("cmi.core.exit", "suspend");
    return status;
  },
  // An LMS with a mastery score turns any raw score into passed or failed: it is told when the whole is through.
  values(whole, scope, seconds) {
    const through = whole.score && ["passed", "failed"].includes(whole.status);
    const score = through ? [["cmi.core.score.raw", String(whole.score.raw)]] : [];
    const time = ["cmi.core.session_time", sessionTime(seconds)];
    const place = ["cmi.core.lesson_location", scope.placeOf(whole).slice(0, 255)];
    return { now: [[STATUS, whole.status], ...score], later: [time, place, ...(whole.score ? RANGE : [])] };
  },
};

export function createScorm12(scope, { api = findApi("API"), storage = browserStorage } = {}) {
  const calls = createCalls(api, FUNCTIONS);
  return calls.begun ? createScormSession(scope, calls, EDITION, storage) : createNone(scope, { storage });
}
