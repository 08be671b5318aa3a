// What scorm-again lets through and a strict SCORM 1.2 LMS would not: length, vocabulary, format, order of calls.
// Every call is kept in `calls`, every breach in `breaches`; the person's data lives in localStorage, as of the last commit.

const TIME = /^\d{2}:\d{2}:\d{2}(\.\d{1,2})?$/;
const RULES = [
  [/^cmi\.suspend_data$/, (text) => text.length <= 4096],
  [/^cmi\.core\.lesson_location$/, (text) => text.length <= 255],
  [/^cmi\.core\.lesson_status$/, (text) => /^(passed|completed|failed|incomplete|browsed)$/.test(text)],
  [/^cmi\.core\.exit$/, (text) => /^(time-out|suspend|logout|)$/.test(text)],
  [/^cmi\.core\.session_time$/, (text) => /^\d{4}:\d{2}:\d{2}\.\d{2}$/.test(text)],
  [/^cmi\.core\.score\.(raw|min|max)$/, (text) => /^\d{1,3}$/.test(text) && Number(text) <= 100],
  [/^cmi\.objectives\.\d+\.id$/, (text) => /^[A-Za-z0-9_.-]{1,255}$/.test(text)],
  [/^cmi\.objectives\.\d+\.status$/, (text) => /^(passed|completed|failed|incomplete|browsed)$/.test(text)],
  [/^cmi\.objectives\.\d+\.score\.raw$/, (text) => /^\d{1,3}$/.test(text) && Number(text) <= 100],
  [/^cmi\.interactions\.\d+\.id$/, (text) => /^[A-Za-z0-9_.-]{1,255}$/.test(text)],
  [/^cmi\.interactions\.\d+\.type$/, (text) => /^(choice|matching|sequencing|likert|fill-in|performance)$/.test(text)],
  [/^cmi\.interactions\.\d+\.(student_response|correct_responses\.\d+\.pattern)$/, responseFits],
  [/^cmi\.interactions\.\d+\.result$/, (text) => /^(correct|wrong|unanticipated|neutral)$/.test(text)],
  [/^cmi\.interactions\.\d+\.weighting$/, (text) => /^\d+$/.test(text)],
  [/^cmi\.interactions\.\d+\.time$/, (text) => TIME.test(text)],
];
const RESPONSES = {
  choice: /^[a-z0-9](,[a-z0-9])*$/,
  matching: /^[a-z0-9]\.[a-z0-9](,[a-z0-9]\.[a-z0-9])*$/,
  sequencing: /^[a-z0-9](,[a-z0-9])*$/,
  likert: /^[a-z0-9]$/,
  "fill-in": /^[^]{0,255}$/,
  performance: /^[a-z0-9]\.[a-z0-9](,[a-z0-9]\.[a-z0-9])*$/,
};
const STORE = "lms";
const options = Object.fromEntries(new URLSearchParams(window.location.search));
const types = new Map();
const inner = new window.Scorm12API({ autocommit: false, logLevel: 5 });
window.calls = [];
window.breaches = [];

function responseFits(text, element) {
  const type = types.get(element.split(".")[2]);
  return RESPONSES[type]?.test(text) ?? false;
}

function breach(text) {
  window.breaches.push(text);
}

function checkSet(element, value) {
  if (typeof value !== "string") breach(`${element} was given ${typeof value}, not text`);
  const rule = RULES.find(([pattern]) => pattern.test(element));
  if (!rule) breach(`${element} may not be set`);
  else if (!rule[1](String(value), element)) breach(`${element} = ${value}`);
  if (element.endsWith(".type")) types.set(element.split(".")[2], value);
}

const state = { begun: false, ended: false };
function note(name, values) {
  window.calls.push([name, ...values]);
  if (state.ended) breach(`${name} after LMSFinish`);
  if (!state.begun && name !== "LMSInitialize") breach(`${name} before LMSInitialize`);
}

function checked(answer, what) {
  const code = inner.LMSGetLastError();
  if (String(code) !== "0") breach(`${what}: error ${code}`);
  return answer;
}

function persist() {
  window.localStorage.setItem(STORE, JSON.stringify({ ...stored(), ...inner.getFlattenedCMI(), ...options.seed }));
}

const stored = () => JSON.parse(window.localStorage.getItem(STORE) ?? "{}");

const api = {
  LMSInitialize(...values) {
    note("LMSInitialize", values);
    if (state.begun) breach("LMSInitialize twice");
    state.begun = true;
    return checked(inner.LMSInitialize(...values), "LMSInitialize");
  },
  LMSGetValue(element) {
    note("LMSGetValue", [element]);
    if (element === "cmi.core.lesson_mode") return options.mode ?? "normal";
    return checked(String(inner.LMSGetValue(element)), element);
  },
  LMSSetValue(element, value) {
    note("LMSSetValue", [element, value]);
    checkSet(element, value);
    return checked(inner.LMSSetValue(element, value), `${element} = ${value}`);
  },
  LMSCommit(...values) {
    note("LMSCommit", values);
    persist();
    return "true";
  },
  LMSFinish(...values) {
    note("LMSFinish", values);
    state.ended = true;
    window.localStorage.setItem("finished", "true");
    persist();
    return "true";
  },
  LMSGetLastError: () => inner.LMSGetLastError(),
  LMSGetErrorString: (code) => inner.LMSGetErrorString(code),
  LMSGetDiagnostic: (code) => inner.LMSGetDiagnostic(code),
};
const over = { LMSInitialize: "101", LMSGetValue: "301", LMSSetValue: "301", LMSCommit: "301", LMSFinish: "301" };
const names = { start: "LMSInitialize", get: "LMSGetValue", set: "LMSSetValue", commit: "LMSCommit", finish: "LMSFinish" };
Object.assign(names, { error: "LMSGetLastError", over });
if (options.api !== "none") window.API = window.makeHostile(api, names, note);

// What an LMS hands over at a new visit: everything but the answers, which are write-only, and the time of the visit.
const before = Object.entries(stored()).filter(([name]) => !/interactions\.\d|session_time|\.exit$|_children|_count|_version/.test(name));
inner.loadFromFlattenedJSON({ "cmi.core.student_id": options.learner ?? "carla", ...Object.fromEntries(before) });
window.tracked = stored;
const frame = document.querySelector("iframe");
frame.src = frame.dataset.unit;
