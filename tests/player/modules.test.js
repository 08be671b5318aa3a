// A module as one SCO: each unit keeps its place, and the module is passed when all of its units are.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { module } from "./support/courses.js";
import { createLms, EDITIONS } from "./support/scorm.js";
import { pass, stopTheClock } from "./support/time.js";

stopTheClock();

const open = (visit, id) => visit.open(visit.scope.units.find((unit) => unit.id === id));
const statuses = ({ whole }) => ["m1u1", "m1u2"].map((id) => whole.units[id]?.status ?? "not begun");

async function passFirst(visit) {
  await open(visit, "m1u1");
  await visit.finish();
}

async function playSecond(visit, right = true) {
  await open(visit, "m1u2");
  await visit.turnTo("welcome");
  await visit.check("q1", right ? 0 : 1);
}

for (const edition of EDITIONS) {
  describe(`a module in ${edition.title}`, () => {
    const visits = () => createLms(edition, { scope: module });

    it("is only begun when a unit of it is opened", async () => {
      const lms = visits();
      const visit = await lms.visit();
      assert.deepEqual(statuses(visit), ["not begun", "not begun"]);
      assert.equal(lms.outcome ?? "incomplete", "incomplete");
      await open(visit, "m1u1");
      assert.deepEqual(statuses(visit), ["incomplete", "not begun"]);
      assert.deepEqual(visit.breaches, []);
    });

    it("is passed when all its units are", async () => {
      const lms = visits();
      const visit = await lms.visit();
      await passFirst(visit);
      assert.deepEqual(statuses(visit), ["passed", "not begun"]);
      assert.deepEqual([lms.outcome, lms.score], ["incomplete", ""]);
      await playSecond(visit);
      assert.deepEqual(statuses(visit), ["passed", "passed"]);
      assert.deepEqual([lms.outcome, lms.score], ["passed", "100"]);
      await pass(10_000);
      const units = [0, 1].map((place) => lms.data[`cmi.objectives.${edition.objective + place}.id`]);
      assert.deepEqual(units, ["m1u1", "m1u2"]);
      const told = edition.title === "SCORM 1.2" ? "status" : "success_status";
      assert.equal(lms.data[`cmi.objectives.${edition.objective + 1}.${told}`], "passed");
      assert.deepEqual(visit.breaches, []);
    });

    it("stays open when one unit fails", async () => {
      const lms = visits();
      const visit = await lms.visit();
      await passFirst(visit);
      await playSecond(visit, false);
      assert.deepEqual(statuses(visit), ["passed", "failed"]);
      assert.equal(lms.outcome, "incomplete");
      assert.deepEqual(visit.breaches, []);
    });

    it("gives unit, page and answers back", async () => {
      const lms = visits();
      const first = await lms.visit();
      await open(first, "m1u1");
      await first.fill("ready", [0]);
      await first.turnTo("talk");
      await open(first, "m1u2");
      await first.fill("can-do-now", [2, null, null]);
      await first.turnTo("welcome");
      const second = await lms.visit();
      assert.deepEqual([second.scope.shown.id, second.progress.page], ["m1u2", "welcome"]);
      await open(second, "m1u1");
      assert.equal(second.progress.page, "talk");
      assert.deepEqual(second.given("ready"), [0]);
      assert.deepEqual(second.breaches, []);
    });

    it("names the unit in its interactions", async () => {
      const visit = await visits().visit();
      await playSecond(visit);
      assert.deepEqual(visit.sets("interactions.0.id"), [["cmi.interactions.0.id", "m1u2.q1"]]);
    });
  });
}

describe("the manifest's own objective in SCORM 2004", () => {
  it("never takes a unit's status", async () => {
    const lms = createLms(EDITIONS[1], { scope: module });
    const visit = await lms.visit();
    await playSecond(visit);
    await visit.leave();
    const kept = lms.data;
    assert.deepEqual([kept["cmi.objectives.0.id"], kept["cmi.objectives.1.id"]], ["whole", "m1u2"]);
    assert.equal(kept["cmi.objectives.1.success_status"], "passed");
    assert.equal(kept["cmi.objectives.0.success_status"] || "unknown", "unknown");
    assert.deepEqual([kept["cmi.completion_status"], kept["cmi.success_status"] || "unknown"], ["incomplete", "unknown"]);
    assert.deepEqual(visit.breaches, []);
  });
});
