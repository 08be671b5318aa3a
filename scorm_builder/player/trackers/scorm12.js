// SCORM 1.2 (Run-Time Environment, section 3.4): sets only what changed, and commits score, time and status together.

import { keep, recall } from "../storage.js";
import { SaveFailed } from "../tracker.js";
import { createInteractions } from "./interactions12.js";
import { createNone } from "./none.js";
import { createCalls, findApi } from "./scorm12_api.js";
import { decode, encode } from "./suspend.js";

const NEEDED = new Set(["cmi.suspend_data", "cmi.core.lesson_status", "cmi.core.score.raw"]);
const RANGE = [
  ["cmi.core.score.min", "0"],
  ["cmi.core.score.max", "100"],
];
const READ_ONLY_MODES = ["review", "browse"];

export function sessionTime(seconds) {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  const [hours, minutes, rest] = parts.map((part, place) => String(part).padStart(place ? 2 : 4, "0"));
  return `${hours}:${minutes}:${rest}.00`;
}

export function createScorm12(unit, api = findApi()) {
  const calls = api ? createCalls(api) : null;
  let started = false;
  try {
    started = Boolean(calls?.start());
  } catch {
    started = false; // An LMS that fails here is no LMS: the browser keeps everything.
  }
  return started ? createSession(unit, calls) : createNone(unit);
}

function createSession(unit, calls) {
  const interactions = createInteractions(calls, unit);
  const sent = new Map();
  const unwanted = new Set();
  let before = 0;
  let storageKey = null;
  let open = true;

  const localKey = () => {
    storageKey ??= `pw:${unit.course}:${unit.id}:texts:${calls.get("cmi.core.student_id")}`;
    return storageKey;
  };

  function set(element, value) {
    if (sent.get(element) === value || unwanted.has(element)) return;
    if (calls.set(element, value)) sent.set(element, value);
    else if (NEEDED.has(element)) throw new SaveFailed();
    else unwanted.add(element);
  }

  function readSaved(status) {
    const text = calls.get("cmi.suspend_data");
    const saved = decode(text, unit, /;....[01]..x/.test(text) ? (recall(localKey()) ?? {}) : {});
    if (!saved) return null;
    sent.set("cmi.suspend_data", text);
    if (status === "passed" || status === "completed") saved.status = status;
    interactions.remember(saved.answers);
    if (Object.values(saved.answers).some(({ points }) => points !== null)) for (const [name, value] of RANGE) sent.set(name, value);
    before = saved.seconds;
    return saved;
  }

  return {
    condition: "normal",
    async open() {
      const status = calls.get("cmi.core.lesson_status");
      if (READ_ONLY_MODES.includes(calls.get("cmi.core.lesson_mode"))) this.condition = "review";
      else begin(status);
      return readSaved(status);
    },
    async save(progress) {
      if (this.condition === "review") return { at: new Date(), browserOnly: [] };
      const { text, browserOnly } = encode(progress, unit);
      if (browserOnly.length) keep(localKey(), pick(progress.answers, browserOnly));
      interactions.record(progress.answers);
      for (const [element, value] of elements(progress, text)) set(element, value);
      if (!calls.commit()) {
        for (const element of NEEDED) sent.delete(element);
        throw new SaveFailed();
      }
      return { at: new Date(), browserOnly };
    },
    close() {
      if (open) calls.finish();
      open = false;
    },
  };

  // Before anything else: a visit that breaks off must leave a unit begun and resumable, never one that is passed.
  function begin(status) {
    if (status === "" || status === "not attempted") set("cmi.core.lesson_status", "incomplete");
    else sent.set("cmi.core.lesson_status", status);
    set("cmi.core.exit", "suspend");
  }

  function elements(progress, text) {
    const values = [
      ["cmi.core.lesson_location", progress.page],
      ["cmi.suspend_data", text],
      ["cmi.core.session_time", sessionTime(progress.seconds - before)],
      ["cmi.core.lesson_status", progress.status],
    ];
    if (progress.score) values.push(...RANGE);
    // An LMS with a mastery score turns any raw score into passed or failed: it is told when the unit is through.
    if (progress.score && ["passed", "failed"].includes(progress.status)) {
      values.push(["cmi.core.score.raw", String(progress.score.raw)]);
    }
    return values;
  }
}

function pick(answers, ids) {
  return Object.fromEntries(ids.map((id) => [id, answers[id].given]));
}
