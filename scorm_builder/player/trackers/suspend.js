// Progress as the few characters that an LMS keeps (SCORM 1.2, cmi.suspend_data: 4,096), versioned:
//
//   2;<current unit>                              units, pages and activities by three-character keys (base 64)
//   ;!<unit><status><page><seen pages>.<seconds>  then what belongs to this unit:
//   ;?<best or -><size of the pool>.<drawn>.<met>.<attempt>  the closing check: questions as the bits of a number
//   ;<activity><form><points><value>              form: one letter for type, checked and whether there are points
//
// Numbers are in base 36, points in two digits; a list has one digit an entry, "-" for none. Keys do not depend on order.
// scorm_builder/stored_size.py knows how long this gets: change both together.

import { VERSION } from "../progress.js";
import { escapeText, unescapeText } from "./plain_text.js";

export const LIMIT = 4096;
const EDITION = "2";
const MOST_ATTEMPTS = 36 ** 2 - 1;
const FORMS = "abcdefghijklmnopqrst";
const TYPES = ["number", "list", "text", "nothing", "elsewhere"];
const STATUSES = { i: "incomplete", p: "passed", f: "failed", c: "completed" };

// Texts that do not fit are left out, the longest first; `browserOnly` names them as [unit, activity].
export function encode(whole, scope, limit = LIMIT) {
  const parts = [{ text: EDITION }, { text: scope.units.find(({ id }) => id === whole.current)?.key ?? "" }];
  for (const unit of scope.units) {
    if (whole.units[unit.id]) parts.push(...unitParts(whole.units[unit.id], unit));
  }
  let length = parts.reduce((sum, { text }) => sum + text.length + 1, -1);
  const browserOnly = [];
  for (const longest of parts.filter(({ short }) => short).sort((one, other) => other.text.length - one.text.length)) {
    if (length <= limit) break;
    length -= longest.text.length - longest.short.length;
    longest.text = longest.short;
    browserOnly.push(longest.whose);
  }
  return { text: parts.map(({ text }) => text).join(";"), browserOnly };
}

// `local(unit, activity)` gives a text that did not fit. Null for what is not ours.
export function decode(text, scope, local = () => "") {
  const [edition, current, ...blocks] = text.split(";");
  if (edition !== EDITION || current === undefined) return null;
  const whole = { current: scope.units.find(({ key }) => key === current)?.id ?? null, units: {} };
  /** @type {any} */
  let unit = null;
  for (const block of blocks) {
    if (block[0] === "!") {
      unit = scope.units.find(({ key }) => key === block.slice(1, 4));
      if (unit) whole.units[unit.id] = decodeHead(block, unit);
    } else if (unit && block[0] === "?") whole.units[unit.id].check = decodeCheck(block, unit);
    else if (unit) decodeAnswer(block, unit, whole.units[unit.id].answers, local);
  }
  return whole;
}

const keyOf = (list, id) => list.find((entry) => entry.id === id)?.key ?? "~~~";
const idOf = (list, key) => list.find((entry) => entry.key === key)?.id;
const poolOf = (unit) => unit.activities.filter(({ pool }) => pool).map(({ id, key }) => ({ id, key })).sort(byKey);
const byKey = (one, other) => (one.key < other.key ? -1 : 1);

function unitParts(progress, unit) {
  const seen = progress.seen.map((id) => keyOf(unit.pages, id)).join("");
  const head = `!${unit.key}${progress.status[0]}${keyOf(unit.pages, progress.page)}${seen}.${progress.seconds.toString(36)}`;
  const check = progress.check ? [{ text: encodeCheck(progress.check, unit) }] : [];
  const answers = Object.entries(progress.answers).map(([id, answer]) => encodeAnswer(unit, id, answer));
  return [{ text: head }, ...check, ...answers];
}

function decodeHead(block, unit) {
  const [keys, seconds] = block.slice(4).split(".");
  const seen = (keys.slice(4).match(/.{3}/g) ?? []).map((key) => idOf(unit.pages, key)).filter(Boolean);
  const page = idOf(unit.pages, keys.slice(1, 4)) ?? unit.pages[0].id;
  const status = STATUSES[keys[0]] ?? "incomplete";
  return { v: VERSION, page, seen, answers: {}, status, score: null, seconds: parseInt(seconds, 36) || 0 };
}

function encodeCheck({ drawn, met, best, attempt }, unit) {
  const pool = poolOf(unit);
  const bits = (ids) => pool.reduce((sum, { id }, place) => sum + (ids.includes(id) ? 2 ** place : 0), 0).toString(36);
  const reached = best === null ? "--" : best.toString(36).padStart(2, "0");
  const number = Math.min(attempt, MOST_ATTEMPTS).toString(36);
  return `?${reached}${pool.length.toString(36)}.${bits(drawn)}.${bits(met)}.${number}`;
}

// A pool of another size is of another edition: its bits would name other questions.
function decodeCheck(block, unit) {
  const pool = poolOf(unit);
  const [size, drawn, met, number] = block.slice(3).split(".").map((digits) => parseInt(digits, 36));
  const best = block.slice(1, 3) === "--" ? null : parseInt(block.slice(1, 3), 36);
  const ids = (bits) => pool.filter((_, place) => Math.floor(bits / 2 ** place) % 2 === 1).map(({ id }) => id);
  const attempt = number || 1; // Attempts were not always numbered.
  return { ...(size === pool.length ? { drawn: ids(drawn), met: ids(met) } : { drawn: [], met: [] }), best, attempt };
}

function encodeAnswer(unit, id, { given, checked, points }) {
  const reached = Number.isInteger(points) ? points.toString(36).padStart(2, "0") : "";
  const [type, value] = encodeGiven(given);
  const part = (kind, rest) => {
    const form = FORMS[TYPES.indexOf(kind) * 4 + (checked ? 2 : 0) + (reached ? 1 : 0)];
    return keyOf(unit.activities, id) + form + reached + rest;
  };
  const short = type === "text" ? { short: part("elsewhere", ""), whose: [unit.id, id] } : {};
  return { text: part(type, value), ...short };
}

function encodeGiven(given) {
  if (Number.isInteger(given)) return ["number", given.toString(36)];
  if (Array.isArray(given)) return ["list", given.map((entry) => (entry === null ? "-" : entry.toString(36))).join("")];
  return typeof given === "string" ? ["text", escapeText(given)] : ["nothing", ""];
}

function decodeAnswer(block, unit, answers, local) {
  const id = idOf(unit.activities, block.slice(0, 3));
  const form = FORMS.indexOf(block[3]);
  if (!id || form < 0) return;
  const scored = form % 2 === 1;
  const points = scored ? parseInt(block.slice(4, 6), 36) : null;
  const given = decodeGiven(TYPES[Math.floor(form / 4)], block.slice(scored ? 6 : 4), () => local(unit.id, id));
  answers[id] = { given, checked: form % 4 >= 2, points };
}

function decodeGiven(type, value, local) {
  if (type === "number") return parseInt(value, 36);
  if (type === "list") return [...value].map((digit) => (digit === "-" ? null : parseInt(digit, 36)));
  if (type === "text") return unescapeText(value);
  return type === "elsewhere" ? local() : null;
}
