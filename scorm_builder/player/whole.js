// Progress through all that a package holds: one unit, a module, a course.
//
// {"current": "<unit>" | null, "units": {"<unit>": <progress>}, "status", "score", "seconds", "measure": 0–1}
// A package of several units is passed when each of them is. Its score is the mean of the units that count.

import { adopt, counted, countedAndAnswered, empty, merge } from "./progress.js";

const DONE = ["passed", "completed"];
const RANK = { incomplete: 0, failed: 1, completed: 2, passed: 2 };

export function adoptWhole(saved, scope) {
  const known = scope.units.filter(({ id }) => saved?.units?.[id]);
  const units = Object.fromEntries(known.map((unit) => [unit.id, adopt(saved.units[unit.id], unit)]));
  const there = scope.units.some(({ id }) => id === saved?.current);
  return total({ current: there ? saved.current : (scope.single?.id ?? null), units }, scope);
}

export function withUnit(whole, scope, id, progress) {
  return total({ current: id, units: { ...whole.units, [id]: progress } }, scope);
}

// `ours` is newer where it differs from `base`, what it came from; nothing that `theirs` has is lost.
export function mergeWholes(ours, theirs, scope, base = null) {
  const [own, other, before] = [ours, theirs, base].map((whole) => adoptWhole(whole, scope));
  const joined = (unit) => {
    const [one, two, since] = [own, other, before].map(({ units }) => units[unit.id]);
    return one && two ? merge(one, two, unit, since) : (one ?? two);
  };
  const merged = scope.units.map((unit) => [unit.id, joined(unit)]).filter(([, one]) => one);
  const moved = own.current !== before.current;
  const current = (moved ? own.current : other.current) ?? own.current;
  return total({ current, units: Object.fromEntries(merged) }, scope);
}

// What of a whole is work: two that differ in nothing but the time that was spent are the same.
export function contentOf({ units, ...whole }) {
  const timeless = Object.entries(units).map(([id, progress]) => [id, { ...progress, seconds: 0 }]);
  return JSON.stringify({ ...whole, seconds: 0, units: Object.fromEntries(timeless) }, (_, value) => sorted(value));
}

function sorted(value) {
  if (!value || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function total({ current, units }, scope) {
  const begun = (unit) => units[unit.id] ?? null;
  const seconds = Object.values(units).reduce((sum, progress) => sum + progress.seconds, 0);
  const score = scoreOf(scope, begun);
  return { current, units, status: statusOf(scope, begun, score), score, seconds, measure: measureOf(scope, begun) };
}

function scoreOf(scope, begun) {
  if (scope.single) return begun(scope.single)?.score ?? null;
  const counting = scope.units.filter((unit) => unit.activities.some(({ counts }) => counts));
  if (!counting.some((unit) => begun(unit)?.score)) return null;
  const sum = counting.reduce((points, unit) => points + (begun(unit)?.score?.raw ?? 0), 0);
  const raw = Math.round(sum / counting.length);
  return { raw, min: 0, max: 100, scaled: raw / 100 };
}

// One failed unit leaves the whole open, unless the mean fails too: no LMS that compares the mean says otherwise.
function statusOf(scope, begun, score) {
  const statuses = scope.units.map((unit) => begun(unit)?.status ?? "incomplete");
  if (scope.single) return statuses[0];
  if (statuses.some((status) => RANK[status] === 0)) return "incomplete";
  if (statuses.every((status) => DONE.includes(status))) return statuses.includes("passed") ? "passed" : "completed";
  return score.raw < Math.min(...scope.units.map(({ check }) => check)) ? "failed" : "incomplete";
}

// Pages seen and questions answered, of all there are.
function measureOf(scope, begun) {
  let [done, all] = [0, 0];
  for (const unit of scope.units) {
    const progress = begun(unit) ?? empty(unit);
    done += progress.seen.length + countedAndAnswered(progress, unit).length;
    all += unit.pages.length + counted(progress, unit).length;
  }
  return all ? done / all : 0;
}
