// The closing check: an attempt draws some questions of a pool; another attempt draws those not yet met first.
//
// {"drawn": [ids of this attempt], "met": [ids drawn so far], "best": the best whole attempt in percent, or null,
//  "attempt": the number of this attempt, from 1}

export const poolOf = (unit) => unit.activities.filter(({ pool }) => pool).map(({ id }) => id);

export function isDrawn(activity, check) {
  return !activity.pool || (check?.drawn.includes(activity.id) ?? false);
}

export function firstDraw(unit, random = Math.random) {
  return drawAgain({ drawn: [], met: [], best: null, attempt: 0 }, unit, random);
}

// What the pool no longer has is replaced; a draw of another length than the check's now is drawn anew.
export function adoptCheck(saved, unit) {
  if (!saved) return firstDraw(unit);
  const there = (ids) => poolOf(unit).filter((id) => (ids ?? []).includes(id));
  const [drawn, met] = [there(saved.drawn), there(saved.met)];
  const kept = { drawn, met, best: saved.best ?? null, attempt: saved.attempt ?? 1 };
  return drawn.length === unit.draw ? kept : drawAgain(kept, unit);
}

export function drawAgain(check, unit, random = Math.random) {
  const pool = poolOf(unit);
  const fresh = shuffle(pool.filter((id) => !check.met.includes(id)), random);
  const [longAgo, lastTime] = [false, true].map((last) =>
    shuffle(pool.filter((id) => check.met.includes(id) && check.drawn.includes(id) === last), random),
  );
  const chosen = [...fresh, ...longAgo, ...lastTime].slice(0, unit.draw);
  const inOrder = (ids) => pool.filter((id) => ids.includes(id));
  const met = inOrder([...check.met, ...chosen]);
  return { drawn: inOrder(chosen), met, best: check.best, attempt: check.attempt + 1 };
}

// Two computers may each have begun an attempt: then they drew otherwise, or answered otherwise.
export const sameAttempt = (one, other) => one.attempt === other.attempt && one.drawn.join() === other.drawn.join();

// The attempt that is gone on with keeps its questions; those of the other one were met, too.
export function mergeChecks(on, over, best) {
  return { drawn: on.drawn, met: [...new Set([...on.met, ...over.met])], best, attempt: on.attempt };
}

function shuffle(list, random) {
  const mixed = [...list];
  for (let place = mixed.length - 1; place > 0; place -= 1) {
    const other = Math.floor(random() * (place + 1));
    [mixed[place], mixed[other]] = [mixed[other], mixed[place]];
  }
  return mixed;
}
