// How the two SCORM editions name things (SCORM 1.2 RTE, section 3.4; SCORM 2004 RTE, section 4.2).

import { Scorm12API } from "scorm-again/scorm12";
import { Scorm2004API } from "scorm-again/scorm2004";

const known = (...values) => values.filter((value) => value && value !== "unknown").join(" · ");

export const EDITIONS = {
  scorm12: {
    title: "SCORM 1.2",
    api: "API",
    Api: Scorm12API,
    functions: ["LMSInitialize", "LMSFinish", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSGetLastError", "LMSGetErrorString", "LMSGetDiagnostic"],
    limit: 4096,
    state: "cmi.suspend_data",
    response: "student_response",
    // Everything but answers, which are write-only, and what belongs to one visit.
    handedOver: (name) => !/interactions\.\d|session_time|\.exit$|_children|_count|_version/.test(name),
    about: (mastery) => ({
      "cmi.core.student_id": "author",
      "cmi.core.student_name": "Author",
      ...(mastery === null ? {} : { "cmi.student_data.mastery_score": String(mastery) }),
    }),
    facts: (kept) => ({
      status: kept["cmi.core.lesson_status"],
      score: kept["cmi.core.score.raw"],
      progress: null,
      place: kept["cmi.core.lesson_location"],
      time: kept["cmi.core.session_time"],
    }),
    objective: (of) => ({ status: of("status"), score: of("score.raw") }),
  },
  scorm2004: {
    title: "SCORM 2004",
    api: "API_1484_11",
    Api: Scorm2004API,
    functions: ["Initialize", "Terminate", "GetValue", "SetValue", "Commit", "GetLastError", "GetErrorString", "GetDiagnostic"],
    limit: 64000,
    state: "cmi.suspend_data",
    response: "learner_response",
    handedOver: (name, value) =>
      value !== "" && /^cmi\.(suspend_data|location|completion_status|success_status|score\.(scaled|raw|min|max)|progress_measure)$/.test(name),
    about: (mastery) => ({
      "cmi.learner_id": "author",
      "cmi.learner_name": "Author",
      ...(mastery === null ? {} : { "cmi.scaled_passing_score": String(mastery / 100) }),
    }),
    facts: (kept) => ({
      status: known(kept["cmi.completion_status"], kept["cmi.success_status"]),
      score: kept["cmi.score.raw"],
      progress: Math.round(Number(kept["cmi.progress_measure"] || 0) * 100),
      place: kept["cmi.location"],
      time: kept["cmi.session_time"],
    }),
    objective: (of) => ({ status: known(of("completion_status"), of("success_status")), score: of("score.raw") }),
  },
};
