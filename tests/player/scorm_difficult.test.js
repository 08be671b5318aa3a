// LMSs that fail, refuse, lack functions, are slow, look back, or are not there.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { createLms, EDITIONS } from "./support/scorm.js";
import { pass, stopTheClock } from "./support/time.js";
import { answerEverything } from "./support/visit.js";

stopTheClock();
const LITTLE = "interactions|objectives|location|session_time|progress|score.m|score.scaled|exit";

for (const edition of EDITIONS) {
  const { names } = edition.rules;

  describe(`a difficult LMS of ${edition.title}`, () => {
    it("that fails a commit is told again what it may have dropped", async () => {
      const lms = createLms(edition);
      const visit = await lms.visit();
      const before = lms.data["cmi.suspend_data"];
      visit.faults.failing = 1;
      await visit.check("one", 0);
      assert.equal(visit.said, "not_saved");
      assert.equal(lms.data["cmi.suspend_data"], before);
      await visit.tryNow();
      assert.equal(visit.said, "saved");
      assert.notEqual(lms.data["cmi.suspend_data"], before);
      const data = visit.sets("cmi.suspend_data");
      assert.deepEqual(data.at(-1), data.at(-2), "what the LMS may have dropped was not sent again");
      assert.equal(visit.sets("interactions.0.id").length, 1, "the answer was reported twice");
      assert.deepEqual(visit.breaches, []);
    });

    it("is tried again without being asked, at growing intervals", async () => {
      const visit = await createLms(edition).visit();
      visit.faults.failing = 3;
      await visit.check("one", 0);
      const tries = () => visit.told.filter(({ state }) => state === "failed").length;
      assert.equal(tries(), 1);
      await pass(2900);
      assert.equal(tries(), 1);
      await pass(200);
      assert.equal(tries(), 2);
      await pass(6000);
      assert.equal(tries(), 3);
      assert.equal(visit.said, "not_saved");
      await pass(12_000);
      assert.equal(visit.said, "saved");
    });

    it("is told again of what waited when a commit failed", async () => {
      const lms = createLms(edition);
      const visit = await lms.visit();
      visit.faults.failing = 1;
      await visit.turnTo("second");
      await visit.tryNow();
      assert.equal(visit.said, "saved");
      await pass(5000);
      assert.equal(lms.data[edition.location], "second");
      assert.ok(visit.sets(edition.location).length > 1);
    });

    it("goes on with a visit that is open already", async () => {
      const lms = createLms(edition);
      const code = edition.title === "SCORM 1.2" ? "101" : "103";
      const open = (api) => {
        api[names.start]("");
        return { ...api, [names.start]: () => "false", [names.error]: () => code };
      };
      const visit = await lms.visit({ api: open });
      assert.equal(visit.condition, "normal");
      await visit.turnTo("second");
      await pass(5000);
      assert.equal(lms.data[edition.location], "second");
    });

    for (const missing of ["error", "get", "finish"]) {
      it(`without ${names[missing]} still has a unit passed`, async () => {
        const lms = createLms(edition);
        const visit = await lms.visit({ without: names[missing] });
        await answerEverything(visit, true);
        await visit.leave();
        assert.equal(lms.outcome, "passed");
      });
    }

    for (const missing of ["set", "commit"]) {
      it(`without ${names[missing]} is named as one that cannot keep anything`, async () => {
        const visit = await createLms(edition).visit({ without: names[missing] });
        await visit.turnTo("second");
        assert.equal(visit.said, "not_saved");
        assert.equal(visit.told.at(-1).reason, "");
      });
    }

    it("that refuses the visit is none", async () => {
      const visit = await createLms(edition).visit({ initialize: "false" });
      assert.equal(visit.condition, "no_lms");
      await visit.turnTo("second");
      assert.deepEqual(visit.sets(), []);
    });

    it("that looks back is changed by nothing", async () => {
      const lms = createLms(edition);
      const first = await lms.visit();
      await answerEverything(first, true);
      await first.leave();
      const visit = await lms.visit({ mode: "review" });
      const kept = lms.data["cmi.suspend_data"];
      assert.equal(visit.condition, "review");
      await visit.turnTo("first");
      assert.equal(visit.given("one"), 0);
      await visit.fill("one", 0);
      await visit.check("one", 1);
      await visit.leave();
      assert.deepEqual(visit.sets(), []);
      assert.equal(visit.said, "", "nothing was saved");
      assert.equal(lms.data["cmi.suspend_data"], kept);
      assert.deepEqual(visit.breaches, []);
    });

    for (const mode of ["", "unheard-of"]) {
      it(`of the mode "${mode}" has a normal visit`, async () => {
        const lms = createLms(edition);
        const visit = await lms.visit({ mode });
        await visit.check("one", 0);
        assert.ok(lms.data["cmi.suspend_data"]);
        assert.equal(visit.condition, "normal");
        assert.equal(visit.said, "saved");
      });
    }

    it("that keeps little is lived with", async () => {
      const lms = createLms(edition);
      const visit = await lms.visit({ refuse: LITTLE });
      await answerEverything(visit, true);
      await visit.leave();
      assert.deepEqual([lms.outcome, lms.score], ["passed", "100"]);
      assert.ok(visit.told.every(({ state }) => state === "saved"));
      assert.equal(visit.sets("interactions").length, 1, "an LMS without interactions is asked only once");
      assert.equal(visit.sets(edition.location).length, 1);
    });

    it("without room for the answers is still told of the result", async () => {
      const lms = createLms(edition);
      const first = await lms.visit({ refuse: "suspend_data" });
      await answerEverything(first, true);
      assert.deepEqual([lms.outcome, lms.score], ["passed", "100"]);
      assert.equal(first.said, "not_saved", "the answers are in this browser only");
      await first.kill();
      const second = await lms.visit({ refuse: "suspend_data", mode: "normal" });
      assert.equal(second.given("one"), 0);
    });

    it("that lost the answers keeps what was passed", async () => {
      const lms = createLms(edition);
      const first = await lms.visit();
      await answerEverything(first, true);
      await first.leave();
      lms.kept.write({ ...lms.data, "cmi.suspend_data": "1;of;an;older;edition" });
      const second = await lms.visit({ mode: "normal" });
      await answerEverything(second, false);
      await second.leave();
      assert.deepEqual([lms.outcome, lms.score], ["passed", "100"]);
      assert.deepEqual(second.breaches, []);
    });

    it("that is not there leaves the work to the browser, which says so", async () => {
      const lms = createLms(edition);
      const first = await lms.visit({ api: "none" });
      assert.equal(first.condition, "no_lms");
      await first.turnTo("second");
      const second = await lms.visit({ api: "none" });
      assert.equal(second.progress.page, "second");
      assert.deepEqual(second.calls, []);
    });
  });
}

describe("a text too long for an LMS of SCORM 1.2", () => {
  it("is kept in the browser, which the learner is told", async () => {
    const lms = createLms(EDITIONS[0]);
    const first = await lms.visit();
    await first.turnTo("last");
    await first.check("essay", "word ".repeat(999));
    assert.deepEqual(first.told.at(-1).browserOnly, [["m1u1", "essay"]]);
    assert.ok(lms.data["cmi.suspend_data"].length <= 4096);
    const second = await lms.visit();
    assert.equal(second.given("essay"), "word ".repeat(999));
    assert.deepEqual(first.breaches, []);
    assert.deepEqual(second.breaches, []);
  });
});
