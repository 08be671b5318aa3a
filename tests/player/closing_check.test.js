// The closing check: some questions of a pool, others at the next attempt, the best attempt counts, all of it kept.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { attemptOf } from "../../scorm_builder/player/progress.js";
import { rich } from "./support/courses.js";
import { createLms, EDITIONS } from "./support/scorm.js";
import { stopTheClock } from "./support/time.js";

stopTheClock();
const [SCORM12] = EDITIONS;

async function reachCheck() {
  const lms = createLms(SCORM12, { scope: rich });
  const visit = await lms.visit();
  for (const page of ["talk", "gate", "check"]) await visit.turnTo(page);
  return { lms, visit };
}

async function answerDrawn(visit, right) {
  for (const id of visit.drawn) await visit.check(id, right ? 0 : 1);
}

describe("the closing check", () => {
  it("draws as many questions as it says", async () => {
    const { visit } = await reachCheck();
    assert.equal(visit.drawn.length, 2);
    assert.equal(attemptOf(visit.progress, visit.scope.shown), null);
  });

  it("keeps its draw at every new visit", async () => {
    const { lms, visit } = await reachCheck();
    const { drawn } = visit;
    await visit.check(drawn[0], 1);
    for (let again = 0; again < 3; again += 1) {
      const next = await lms.visit();
      assert.deepEqual(next.drawn, drawn);
      assert.deepEqual(next.progress.answers[drawn[0]], { given: 1, checked: true, points: 0 });
      assert.deepEqual(next.breaches, []);
    }
  });

  it("counts only what was drawn, and passing that passes", async () => {
    const { lms, visit } = await reachCheck();
    await answerDrawn(visit, true);
    assert.deepEqual([lms.outcome, lms.score], ["passed", "100"]);
    assert.deepEqual(visit.breaches, []);
  });

  it("brings questions not met before at another attempt", async () => {
    const { lms, visit } = await reachCheck();
    const first = visit.drawn;
    await answerDrawn(visit, false);
    assert.deepEqual([lms.outcome, lms.score], ["incomplete", "0"]);
    await visit.anotherAttempt();
    const second = visit.drawn;
    assert.equal(second.length, 2);
    assert.deepEqual(second.filter((id) => first.includes(id)), []);
    await answerDrawn(visit, true);
    assert.deepEqual([lms.outcome, lms.score], ["passed", "100"]);
    await visit.anotherAttempt();
    const fresh = visit.drawn.filter((id) => !first.includes(id) && !second.includes(id));
    assert.equal(fresh.length, 1, "the one question not met yet was left out");
    assert.deepEqual(visit.breaches, []);
  });

  it("takes nothing away by a worse attempt", async () => {
    const { lms, visit } = await reachCheck();
    const [one, other] = visit.drawn;
    await visit.check(one, 0);
    await visit.check(other, 1);
    assert.equal(lms.score, "50");
    await visit.anotherAttempt();
    await answerDrawn(visit, false);
    assert.deepEqual([lms.outcome, lms.score], ["passed", "50"]);
    assert.deepEqual([attemptOf(visit.progress, visit.scope.shown), visit.progress.check.best], [0, 50]);
  });

  it("asks a question that was met before as if it were new", async () => {
    const { visit } = await reachCheck();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await answerDrawn(visit, false);
      await visit.anotherAttempt();
      assert.deepEqual(visit.drawn.filter((id) => visit.given(id) !== undefined), []);
    }
  });
});
