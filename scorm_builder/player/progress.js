// The one place that knows what progress is, how the score is counted, and when a unit is passed.
//
// {"v": 1, "page": "welcome", "seen": ["welcome"], "answers": {"<activity>": {given, checked, points}},
//  "status": "incomplete" | "passed" | "failed" | "completed", "score": {raw, min, max, scaled} | null, "seconds": 123}
// `given` is what the activity's kind makes of it; `points` is the best result so far in percent, null where nothing counts.

export const VERSION = 1;
const FINAL = ["passed", "completed"];

export function empty(unit) {
  return { v: VERSION, page: unit.pages[0].id, seen: [], answers: {}, status: "incomplete", score: null, seconds: 0 };
}

// What was saved may be of an older edition of the unit: what the unit no longer has is left out.
export function adopt(saved, unit) {
  if (!saved || saved.v !== VERSION) return empty(unit);
  const pages = unit.pages.map((page) => page.id);
  const known = new Set(unit.activities.map((activity) => activity.id));
  return settle(
    {
      ...empty(unit),
      page: pages.includes(saved.page) ? saved.page : pages[0],
      seen: pages.filter((page) => (saved.seen ?? []).includes(page)),
      answers: Object.fromEntries(Object.entries(saved.answers ?? {}).filter(([id]) => known.has(id))),
      status: saved.status ?? "incomplete",
      seconds: saved.seconds ?? 0,
    },
    unit,
  );
}

export function turnTo(progress, unit, page) {
  const seen = unit.pages.map(({ id }) => id).filter((id) => id === page || progress.seen.includes(id));
  return settle({ ...progress, page, seen }, unit);
}

// An answer that is being changed keeps the best points reached, so that trying again never costs anything.
export function answer(progress, unit, id, { given, checked, points }) {
  const before = progress.answers[id]?.points ?? null;
  const best = points === null || points === undefined ? before : Math.max(points, before ?? 0);
  return settle({ ...progress, answers: { ...progress.answers, [id]: { given, checked, points: best } } }, unit);
}

export function spend(progress, seconds) {
  return { ...progress, seconds: progress.seconds + seconds };
}

// `ours` is newer; nothing that `theirs` has seen, reached or answered is lost.
export function merge(ours, theirs, unit) {
  if (!theirs || theirs.v !== VERSION) return ours;
  const answers = { ...theirs.answers };
  for (const [id, own] of Object.entries(ours.answers)) {
    answers[id] = { ...own, points: higher(own.points, theirs.answers[id]?.points ?? null) };
  }
  const status = FINAL.includes(theirs.status) ? theirs.status : ours.status;
  const seen = unit.pages.map(({ id }) => id).filter((id) => ours.seen.includes(id) || theirs.seen.includes(id));
  return settle({ ...ours, answers, seen, status, seconds: Math.max(ours.seconds, theirs.seconds) }, unit);
}

export function counted(unit) {
  return unit.activities.filter((activity) => activity.counts);
}

export function countedAndAnswered(progress, unit) {
  return counted(unit).filter(({ id }) => Number.isInteger(progress.answers[id]?.points));
}

function higher(one, other) {
  if (one === null || other === null) return one ?? other;
  return Math.max(one, other);
}

function settle(progress, unit) {
  const score = scoreOf(progress, unit);
  return { ...progress, score, status: statusOf({ ...progress, score }, unit) };
}

function scoreOf(progress, unit) {
  const answered = countedAndAnswered(progress, unit);
  if (answered.length === 0) return null;
  const sum = answered.reduce((total, { id }) => total + progress.answers[id].points, 0);
  const raw = Math.round(sum / counted(unit).length);
  return { raw, min: 0, max: 100, scaled: raw / 100 };
}

// The declared rule: all pages seen, everything that counts answered, and enough of it right. What is passed stays passed.
function statusOf(progress, unit) {
  if (FINAL.includes(progress.status)) return progress.status;
  const all = counted(unit);
  if (progress.seen.length < unit.pages.length) return "incomplete";
  if (countedAndAnswered(progress, unit).length < all.length) return "incomplete";
  if (all.length === 0) return "completed";
  return progress.score.raw >= unit.check ? "passed" : "failed";
}
