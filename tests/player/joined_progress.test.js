// Work of two windows or computers, joined: nothing that either has reached is lost, whoever comes last.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";

import { answer, attemptOf, empty, merge, tryAgain, turnTo } from "../../scorm_builder/player/progress.js";
import { plainUnit } from "./support/courses.js";

const POOL = ["c", "d", "e", "f"];
const RUNS = { numRuns: 500 };

// Steps of a learner: {kind, place, points}; which question, and how many points.
const step = fc.record({
  kind: fc.constantFrom("turn", "answer", "answer", "again"),
  place: fc.nat(5),
  points: fc.integer({ min: 0, max: 100 }),
});
const steps = fc.array(step, { maxLength: 9 });
const side = fc.record({ anew: fc.boolean(), steps });

const again = { kind: "again", place: 0, points: 0 };
const given = (place, points) => ({ kind: "answer", place, points });
const wrong = Array.from({ length: 6 }, (_, place) => given(place, 0));

// A unit whose closing check draws so many of four questions; none where `draw` is 0.
function unitThatDraws(draw) {
  const unit = plainUnit(["p", "q", "r"], ["a", "b", ...POOL], { draw });
  if (draw) for (const one of unit.activities.slice(2)) one.pool = true;
  return unit;
}

function take(unit, progress, { kind, place, points }) {
  if (kind === "turn") return turnTo(progress, unit, unit.pages[place % 3].id);
  if (kind === "again") return unit.draw && attemptOf(progress, unit) !== null ? tryAgain(progress, unit) : progress;
  const all = unit.activities.filter(({ id, pool }) => !pool || progress.check.drawn.includes(id));
  return answer(progress, unit, all[place % all.length].id, { given: place, checked: true, points });
}

// The same draws for the same steps.
function withSeed(act) {
  const { random } = Math;
  let seed = 7;
  Math.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  try {
    return act();
  } finally {
    Math.random = random;
  }
}

// Two go on from what was done before, or begin anew; what each has, and what is joined of both.
function play(before, one, other, draw) {
  return withSeed(() => {
    const unit = unitThatDraws(draw);
    const goOn = (begun, taken) => taken.reduce((progress, next) => take(unit, progress, next), begun);
    const shared = goOn(empty(unit), before);
    const [ours, theirs] = [one, other].map(({ anew, steps: taken }) => goOn(anew ? empty(unit) : shared, taken));
    return { unit, ours, theirs, joined: merge(ours, theirs, unit) };
  });
}

const hasBegun = ({ answers, seen }) => Object.keys(answers).length > 0 || seen.length > 1;
const inTheCheck = ({ answers }) =>
  Object.fromEntries(Object.entries(answers).filter(([id]) => POOL.includes(id)).map(([id, one]) => [id, one.given]));
const attempt = ({ check }) => [check.attempt, check.drawn];
const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const isPartOf = (some, all) => Object.entries(some).every(([id, one]) => all[id] === one);

describe("work of two windows, joined", () => {
  it("loses nothing that either side has reached", () => {
    fc.assert(
      fc.property(steps, side, side, fc.constantFrom(0, 2, 4), (before, one, other, draw) => {
        const { unit, ours, theirs, joined } = play(before, one, other, draw);
        const reached = (progress) => Math.max(progress.check?.best ?? -1, attemptOf(progress, unit) ?? -1);
        assert.deepEqual(new Set(joined.seen), new Set([...ours.seen, ...theirs.seen]));
        assert.ok(reached(joined) >= Math.max(reached(ours), reached(theirs)));
        const finished = [ours.status, theirs.status].filter((status) => ["passed", "completed"].includes(status));
        assert.ok(finished.length === 0 || finished.includes(joined.status));
        if (joined.status === "passed") assert.ok(joined.score.raw >= unit.check);
        for (const id of ["a", "b"].filter((name) => name in ours.answers)) {
          assert.equal(joined.answers[id].given, ours.answers[id].given);
        }
        if (!hasBegun(ours) && hasBegun(theirs)) {
          assert.equal(joined.page, theirs.page, "an empty visit leads nobody back to the first page");
        }
      }),
      RUNS,
    );
  });

  it("never mixes the answers of two attempts", () => {
    fc.assert(
      fc.property(steps, side, side, fc.constantFrom(2, 4), (before, one, other, draw) => {
        const played = play(before, one, other, draw);
        const [ours, theirs, joined] = [played.ours, played.theirs, played.joined].map(inTheCheck);
        const both = Object.keys(ours).filter((id) => id in theirs);
        if (both.every((id) => ours[id] === theirs[id]) && isSame(attempt(played.ours), attempt(played.theirs))) {
          assert.ok(isPartOf(joined, { ...theirs, ...ours }));
        } else {
          assert.ok([ours, theirs].some((whole) => isPartOf(whole, joined) && isPartOf(joined, whole)));
        }
        if (played.ours.check.best !== null) {
          const [went, goesOn] = [played.joined, played.ours].map(({ check }) => check.drawn);
          assert.deepEqual(went, goesOn, "a new attempt goes on, though nothing is answered yet");
        }
      }),
      {
        ...RUNS,
        examples: [
          [
            [...wrong, again],
            { anew: false, steps: [...wrong, again, given(2, 100)] },
            { anew: false, steps: [given(3, 100)] },
            4,
          ],
        ],
      },
    );
  });
});
