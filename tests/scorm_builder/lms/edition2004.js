// What a strict LMS demands of a package of SCORM 2004 (Run-Time Environment, section 4.2): length, vocabulary, format.

const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,2}(Z|[+-]\d\d:\d\d)$/;
const REAL = /^-?(0|1)(\.\d{1,7})?$/;
const TYPES = /^(choice|matching|sequencing|likert|fill-in|long-fill-in|performance)$/;
const STATUS = /^(unknown|passed|failed)$/;
const COMPLETION = /^(completed|incomplete)$/;
const LIST = /^[a-z0-9](\[,\][a-z0-9])*$/;
const PAIRS = /^[a-z0-9]\[\.\][a-z0-9](\[,\][a-z0-9]\[\.\][a-z0-9])*$/;
const KEPT = /^cmi\.(suspend_data|location|completion_status|success_status|score\.|progress_measure|objectives\.\d)/;
const isLike = (pattern) => (text) => pattern.test(text);

export const SCORM2004 = {
  names: {
    start: "Initialize",
    get: "GetValue",
    set: "SetValue",
    commit: "Commit",
    finish: "Terminate",
    error: "GetLastError",
  },
  over: { Initialize: "104", GetValue: "123", SetValue: "133", Commit: "143", Terminate: "113" },
  others: ["GetErrorString", "GetDiagnostic"],
  harmless: ["0", "403"], // 403: nothing was set so far
  mode: "cmi.mode",
  rules: [
    [/^cmi\.suspend_data$/, (text) => text.length <= 64000],
    [/^cmi\.location$/, (text) => text.length <= 1000],
    [/^cmi\.completion_status$/, isLike(COMPLETION)],
    [/^cmi\.success_status$/, isLike(STATUS)],
    [/^cmi\.exit$/, isLike(/^(time-out|suspend|logout|normal|)$/)],
    [/^cmi\.session_time$/, isLike(/^PT\d+H\d+M\d+(\.\d{1,2})?S$/)],
    [/^cmi\.progress_measure$/, (text) => REAL.test(text) && Number(text) >= 0],
    [/^cmi\.(objectives\.\d+\.)?score\.scaled$/, isLike(REAL)],
    [/^cmi\.(objectives\.\d+\.)?score\.(raw|min|max)$/, isLike(/^\d{1,3}$/)],
    [/^cmi\.objectives\.\d+\.success_status$/, isLike(STATUS)],
    [/^cmi\.objectives\.\d+\.completion_status$/, isLike(COMPLETION)],
    [/^cmi\.(interactions|objectives)\.\d+\.id$/, isLike(/^[A-Za-z0-9_.:-]{1,4000}$/)],
    [/^cmi\.interactions\.\d+\.type$/, isLike(TYPES)],
    [/^cmi\.interactions\.\d+\.result$/, isLike(/^(correct|incorrect|unanticipated|neutral)$/)],
    [/^cmi\.interactions\.\d+\.weighting$/, isLike(/^\d+$/)],
    [/^cmi\.interactions\.\d+\.timestamp$/, isLike(STAMP)],
  ],
  written: /^cmi\.interactions\.\d+\.(learner_response|correct_responses\.\d+\.pattern)$/,
  responses: {
    choice: LIST,
    sequencing: LIST,
    matching: PAIRS,
    performance: PAIRS,
    likert: /^[a-z0-9]$/,
    "fill-in": /^[^]{0,250}$/,
    "long-fill-in": /^[^]{0,4000}$/,
  },
  // A primary objective with a name is an LMS's first (RTE, section 4.2.17).
  opensIn: () => "normal",
  ended: (data) => data,
  first: { "cmi.learner_id": "carla", "cmi.objectives.0.id": "whole" },
  learner: "cmi.learner_id",
  handsOver: (name, value) => KEPT.test(name) && value !== "" && !/_children$/.test(name),
};
