// SCORM 2004 as a strict LMS has it, around scorm-again: length, vocabulary, format, order of calls and of elements.
// Every call is kept in `calls`, every breach in `breaches`; the person's data lives in localStorage, as of the last commit.

const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,2}(Z|[+-]\d\d:\d\d)$/;
const REAL = /^-?(0|1)(\.\d{1,7})?$/;
const TYPES = /^(choice|matching|sequencing|likert|fill-in|long-fill-in|performance)$/;
const STATUS = /^(unknown|passed|failed)$/;
const RULES = [
  [/^cmi\.suspend_data$/, (text) => text.length <= 64000],
  [/^cmi\.location$/, (text) => text.length <= 1000],
  [/^cmi\.completion_status$/, (text) => /^(completed|incomplete)$/.test(text)],
  [/^cmi\.success_status$/, (text) => STATUS.test(text)],
  [/^cmi\.exit$/, (text) => /^(time-out|suspend|logout|normal|)$/.test(text)],
  [/^cmi\.session_time$/, (text) => /^PT\d+H\d+M\d+(\.\d{1,2})?S$/.test(text)],
  [/^cmi\.progress_measure$/, (text) => REAL.test(text) && Number(text) >= 0],
  [/^cmi\.(objectives\.\d+\.)?score\.scaled$/, (text) => REAL.test(text)],
  [/^cmi\.(objectives\.\d+\.)?score\.(raw|min|max)$/, (text) => /^\d{1,3}$/.test(text)],
  [/^cmi\.objectives\.\d+\.success_status$/, (text) => STATUS.test(text)],
  [/^cmi\.objectives\.\d+\.completion_status$/, (text) => /^(completed|incomplete)$/.test(text)],
  [/^cmi\.(interactions|objectives)\.\d+\.id$/, (text) => /^[A-Za-z0-9_.:-]{1,4000}$/.test(text)],
  [/^cmi\.interactions\.\d+\.type$/, (text) => TYPES.test(text)],
  [/^cmi\.interactions\.\d+\.(learner_response|correct_responses\.\d+\.pattern)$/, responseFits],
  [/^cmi\.interactions\.\d+\.result$/, (text) => /^(correct|incorrect|unanticipated|neutral)$/.test(text)],
  [/^cmi\.interactions\.\d+\.weighting$/, (text) => /^\d+$/.test(text)],
  [/^cmi\.interactions\.\d+\.timestamp$/, (text) => STAMP.test(text)],
];
const LIST = /^[a-z0-9](\[,\][a-z0-9])*$/;
const PAIRS = /^[a-z0-9]\[\.\][a-z0-9](\[,\][a-z0-9]\[\.\][a-z0-9])*$/;
const RESPONSES = {
  choice: LIST,
  sequencing: LIST,
  matching: PAIRS,
  performance: PAIRS,
  likert: /^[a-z0-9]$/,
  "fill-in": /^[^]{0,250}$/,
  "long-fill-in": /^[^]{0,4000}$/,
};
const STORE = "lms";
const options = Object.fromEntries(new URLSearchParams(window.location.search));
const types = new Map();
const inner = new window.Scorm2004API({ autocommit: false, logLevel: 5 });
const stored = () => JSON.parse(window.localStorage.getItem(STORE) ?? "{}");
const state = { begun: false, ended: false };
window.calls = [];
window.breaches = [];
window.tracked = stored;

const place = (element) => element.split(".")[2];

function responseFits(text, element) {
  return RESPONSES[types.get(place(element))]?.test(text) ?? false;
}

const breach = (text) => window.breaches.push(text);

function checkSet(element, value) {
  if (typeof value !== "string") breach(`${element} was given ${typeof value}, not text`);
  const rule = RULES.find(([pattern]) => pattern.test(element));
  const id = /objectives\.\d+\.id$/.test(element) && String(inner.GetValue(element));
  if (id && id !== value) breach(`${element} was ${id} and may not become ${value}`);
  if (/interactions\.\d+\.type$/.test(element)) types.set(place(element), value);
  if (!rule) breach(`${element} may not be set`);
  else if (!rule[1](String(value), element)) breach(`${element} = ${value}`);
}

function note(name, values) {
  window.calls.push([name, ...values]);
  if (state.ended) breach(`${name} after Terminate`);
  if (!state.begun && name !== "Initialize") breach(`${name} before Initialize`);
}

function checked(answer, what) {
  const code = String(inner.GetLastError());
  if (!["0", "403"].includes(code)) breach(`${what}: error ${code}`); // 403: nothing was set so far
  return answer;
}

function persist() {
  window.localStorage.setItem(STORE, JSON.stringify({ ...stored(), ...inner.getFlattenedCMI() }));
}

const api = {
  Initialize(...values) {
    note("Initialize", values);
    if (state.begun) breach("Initialize twice");
    state.begun = true;
    return checked(inner.Initialize(...values), "Initialize");
  },
  GetValue(element) {
    note("GetValue", [element]);
    if (element === "cmi.mode") return options.mode ?? "normal";
    return checked(String(inner.GetValue(element)), element);
  },
  SetValue(element, value) {
    note("SetValue", [element, value]);
    checkSet(element, value);
    return checked(inner.SetValue(element, value), `${element} = ${value}`);
  },
  Commit(...values) {
    note("Commit", values);
    persist();
    return "true";
  },
  Terminate(...values) {
    note("Terminate", values);
    state.ended = true;
    window.localStorage.setItem("finished", "true");
    persist();
    return "true";
  },
  GetLastError: () => inner.GetLastError(),
  GetErrorString: (code) => inner.GetErrorString(code),
  GetDiagnostic: (code) => inner.GetDiagnostic(code),
};
const over = { Initialize: "104", GetValue: "123", SetValue: "133", Commit: "143", Terminate: "113" };
const names = { start: "Initialize", get: "GetValue", set: "SetValue", commit: "Commit", finish: "Terminate" };
Object.assign(names, { error: "GetLastError", over });
if (options.api !== "none") window.API_1484_11 = window.makeHostile(api, names, note);

// What an LMS hands over at a new visit: a primary objective with a name is its first (RTE, section 4.2.17).
const KEPT = /^cmi\.(suspend_data|location|completion_status|success_status|score\.|progress_measure|objectives\.\d)/;
const before = Object.entries(stored()).filter(([name, value]) => KEPT.test(name) && value !== "" && !/_children$/.test(name));
inner.loadFromFlattenedJSON({ "cmi.learner_id": options.learner ?? "carla", "cmi.objectives.0.id": "whole", ...Object.fromEntries(before) });
const frame = document.querySelector("iframe");
frame.src = frame.dataset.unit;
