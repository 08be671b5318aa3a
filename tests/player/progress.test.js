// When a unit is passed, and what a save tells: the declared rule, and one save at a time (progress.js, saving.js).

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { adopt, answer, empty, turnTo } from "../../scorm_builder/player/progress.js";
import { createSaving } from "../../scorm_builder/player/saving.js";
import { SaveFailed } from "../../scorm_builder/player/tracker.js";
import { plainUnit } from "./support/courses.js";
import { pass, settle, stopTheClock } from "./support/time.js";

stopTheClock();

describe("progress", () => {
  it("is passed only by the declared rule, and stays passed", () => {
    const unit = plainUnit(["p", "q"], ["a", "b"]);
    const given = (id, one, points) => (before) => answer(before, unit, id, { given: one, checked: true, points });
    const turn = (page) => (before) => turnTo(before, unit, page);
    let progress = empty(unit);
    const said = [given("a", 0, 100), given("b", 0, 39), turn("p"), turn("q"), given("b", 1, 0), given("b", 2, 40), given("b", 1, 0)].map((act) => {
      progress = act(progress);
      return progress.status;
    });
    assert.deepEqual(said, ["incomplete", "incomplete", "incomplete", "passed", "passed", "passed", "passed"]);
    assert.deepEqual(progress.score, { raw: 70, min: 0, max: 100, scaled: 0.7 });
  });

  it("fails below the score that passes, and is completed where nothing counts", () => {
    const unit = plainUnit(["p"], ["a"]);
    const failed = answer(turnTo(empty(unit), unit, "p"), unit, "a", { given: 0, checked: true, points: 69 });
    assert.equal(failed.status, "failed");
    const free = plainUnit(["p"], []);
    assert.equal(turnTo(empty(free), free, "p").status, "completed");
  });

  it("sees no page that has not arrived", () => {
    const unit = plainUnit(["p", "q"], []);
    unit.pages[1].here = false;
    const progress = turnTo(empty(unit), unit, "q");
    assert.deepEqual([progress.page, progress.seen, progress.status], ["q", [], "incomplete"]);
  });

  for (const saved of [null, {}, { v: 2, page: "q" }, { v: 1, page: "gone", seen: ["q", "gone"], answers: { gone: { given: 1 }, a: null } }]) {
    it(`of another edition, or damaged, is adopted as far as the unit has it: ${JSON.stringify(saved)}`, () => {
      const unit = plainUnit(["p", "q"], ["a"]);
      const adopted = adopt(saved, unit);
      assert.equal(adopted.page, "p");
      assert.deepEqual(adopted.answers, {});
      assert.deepEqual(adopted.seen, saved?.seen ? ["q"] : []);
    });
  }
});

// A tracker whose saves end when the test says so.
function slowTracker() {
  const saves = [];
  const save = (whole) =>
    new Promise((resolve, reject) => {
      saves.push({ whole, done: (more) => resolve({ at: new Date(), browserOnly: [], more }), fail: (failure) => reject(failure) });
    });
  const held = [];
  return { saves, held, save, hold: (whole) => held.push(whole), close() {} };
}

describe("saving", () => {
  it("hands over one save at a time, and the newest after it", async () => {
    const tracker = slowTracker();
    const saving = createSaving(tracker, () => {});
    for (const whole of ["one", "two", "three"]) saving.save(whole);
    assert.deepEqual(tracker.saves.map(({ whole }) => whole), ["one"]);
    assert.deepEqual(tracker.held, ["two", "three"], "what waits is kept in the browser");
    tracker.saves[0].done();
    await settle();
    assert.deepEqual(tracker.saves.map(({ whole }) => whole), ["one", "three"]);
    tracker.saves[1].done();
    await pass(120_000);
    assert.equal(tracker.saves.length, 2);
  });

  it("does not save every letter", async () => {
    const tracker = slowTracker();
    const saving = createSaving(tracker, () => {});
    for (const whole of ["a", "ab", "abc"]) {
      saving.saveSoon(whole);
      await pass(1000);
    }
    assert.deepEqual(tracker.saves, []);
    await pass(500);
    assert.deepEqual(tracker.saves.map(({ whole }) => whole), ["abc"]);
  });

  it("waits as long as the other side asks, and longer after each failure", async () => {
    const tracker = slowTracker();
    const told = [];
    const saving = createSaving(tracker, (one) => told.push(one));
    saving.save("one");
    tracker.saves[0].fail(new SaveFailed("busy", { pause: 10_000 }));
    await pass(9900);
    assert.equal(tracker.saves.length, 1);
    await pass(200);
    assert.equal(tracker.saves.length, 2);
    tracker.saves[1].fail(new SaveFailed());
    await pass(5900);
    assert.equal(tracker.saves.length, 2);
    await pass(200);
    assert.equal(tracker.saves.length, 3);
    const failures = told.filter(({ state }) => state === "failed");
    assert.deepEqual(failures, [{ state: "failed", reason: "busy", ended: false }, { state: "failed", reason: "", ended: false }]);
  });

  it("does not try again what has ended", async () => {
    const tracker = slowTracker();
    const saving = createSaving(tracker, () => {});
    saving.save("one");
    tracker.saves[0].fail(new SaveFailed("", { ended: true }));
    await pass(300_000);
    assert.equal(tracker.saves.length, 1);
  });

  it("comes back for what the LMS was spared at once", async () => {
    const tracker = slowTracker();
    const saving = createSaving(tracker, () => {});
    saving.save("one");
    tracker.saves[0].done(true);
    await pass(1400);
    assert.equal(tracker.saves.length, 1);
    await pass(200);
    assert.deepEqual(tracker.saves.map(({ whole }) => whole), ["one", "one"]);
  });
});
