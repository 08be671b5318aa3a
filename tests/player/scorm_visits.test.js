// What a unit tells a SCORM LMS: begun, passed, failed and made good, answers in their types, few calls, left once.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { rich } from "./support/courses.js";
import { createLms, EDITIONS } from "./support/scorm.js";
import { pass, stopTheClock } from "./support/time.js";
import { answerEverything } from "./support/visit.js";

stopTheClock();

for (const edition of EDITIONS) {
  describe(`a unit in ${edition.title}`, () => {
    it("is begun by opening, and not completed", async () => {
      const lms = createLms(edition);
      const visit = await lms.visit();
      assert.deepEqual(visit.sets().slice(0, 2), [
        [edition.status, "incomplete"],
        [edition.exit, "suspend"],
      ]);
      assert.deepEqual([lms.outcome, lms.score], ["incomplete", ""]);
      assert.deepEqual(visit.breaches, []);
    });

    it("opens in at most twelve calls, and a page turn takes six", async () => {
      const visit = await createLms(edition).visit();
      assert.ok(visit.calls.length <= 12, visit.calls.join("\n"));
      await visit.check("one", 0);
      for (const page of ["second", "third", "last"]) {
        const before = visit.calls.length;
        await visit.turnTo(page);
        assert.ok(visit.calls.length - before <= 6, visit.calls.slice(before).join("\n"));
      }
      assert.deepEqual(visit.breaches, []);
    });

    it("is completed by a page turn of at most six calls", async () => {
      const lms = createLms(edition);
      const visit = await lms.visit();
      await visit.check("one", 0);
      await visit.turnTo("second");
      await visit.check("some", [0, 1]);
      await visit.turnTo("third");
      for (const page of ["last", "first"]) {
        const before = visit.calls.length;
        await visit.turnTo(page);
        assert.equal(lms.outcome, "passed");
        assert.ok(visit.calls.length - before <= 6, visit.calls.slice(before).join("\n"));
      }
    });

    it("is passed only when all pages are seen and enough is right", async () => {
      const lms = createLms(edition);
      const visit = await lms.visit();
      await visit.check("one", 0);
      await visit.turnTo("second");
      await visit.check("some", [0, 1]);
      assert.deepEqual([lms.outcome, lms.score], ["incomplete", ""]);
      await visit.turnTo("third");
      await visit.turnTo("last");
      assert.deepEqual([lms.outcome, lms.score], ["passed", "100"]);
      assert.equal(visit.progress.status, "passed");
      assert.deepEqual(visit.breaches, []);
    });

    it("can be tried again after failing, and passed", async () => {
      const lms = createLms(edition);
      await answerEverything(await lms.visit(), false);
      assert.deepEqual([lms.outcome, lms.score], [edition.failed, "0"]);
      const visit = await lms.visit();
      await visit.turnTo("first");
      await visit.fill("one", 1);
      await visit.check("one", 0);
      assert.equal(lms.score, "50");
      await visit.turnTo("second");
      await visit.check("some", [0, 1]);
      assert.deepEqual([lms.outcome, lms.score], ["passed", "100"]);
      assert.deepEqual(visit.breaches, []);
    });

    it("resumes after a killed window at its page with its answers", async () => {
      const lms = createLms(edition);
      const first = await lms.visit();
      await first.check("one", 1);
      await first.turnTo("second");
      await first.check("pairs", [0, 1]);
      await first.kill();
      assert.equal(first.made("finish"), 0, "the window was told that it ends");
      const second = await lms.visit();
      assert.equal(second.progress.page, "second");
      assert.deepEqual(second.progress.answers.pairs, { given: [0, 1], checked: true, points: 100 });
      assert.deepEqual(second.progress.answers.one, { given: 1, checked: true, points: 0 });
      assert.deepEqual(second.breaches, []);
    });

    it("is saved and finished once when it is left", async () => {
      const visit = await createLms(edition).visit();
      await visit.turnTo("second");
      const before = visit.calls.length;
      await visit.leave();
      // Browsers take only so much from a page that goes away: what is new is sent once, with the end.
      const { set, finish } = edition.rules.names;
      const told = visit.calls.slice(before).map(([name]) => name);
      assert.equal(told.at(-1), finish);
      assert.deepEqual(told.slice(0, -1).filter((name) => name !== set), []);
      assert.deepEqual(visit.breaches, []);
    });

    it("reports answers in the type of their kind", async () => {
      const visit = await createLms(edition).visit();
      const answers = { one: 0, some: [0, 2], pairs: [0, 1], order: [0, 1, 2], before: [0, 2], values: [1], words: "Ευχαριστώ; 100 %" };
      for (const [id, given] of Object.entries(answers)) await visit.check(id, given);
      const told = visit.reported();
      const plain = (text) => text.replaceAll("[,]", ",").replaceAll("[.]", ".");
      const wrong = edition.rules.names.start === "LMSInitialize" ? "wrong" : "incorrect";
      assert.deepEqual(Object.fromEntries(Object.values(told).map((one) => [one.id, [one.type, plain(one.response), one.result]])), {
        one: ["choice", "a", "correct"],
        some: ["choice", "a,c", wrong],
        pairs: ["matching", "a.a,b.b", "correct"],
        order: ["sequencing", "a,b,c", "correct"],
        "before.s1": ["likert", "a", "neutral"],
        "before.s2": ["likert", "c", "neutral"],
        "values.v1": ["likert", "b", "neutral"],
        words: ["fill-in", "Ευχαριστώ; 100 %", "neutral"],
      });
      assert.equal(plain(told.some["correct_responses.0.pattern"]), "a,b");
      assert.deepEqual([told.one.weighting, told.words.weighting], ["1", "0"]);
      assert.deepEqual(visit.breaches, []);
    });

    it("reports as much of a long text as fits, in whole characters", async () => {
      const longest = edition.title === "SCORM 1.2" ? 255 : 4000;
      const visit = await createLms(edition).visit();
      for (const [id, text] of [
        ["essay", `${"x".repeat(longest - 1)}🙂 and more`],
        ["words", `${"👩‍🏫".repeat(longest)}`],
      ]) {
        await visit.check(id, text);
        const { response } = visit.reported()[id];
        assert.ok(response.isWellFormed(), `half a character at the end of ${id}`);
        assert.ok(text.startsWith(response) && response.length > longest - 5);
      }
      assert.deepEqual(visit.breaches, []);
    });

    it("reports a scenario as a performance, step by step", async () => {
      const visit = await createLms(edition, { scope: rich }).visit();
      await visit.check("at-the-gate", [0, 0]);
      const told = visit.reported()["at-the-gate"];
      const steps = edition.title === "SCORM 1.2" ? "a.a,b.a" : "a[.]a[,]b[.]a";
      assert.deepEqual([told.type, told.response, told.result], ["performance", steps, "neutral"]);
      assert.deepEqual(visit.breaches, []);
    });

    it("says how long it took", async () => {
      const lms = createLms(edition);
      const visit = await lms.visit();
      await pass(61_000);
      await visit.leave();
      const element = edition.title === "SCORM 1.2" ? "cmi.core.session_time" : "cmi.session_time";
      const written = edition.title === "SCORM 1.2" ? "0000:01:01.00" : "PT0H1M1S";
      assert.deepEqual(visit.sets(element).at(-1), [element, written]);
    });
  });
}

describe("a unit with a closing check in SCORM 2004", () => {
  const visits = () => createLms(EDITIONS[1], { scope: rich });

  it("is complete when it is passed, with scaled and raw score", async () => {
    const lms = visits();
    const visit = await lms.visit();
    await visit.finish();
    await pass(10_000); // what was put off follows
    const kept = lms.data;
    assert.deepEqual([kept["cmi.completion_status"], kept["cmi.success_status"]], ["completed", "passed"]);
    assert.deepEqual([kept["cmi.score.scaled"], kept["cmi.score.raw"]], ["1", "100"]);
    assert.deepEqual([kept["cmi.score.min"], kept["cmi.score.max"]], ["0", "100"]);
    assert.equal(kept["cmi.progress_measure"], "1");
    assert.deepEqual([kept["cmi.objectives.1.id"], kept["cmi.objectives.1.success_status"]], ["m1u1", "passed"]);
    assert.deepEqual(visit.breaches, []);
  });

  it("stays open when it fails, and can be made good", async () => {
    const lms = visits();
    await (await lms.visit()).finish({ right: false });
    assert.deepEqual([lms.data["cmi.completion_status"], lms.data["cmi.success_status"]], ["incomplete", "failed"]);
    const visit = await lms.visit();
    await visit.anotherAttempt();
    await visit.finish();
    assert.deepEqual([lms.data["cmi.completion_status"], lms.data["cmi.success_status"]], ["completed", "passed"]);
    assert.deepEqual(visit.breaches, []);
  });

  it("gives page and answers back", async () => {
    const lms = visits();
    const first = await lms.visit();
    await first.check("word", "a sum");
    await first.turnTo("gate");
    const second = await lms.visit();
    assert.equal(second.progress.page, "gate");
    assert.equal(second.given("word"), "a sum");
    assert.deepEqual(second.breaches, []);
  });

  it("saves all that was put off when it is left, and terminates once", async () => {
    const lms = visits();
    const visit = await lms.visit();
    await visit.finish();
    await visit.leave();
    assert.equal(visit.made("finish"), 1);
    assert.equal(lms.data["cmi.objectives.1.score.raw"], "100");
    assert.match(visit.sets("cmi.session_time").at(-1)[1], /^PT0H0M/);
    assert.deepEqual(visit.breaches, []);
  });
});
