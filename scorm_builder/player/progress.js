// The one place that knows what progress through a unit is, how the score is counted, and when a unit is passed.
//
// {"v": 1, "page": "welcome", "seen": ["welcome"], "answers": {"<activity>": {given, checked, points}},
//  "status": "incomplete" | "passed" | "failed" | "completed", "score": {raw, min, max, scaled} | null, "seconds": 123,
//  "check": {"drawn": [ids], "met": [ids], "best": 62 | null, "attempt": 2} where the unit has a closing check}
// `given` is what the activity's kind makes of it; `points` is the best result so far in percent, null where nothing counts.

import { digest } from "./digest.js";
import { adoptCheck, drawAgain, firstDraw, isDrawn, mergeChecks, poolOf, sameAttempt } from "./pool.js";

export const VERSION = 1;
const FINAL = ["passed", "completed"];

export function empty(unit) {
  const begun = { v: VERSION, page: unit.pages[0].id, seen: [], answers: {}, status: "incomplete", score: null, seconds: 0 };
  return unit.draw ? { ...begun, check: firstDraw(unit) } : begun;
}

// What was saved may be of an older edition of the unit, or damaged: what the unit lacks, or is no answer, is left out.
export function adopt(saved, unit) {
  if (!saved || saved.v !== VERSION) return empty(unit);
  const pages = unit.pages.map((page) => page.id);
  const known = new Set(unit.activities.map((activity) => activity.id));
  const answers = Object.entries(saved.answers ?? {});
  const adopted = {
    ...empty(unit),
    page: pages.includes(saved.page) ? saved.page : pages[0],
    seen: pages.filter((page) => (saved.seen ?? []).includes(page)),
    answers: Object.fromEntries(answers.filter(([id, one]) => known.has(id) && one?.given !== undefined)),
    status: saved.status ?? "incomplete",
    seconds: saved.seconds ?? 0,
  };
  return settle(unit.draw ? { ...adopted, check: adoptCheck(saved.check, unit) } : adopted, unit);
}

// A page that has not arrived yet can be turned to, but not be seen.
export function turnTo(progress, unit, page) {
  const isSeen = ({ id, here }) => progress.seen.includes(id) || (id === page && here !== false);
  const seen = unit.pages.filter(isSeen).map(({ id }) => id);
  return settle({ ...progress, page, seen }, unit);
}

// An answer that is being changed keeps the best points reached, so that trying again never costs anything.
export function answer(progress, unit, id, { given, checked, points }) {
  const before = progress.answers[id]?.points ?? null;
  const best = points === null || points === undefined ? before : Math.max(points, before ?? 0);
  return settle({ ...progress, answers: { ...progress.answers, [id]: { given, checked, points: best } } }, unit);
}

// Another attempt at the closing check, with other questions; the best attempt is kept.
export function tryAgain(progress, unit) {
  const best = higher(progress.check.best, attemptOf(progress, unit));
  const check = { ...drawAgain(progress.check, unit), best };
  const answers = Object.entries(progress.answers).filter(([id]) => !unit.activities.some((one) => one.id === id && one.pool));
  return settle({ ...progress, check, answers: Object.fromEntries(answers) }, unit);
}

export function spend(progress, seconds) {
  return { ...progress, seconds: progress.seconds + seconds };
}

// `ours` is newer where it differs from `base`, what it came from; nothing that `theirs` has seen, reached or answered
// is lost, but for an attempt at the closing check that was broken off in favour of another: answers of two attempts
// are never mixed.
/** @param {any} base */
export function merge(ours, theirs, unit, base = null) {
  if (!theirs || theirs.v !== VERSION) return ours;
  // A visit in which nothing was done, because it began without the earlier ones, has no place to go on from.
  const { page } = (isBegun(ours) && ours.page !== base?.page) || !isBegun(theirs) ? ours : theirs;
  const isOurs = isTried(ours, unit) && !(base && isSameCheck(ours, base, unit));
  const [on, over] = isOurs || !isTried(theirs, unit) ? [ours, theirs] : [theirs, ours];
  const isOne = isOneAttempt(on, over, unit);
  const leftOut = isOne ? [] : poolOf(unit).map((id) => over.answers[id]);
  const status = FINAL.includes(theirs.status) ? theirs.status : ours.status;
  const seen = unit.pages.map(({ id }) => id).filter((id) => ours.seen.includes(id) || theirs.seen.includes(id));
  const seconds = Math.max(ours.seconds, theirs.seconds);
  const merged = { ...ours, page, answers: joinAnswers(ours, theirs, leftOut, base), seen, status, seconds };
  if (!unit.draw) return settle(merged, unit);
  const best = higher(higher(on.check.best, over.check.best), isOne ? null : attemptOf(over, unit));
  return settle({ ...merged, check: mergeChecks(on.check, over.check, best) }, unit);
}

function joinAnswers(ours, theirs, leftOut, base) {
  const isOld = ([id, one]) => isSameAnswer(one, base?.answers[id]);
  const [old, fresh] = [true, false].map((is) => Object.entries(ours.answers).filter((one) => isOld(one) === is));
  const answers = {};
  for (const [id, one] of [...old, ...Object.entries(theirs.answers), ...fresh]) {
    if (!leftOut.includes(one)) answers[id] = { ...one, points: higher(one.points, answers[id]?.points ?? null) };
  }
  return answers;
}

const saidBy = (one) => one && JSON.stringify([one.given, one.checked]);
const isSameAnswer = (one, other) => saidBy(one) === saidBy(other);

// Whether the closing check stands as it stood.
const isSameCheck = (one, other, unit) =>
  sameAttempt(one.check, other.check) &&
  poolOf(unit).every((id) => isSameAnswer(one.answers[id], other.answers[id]));

const isBegun = ({ answers, seen }) => Object.keys(answers).length > 0 || seen.length > 1;

// Whether the closing check was begun, or begun anew.
const isTried = ({ answers, check }, unit) => (check?.best ?? null) !== null || poolOf(unit).some((id) => answers[id]);

// The same number, the same questions, and none that was answered otherwise: in an attempt each is answered once.
function isOneAttempt(one, other, unit) {
  if (!unit.draw) return true;
  const given = ({ answers }, id) => JSON.stringify(answers[id].given);
  const same = (id) => !one.answers[id] || !other.answers[id] || given(one, id) === given(other, id);
  return sameAttempt(one.check, other.check) && poolOf(unit).every(same);
}

// What counts now: of the closing check's questions those that were drawn.
export function counted(progress, unit) {
  return unit.activities.filter((activity) => activity.counts && isDrawn(activity, progress.check));
}

export function countedAndAnswered(progress, unit) {
  return counted(progress, unit).filter(({ id }) => Number.isInteger(progress.answers[id]?.points));
}

// The percentage of this attempt, null until all that counts is answered.
export function attemptOf(progress, unit) {
  const all = counted(progress, unit);
  return all.length > 0 && countedAndAnswered(progress, unit).length === all.length ? percentOf(progress, unit) : null;
}

function higher(one, other) {
  if (one === null || other === null) return one ?? other;
  return Math.max(one, other);
}

// In whole percents, but where an LMS has said which score passes (`unit.mastery`, 0 to 1): that one is kept to as it is.
function percentOf(progress, unit) {
  const sum = countedAndAnswered(progress, unit).reduce((total, { id }) => total + progress.answers[id].points, 0);
  const percent = sum / counted(progress, unit).length;
  return unit.mastery === undefined ? Math.round(percent) : percent;
}

// A number for what was answered of all that counts, and in which attempt; "" without progress.
export function countedAnswers(progress, unit) {
  if (!progress) return "";
  const given = counted(progress, unit).map(({ id }) => [id, progress.answers[id]?.checked ? progress.answers[id].given : null]);
  return digest(JSON.stringify([progress.check?.attempt ?? 0, given]));
}

// A number for the last attempt that is finished, 0 where there is none. Without a closing check, other answers are
// another attempt.
export function finishedAttempt(progress, unit) {
  const isFinished = attemptOf(progress, unit) !== null;
  if (progress.check) return isFinished ? progress.check.attempt : progress.check.attempt - 1;
  return isFinished ? countedAnswers(progress, unit) : 0;
}

// Answers to questions that are not in this attempt are of an earlier one, or of another edition.
function settle(progress, unit) {
  const stale = new Set(unit.activities.filter((one) => !isDrawn(one, progress.check)).map(({ id }) => id));
  const answers = Object.fromEntries(Object.entries(progress.answers).filter(([id]) => !stale.has(id)));
  const current = { ...progress, answers };
  const score = scoreOf(current, unit);
  return { ...current, score, status: statusOf({ ...current, score }, unit) };
}

function scoreOf(progress, unit) {
  const best = progress.check?.best ?? null;
  if (best === null && countedAndAnswered(progress, unit).length === 0) return null;
  const raw = best === null ? percentOf(progress, unit) : higher(best, attemptOf(progress, unit));
  return { raw: Math.floor(raw * 100 + 1e-7) / 100, min: 0, max: 100, scaled: raw / 100 };
}

// The declared rule: all pages seen, everything that counts answered, and enough of it right. What is passed stays passed.
function statusOf(progress, unit) {
  if (FINAL.includes(progress.status)) return progress.status;
  if (progress.seen.length < unit.pages.length) return "incomplete";
  if (counted(progress, unit).length === 0) return "completed";
  if (attemptOf(progress, unit) === null && (progress.check?.best ?? null) === null) return "incomplete";
  const { raw, scaled } = progress.score;
  const isEnough = unit.mastery === undefined ? raw >= unit.check : scaled >= unit.mastery;
  return isEnough ? "passed" : "failed";
}
