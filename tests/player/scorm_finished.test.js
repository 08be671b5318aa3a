// Whether an LMS that calls failed finished, as Moodle does with SCORM 1.2, still lets everybody try again.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { module, rich } from "./support/courses.js";
import { createLms, EDITIONS } from "./support/scorm.js";
import { stopTheClock } from "./support/time.js";

stopTheClock();
const [SCORM12, SCORM2004] = EDITIONS;

async function play(visit, right) {
  for (const [page, name, given] of [
    ["first", "one", right ? 0 : 1],
    ["second", "some", right ? [0, 1] : [2]],
  ]) {
    await visit.turnTo(page);
    await visit.fill(name, given);
    await visit.check(name, given);
  }
  for (const page of ["third", "last"]) await visit.turnTo(page);
}

describe("in an LMS that calls failed finished, a unit", () => {
  it("is incomplete after a failed check, with its score, and can be passed at the next visit", async () => {
    const lms = createLms(SCORM12);
    const first = await lms.visit();
    await play(first, false);
    await first.leave();
    assert.deepEqual([lms.outcome, lms.score], ["incomplete", "0"]);
    const second = await lms.visit();
    assert.equal(second.condition, "normal");
    await play(second, true);
    await second.leave();
    assert.deepEqual([lms.outcome, lms.score], ["passed", "100"]);
    assert.deepEqual([...first.breaches, ...second.breaches], []);
  });

  it("is browsed after a preview, of which nothing else is kept, and is begun after it", async () => {
    const lms = createLms(SCORM12);
    const preview = await lms.visit({ mode: "browse" });
    assert.equal(preview.condition, "review");
    await play(preview, true);
    await preview.leave();
    assert.deepEqual([lms.outcome, lms.score], ["browsed", ""]);
    assert.deepEqual(preview.sets(), [["cmi.core.lesson_status", "browsed"]]);
    const visit = await lms.visit();
    assert.equal(visit.condition, "normal");
    assert.equal(visit.given("one"), undefined);
    await visit.kill();
    assert.equal((await lms.visit()).condition, "normal");
  });

  it("that is begun stays as it is when somebody looks at it as a preview", async () => {
    const lms = createLms(SCORM12);
    const first = await lms.visit();
    await first.turnTo("second");
    await first.leave();
    const before = { ...lms.data };
    const preview = await lms.visit({ mode: "browse" });
    await preview.leave();
    assert.deepEqual(preview.sets(), []);
    assert.equal(lms.outcome, "incomplete");
    assert.equal(lms.data["cmi.suspend_data"], before["cmi.suspend_data"]);
  });

  it("opens for review after a pass, where nothing is kept", async () => {
    const lms = createLms(SCORM12);
    const first = await lms.visit();
    await play(first, true);
    await first.leave();
    const kept = { ...lms.data };
    const second = await lms.visit();
    assert.equal(second.condition, "review");
    await second.turnTo("first");
    await second.leave();
    assert.deepEqual(lms.data, kept);
  });

  const failIt = (visit) => visit.finish({ right: false });
  for (const [what, scope, begin, end] of [
    ["a closing check", rich, () => {}, "leave"],
    ["a closing check, in a crash", rich, () => {}, "kill"],
    ["a unit of a module", module, (visit) => visit.open(visit.scope.units[0]), "leave"],
  ]) {
    it(`that has failed ${what} is not finished, also after a preview, and can be passed`, async () => {
      const lms = createLms(SCORM12, { scope });
      const first = await lms.visit();
      await begin(first);
      await failIt(first);
      await first[end]();
      assert.equal(lms.outcome, "incomplete");
      const preview = await lms.visit({ mode: "browse" });
      await begin(preview);
      await preview.anotherAttempt();
      await preview.finish();
      await preview.leave();
      assert.deepEqual([preview.condition, preview.sets(), lms.outcome], ["review", [], "incomplete"]);
      const second = await lms.visit();
      assert.equal(second.condition, "normal");
      await second.anotherAttempt();
      await second.finish();
      assert.equal(second.progress.status, "passed");
      await second.leave();
      assert.deepEqual(second.breaches, []);
    });
  }

  for (const [what, scope, end, outcome] of [
    ["a module", module, "leave", "browsed"],
    ["a module that a crash ends", module, "kill", undefined],
    ["a unit with a closing check that a crash ends", rich, "kill", undefined],
  ]) {
    it(`is begun after a preview of ${what}`, async () => {
      const lms = createLms(SCORM12, { scope });
      const preview = await lms.visit({ mode: "browse" });
      if (!preview.scope.single) await preview.open(preview.scope.units[0]);
      await preview.finish();
      await preview[end]();
      assert.deepEqual([lms.data["cmi.core.lesson_status"], lms.score], [outcome, ""]);
      const visit = await lms.visit();
      await visit.leave();
      assert.deepEqual([visit.condition, lms.outcome], ["normal", "incomplete"]);
    });
  }

  it("of a module that is not passed leaves the module open", async () => {
    const lms = createLms(SCORM12, { scope: module });
    const visit = await lms.visit();
    await visit.open(visit.scope.units[0]);
    await visit.leave();
    assert.equal((await lms.visit()).condition, "normal");
  });

  it("says of a preview in SCORM 2004 nothing at all", async () => {
    const lms = createLms(SCORM2004);
    const preview = await lms.visit({ mode: "browse" });
    await preview.leave();
    assert.deepEqual(preview.sets(), []);
  });
});
