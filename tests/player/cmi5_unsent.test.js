// Sessions of cmi5 that end badly: each verb is said as often as cmi5 allows, and no work is lost.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { createLms, heedTheRules } from "./support/lrs.js";
import { pass, settle, stopTheClock, until } from "./support/time.js";

stopTheClock();
heedTheRules();
const ONCE_EACH = [1, 1];
const counts = (lrs) => lrs.count("completed", "passed");
const many = (status) => Array(20).fill(status);

describe("work that a session of cmi5 could not hand over", () => {
  it("is not taken into a new enrolment, which passes by itself", async () => {
    const lms = createLms();
    const first = await lms.launch();
    await first.check("word", "audit");
    await first.finish();
    lms.lrs.slow = 500;
    await first.turnTo("welcome");
    await first.leave(); // so soon that the page never hears whether its last save arrived
    await pass(3000);
    assert.equal(lms.lrs.verbs().at(-1), "passed", "the last word could have overtaken the save");
    assert.equal(lms.browser.unsent().length, 1);
    const other = createLms({ browser: lms.browser });
    other.registration = "7f1f0f5a-0000-4000-8000-000000000002";
    const second = await other.launch();
    await second.saved();
    assert.equal(second.progress.page, "welcome");
    assert.equal(second.given("word"), undefined);
    await second.finish();
    await second.leave();
    assert.deepEqual(counts(other.lrs), ONCE_EACH);
  });

  it("is kept by a reload in an ended session, with the verbs that were said while leaving", async () => {
    const { lrs, launch, reload } = createLms();
    const first = await launch();
    lrs.faults = { "PUT activities/state": many(500) };
    await first.finish();
    await first.leave();
    assert.deepEqual(lrs.count("passed"), [1], "said with the last word, though the state could not be written");
    lrs.faults = {};
    const second = await reload();
    assert.equal(second.condition, "session_ended");
    await second.leave();
    const third = await launch();
    await third.saved();
    await third.leave();
    assert.deepEqual(counts(lrs), ONCE_EACH);
  });

  it("is not spoiled by a damaged entry beside it", async () => {
    const { lrs, launch, browser } = createLms();
    const first = await launch();
    await first.check("word", "audit");
    lrs.slow = 500;
    await first.leave();
    await pass(3000);
    lrs.slow = 0;
    const [key] = browser.unsent();
    const whole = { units: { m1u1: { v: 1, seen: 5 } } };
    browser.area.setItem(`${key}x`, JSON.stringify({ whole, at: "2030-01-01T00:00:00.000Z" }));
    const second = await launch();
    assert.equal(second.given("word"), "audit");
    await second.saved();
    assert.equal(second.condition, "normal");
  });

  it("is said by the next session, where this one was abandoned", async () => {
    const { lrs, launch } = createLms();
    const first = await launch();
    await first.turnTo("talk");
    await first.turnTo("check");
    for (const id of first.drawn) await first.check(id, 0);
    assert.deepEqual(lrs.count("answered"), [2]);
    lrs.faults = { "POST statements": many(500) };
    await first.turnTo("gate"); // the last of the pages: the unit is passed
    assert.equal(lrs.unit().status, "passed");
    await first.leave();
    await settle();
    lrs.faults = { "POST statements": [0, ...many(403)] }; // The LMS takes `initialized`, then abandons the session.
    const second = await launch();
    await second.saved();
    await second.leave();
    await settle();
    assert.ok(!lrs.verbs().includes("passed"));
    lrs.faults = {};
    for (let again = 0; again < 2; again += 1) {
      const next = await launch();
      await next.saved();
      assert.deepEqual(lrs.count("passed"), [1]);
      await next.leave();
    }
    assert.deepEqual(counts(lrs), ONCE_EACH);
  });

  it("is heard while the page goes away by an LRS that takes nothing beside what it has", async () => {
    const { lrs, launch } = createLms();
    lrs.once = true;
    const visit = await launch();
    await visit.saved();
    lrs.slow = 500;
    let sent = false;
    const answer = lrs.answer;
    lrs.answer = (address, options) => {
      sent ||= (options.body ?? "").includes("verbs/passed");
      return answer(address, options);
    };
    await visit.finish();
    await until(() => sent);
    await visit.leave(); // while `passed` is under way
    await pass(3000);
    const verbs = lrs.verbs().filter((verb) => verb !== "answered");
    assert.deepEqual(verbs, ["initialized", "completed", "passed"]);
  });

  it("is there after a reload with the token that was used", async () => {
    const { lrs, launch, reload } = createLms();
    const first = await launch();
    await first.leave();
    const second = await reload();
    assert.equal(second.condition, "session_ended");
    assert.equal(lrs.tokens, 2);
    await second.check("word", "audit");
    await second.leave();
    assert.deepEqual(lrs.verbs(), ["initialized", "terminated"], "after its last word a session says nothing");
    const third = await launch();
    assert.equal(third.given("word"), "audit");
    await third.saved();
    assert.deepEqual(lrs.count("answered"), [1]);
    assert.equal(third.condition, "normal");
  });

  for (const refusal of [401, 403]) {
    it(`because the session is over (${refusal}) comes back at the next`, async () => {
      const { lrs, launch } = createLms();
      const first = await launch();
      lrs.refuse = refusal;
      await first.check("word", "audit");
      assert.equal(first.said, "session_ended");
      await first.leave();
      lrs.refuse = 0;
      lrs.statements = [];
      const second = await launch();
      assert.equal(second.given("word"), "audit");
      await second.saved();
      assert.deepEqual(lrs.count("answered"), [1]);
      assert.equal(lrs.unit().answers.word.given, "audit");
    });
  }

  it("takes nothing from the former work, where the visit began without it", async () => {
    const { lrs, launch, reload } = createLms();
    const first = await launch();
    await first.check("word", "audit");
    await first.finish();
    const { drawn } = first;
    await first.leave();
    const second = await reload();
    assert.equal(second.condition, "session_ended");
    await second.leave();
    const third = await launch();
    assert.equal(third.progress.page, "check");
    assert.deepEqual(third.drawn, drawn);
    await third.turnTo("welcome");
    assert.equal(third.given("word"), "audit");
    assert.deepEqual([lrs.whole().status, lrs.whole().score.raw], ["passed", 100]);
  });

  for (const guarded of [false, true]) {
    for (const lost of [false, true]) {
      it(`is said once where the page left meanwhile (${lost ? "lost" : "arrived"}${guarded ? ", guarded" : ""})`, async () => {
        const { lrs, launch } = createLms();
        lrs.guarded = guarded;
        const first = await launch();
        await first.saved();
        lrs.slow = 500;
        await first.finish();
        lrs.faults = lost ? { "POST statements": many(500) } : {};
        await first.leave();
        await pass(3000); // Whatever is under way arrives, or fails.
        assert.equal(lrs.verbs().includes("passed"), !lost);
        assert.ok(!lrs.verbs().includes("terminated"), "it could have overtaken what was on its way");
        [lrs.slow, lrs.faults] = [0, {}];
        const second = await launch();
        await second.saved();
        assert.ok(lrs.verbs().includes("passed"));
        await second.leave();
        assert.deepEqual(counts(lrs), ONCE_EACH);
      });
    }
  }
});
