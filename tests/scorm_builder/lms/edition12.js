// What a strict LMS demands of a package of SCORM 1.2 (Run-Time Environment, section 3.4): length, vocabulary, format.

const TIME = /^\d{2}:\d{2}:\d{2}(\.\d{1,2})?$/;
const STATUS = /^(passed|completed|failed|incomplete|browsed)$/;
const FINISHED = /^(passed|completed|failed)$/;
const saidOrCompleted = (status) => (["", undefined, "not attempted"].includes(status) ? "completed" : status);
const ID = /^[A-Za-z0-9_.-]{1,255}$/;
const LIST = /^[a-z0-9](,[a-z0-9])*$/;
const PAIRS = /^[a-z0-9]\.[a-z0-9](,[a-z0-9]\.[a-z0-9])*$/;
const isPercent = (text) => /^\d{1,3}$/.test(text) && Number(text) <= 100;
const isLike = (pattern) => (text) => pattern.test(text);
const TYPES = /^(choice|matching|sequencing|likert|fill-in|performance)$/;

export const SCORM12 = {
  names: {
    start: "LMSInitialize",
    get: "LMSGetValue",
    set: "LMSSetValue",
    commit: "LMSCommit",
    finish: "LMSFinish",
    error: "LMSGetLastError",
  },
  // What each function answers GetLastError with when the LMS has ended the visit.
  over: { LMSInitialize: "101", LMSGetValue: "301", LMSSetValue: "301", LMSCommit: "301", LMSFinish: "301" },
  others: ["LMSGetErrorString", "LMSGetDiagnostic"],
  harmless: ["0"],
  mode: "cmi.core.lesson_mode",
  rules: [
    [/^cmi\.suspend_data$/, (text) => text.length <= 4096],
    [/^cmi\.core\.lesson_location$/, (text) => text.length <= 255],
    [/^cmi\.core\.lesson_status$/, isLike(STATUS)],
    [/^cmi\.core\.exit$/, isLike(/^(time-out|suspend|logout|)$/)],
    [/^cmi\.core\.session_time$/, isLike(/^\d{4}:\d{2}:\d{2}\.\d{2}$/)],
    [/^cmi\.core\.score\.(raw|min|max)$/, isPercent],
    [/^cmi\.objectives\.\d+\.id$/, isLike(ID)],
    [/^cmi\.objectives\.\d+\.status$/, isLike(STATUS)],
    [/^cmi\.objectives\.\d+\.score\.raw$/, isPercent],
    [/^cmi\.interactions\.\d+\.id$/, isLike(ID)],
    [/^cmi\.interactions\.\d+\.type$/, isLike(TYPES)],
    [/^cmi\.interactions\.\d+\.result$/, isLike(/^(correct|wrong|unanticipated|neutral)$/)],
    [/^cmi\.interactions\.\d+\.weighting$/, isLike(/^\d+$/)],
    [/^cmi\.interactions\.\d+\.time$/, isLike(TIME)],
  ],
  written: /^cmi\.interactions\.\d+\.(student_response|correct_responses\.\d+\.pattern)$/,
  responses: {
    choice: LIST,
    matching: PAIRS,
    sequencing: LIST,
    likert: /^[a-z0-9]$/,
    "fill-in": /^[^]{0,255}$/,
    performance: PAIRS,
  },
  first: { "cmi.core.student_id": "carla" },
  // As Moodle has it: what is finished, failed included, opens for review only, and what said nothing ends as completed.
  opensIn: (data) => (FINISHED.test(data["cmi.core.lesson_status"]) ? "review" : "normal"),
  ended: (data) => ({ ...data, "cmi.core.lesson_status": saidOrCompleted(data["cmi.core.lesson_status"]) }),
  learner: "cmi.core.student_id",
  // What an LMS hands over at a new visit: everything but the answers, which are write-only, and the time of the visit.
  handsOver: (name) => !/interactions\.\d|session_time|\.exit$|_children|_count|_version/.test(name),
};
