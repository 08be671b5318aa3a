// The LMS's API object: parents first, then the opener's (SCORM 1.2 RTE, section 3.3.6.1; SCORM 2004 RTE, section 3.3.1).

import { SaveFailed } from "../tracker.js";

const FURTHEST = 500;

export function findApi(name, start = window) {
  return searchUp(name, start) ?? searchUp(name, openerOf(start));
}

function searchUp(name, start) {
  let place = start;
  for (let step = 0; place && step < FURTHEST; step += 1) {
    try {
      if (place[name]) return place[name];
      if (place.parent === place) return null;
      place = place.parent;
    } catch {
      return null; // A parent on another host keeps its objects to itself.
    }
  }
  return null;
}

function openerOf(start) {
  try {
    return start.top.opener ?? start.opener;
  } catch {
    return start.opener;
  }
}

// Answers come as text or as booleans, and a closed LMS throws: all of it becomes five plain functions.
// `begun`: whether the LMS let the visit begin. One that fails here is no LMS: the browser keeps everything.
export function createCalls(api, names) {
  const call = (name, ...values) => {
    try {
      return String(api[names[name]](...values));
    } catch (failure) {
      throw new SaveFailed(String(failure.message ?? ""));
    }
  };
  const yes = (...values) => call(...values) === "true";
  return {
    begun: begins(() => yes("start", "")),
    finish: () => yes("finish", ""),
    commit: () => yes("commit", ""),
    get: (element) => call("get", element),
    set: (element, value) => yes("set", element, value),
  };
}

function begins(start) {
  try {
    return start();
  } catch {
    return false;
  }
}
