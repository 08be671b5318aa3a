// Progress as the few characters that SCORM 1.2 keeps (cmi.suspend_data: 4,096), versioned:
//
//   1;<page>;<status>;<seconds>;<seen pages>;<answer>;<answer>…        pages and activities by their four-character keys
//   answer = key, checked 0|1, points in two digits or --, then i<n> | a<n…> | s<text> | n | x (kept in the browser)
//
// Numbers are in base 36; a list holds one digit an entry, "-" for none. Keys do not depend on the order of pages.

import { VERSION } from "../progress.js";

export const LIMIT = 4096;
const STATUSES = { i: "incomplete", p: "passed", f: "failed", c: "completed" };

// Texts that do not fit are left out, the longest first; `browserOnly` names them.
export function encode(progress, unit, limit = LIMIT) {
  const head = [VERSION, keyOf(unit.pages, progress.page), progress.status[0], progress.seconds.toString(36)];
  head.push(progress.seen.map((id) => keyOf(unit.pages, id)).join(""));
  const answers = Object.entries(progress.answers).map(([id, answer]) => ({ id, text: encodeAnswer(unit, id, answer) }));
  const whole = () => [...head, ...answers.map(({ text }) => text)].join(";");
  const browserOnly = [];
  for (const longest of texts(answers)) {
    if (whole().length <= limit) break;
    longest.text = `${longest.text.slice(0, 7)}x`;
    browserOnly.push(longest.id);
  }
  return { text: whole(), browserOnly };
}

// `local` holds the texts that did not fit, by activity. Null for what is not ours.
export function decode(text, unit, local = {}) {
  const [version, page, status, seconds, seen, ...answers] = text.split(";");
  if (Number(version) !== VERSION || seen === undefined) return null;
  return {
    v: VERSION,
    page: idOf(unit.pages, page) ?? unit.pages[0].id,
    seen: (seen.match(/.{4}/g) ?? []).map((key) => idOf(unit.pages, key)).filter(Boolean),
    answers: Object.fromEntries(answers.map((answer) => decodeAnswer(unit, answer, local)).filter(([id]) => id)),
    status: STATUSES[status] ?? "incomplete",
    score: null,
    seconds: parseInt(seconds, 36) || 0,
  };
}

const keyOf = (list, id) => list.find((entry) => entry.id === id)?.key ?? "";
const idOf = (list, key) => list.find((entry) => entry.key === key)?.id;
const texts = (answers) =>
  answers.filter(({ text }) => text[7] === "s").sort((one, other) => other.text.length - one.text.length);

function encodeAnswer(unit, id, { given, checked, points }) {
  const reached = Number.isInteger(points) ? points.toString(36).padStart(2, "0") : "--";
  return keyOf(unit.activities, id) + (checked ? "1" : "0") + reached + encodeGiven(given);
}

function encodeGiven(given) {
  if (Number.isInteger(given)) return `i${given.toString(36)}`;
  if (Array.isArray(given)) return `a${given.map((entry) => (entry === null ? "-" : entry.toString(36))).join("")}`;
  return typeof given === "string" ? `s${escapeText(given)}` : "n";
}

function decodeAnswer(unit, answer, local) {
  const id = idOf(unit.activities, answer.slice(0, 4));
  const points = answer.slice(5, 7) === "--" ? null : parseInt(answer.slice(5, 7), 36);
  const given = decodeGiven(answer.slice(7), local[id] ?? "");
  return [id, { given, checked: answer[4] === "1", points }];
}

function decodeGiven(text, local) {
  const rest = text.slice(1);
  if (text[0] === "i") return parseInt(rest, 36);
  if (text[0] === "a") return [...rest].map((digit) => (digit === "-" ? null : parseInt(digit, 36)));
  if (text[0] === "s") return unescapeText(rest);
  return text[0] === "x" ? local : null;
}

// Half a surrogate pair cannot travel in a form; separators and control characters are written as %XXXX.
function escapeText(text) {
  return text
    .replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]|[\uD800-\uDFFF]/g, (found) => (found.length === 2 ? found : "\uFFFD"))
    .replace(/[%;\u0000-\u001F\u007F-\u009F\u2028\u2029]/g, (one) => `%${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function unescapeText(text) {
  return text.replace(/%([0-9a-f]{4})/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
}
