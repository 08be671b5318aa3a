// The LMS's API object: parents first, then the opener's (SCORM 1.2 Run-Time Environment, section 3.3.6.1).

import { SaveFailed } from "../tracker.js";

const FURTHEST = 500;

export function findApi(start = window) {
  return searchUp(start) ?? searchUp(openerOf(start));
}

function searchUp(start) {
  let place = start;
  for (let step = 0; place && step < FURTHEST; step += 1) {
    try {
      if (place.API) return place.API;
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

// Answers come as text or as booleans, and a closed LMS throws: all of it becomes one of three plain functions.
export function createCalls(api) {
  const call = (name, ...values) => {
    try {
      return String(api[name](...values));
    } catch (failure) {
      throw new SaveFailed(String(failure.message ?? ""));
    }
  };
  return {
    start: () => call("LMSInitialize", "") === "true",
    finish: () => call("LMSFinish", "") === "true",
    commit: () => call("LMSCommit", "") === "true",
    get: (element) => call("LMSGetValue", element),
    set: (element, value) => call("LMSSetValue", element, value) === "true",
  };
}
