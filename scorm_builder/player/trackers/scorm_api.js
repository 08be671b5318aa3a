// The LMS's API object: parents first, then the opener's (SCORM 1.2 RTE, section 3.3.6.1; SCORM 2004 RTE, section 3.3.1).

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

// Answers come as text or as booleans, a closed LMS throws, a careless one lacks functions: all of it becomes plain
// functions that never throw. `begun`: whether a visit is open; an LMS that refuses one keeps nothing.
// `names`: the edition's functions; codes that say a visit is `already` open, or `over`; an element that every visit has.
export function createCalls(api, names) {
  const call = (name, ...values) => {
    try {
      return String(api[names[name]](...values) ?? "");
    } catch {
      return "";
    }
  };
  const yes = (...values) => call(...values) === "true";
  const get = (element) => call("get", element);
  const code = () => call("error");
  // Some LMSs begin the visit themselves, and some missed the end of the last one.
  const already = () => code() === names.already && get(names.learner) !== "";
  return {
    begun: Boolean(api) && (yes("start", "") || already()),
    finish: () => yes("finish", ""),
    commit: () => yes("commit", ""),
    get,
    set: (element, value) => yes("set", element, value),
    // Whether the call just made failed because the visit is over.
    ended: () => names.over.includes(code()),
  };
}
