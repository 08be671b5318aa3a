// How sessions of cmi5 end: nothing comes after the last word, and nobody is told that something was saved that was not.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { createLms, heedTheRules } from "./support/lrs.js";
import { small } from "./support/courses.js";
import { pass, settle, stopTheClock, until } from "./support/time.js";

stopTheClock();
heedTheRules();
const OWN = ["initialized", "completed", "passed"];
const own = (lrs) => lrs.verbs().filter((verb) => verb !== "answered");
const passing = (lrs) => until(() => lrs.verbs().includes("passed"));

describe("a page that is closed", () => {
  it("says its last word, and nothing beside it, when all is saved", async () => {
    const { lrs, launch } = createLms();
    const visit = await launch();
    await visit.finish();
    await visit.saved();
    lrs.requests = [];
    await pass(40_000); // Time that is spent is told with the last word.
    await visit.hide();
    await visit.leave();
    assert.deepEqual(lrs.requests, ["POST statements"]);
    assert.deepEqual(own(lrs), [...OWN, "terminated"]);
  });

  // The last word is quick, and everything else takes its time.
  for (const [what, isSlow] of [["state", (request) => request.startsWith("PUT")], ["statements", (_, body) => /passed|answered/.test(body)], ["everything", () => true]]) {
    for (const soon of [0, 100, 400, 900]) {
      it(`${soon} ms after the last answer has nothing come after its last word (slow: ${what})`, async () => {
        const { lrs, launch } = createLms();
        const visit = await launch();
        await visit.check("word", "audit");
        await visit.saved();
        lrs.slow = (request, body) => (isSlow(request, body) ? 800 : 20);
        await visit.finish();
        await pass(soon);
        await visit.leave();
        await pass(10_000);
        lrs.slow = 0;
        const next = await launch();
        await settle();
        await passing(lrs);
        await next.leave();
        assert.deepEqual(lrs.count("completed", "passed"), [1, 1]);
      });
    }
  }

  it("hands over what was written in the last moment, and leaves it to the LMS to end the session", async () => {
    const { lrs, launch } = createLms();
    const visit = await launch();
    await visit.saved();
    await visit.fill("word", "aud");
    await visit.leave();
    await pass(1000);
    assert.equal(lrs.unit().answers.word.given, "aud");
    assert.deepEqual(lrs.verbs(), ["initialized"]);
  });

  it("does not hand over again what is on its way", async () => {
    const { lrs, launch } = createLms();
    const visit = await launch();
    await visit.saved();
    lrs.slow = 300;
    lrs.requests = [];
    await visit.turnTo("talk");
    await visit.hide();
    await visit.leave();
    await pass(2000);
    assert.deepEqual(lrs.requests, ["PUT activities/state"]);
    assert.equal(lrs.unit().page, "talk");
  });

  it("says its last word where the state cannot be kept, with the verbs before it", async () => {
    const { lrs, launch } = createLms();
    const visit = await launch();
    await visit.saved();
    lrs.faults = { "PUT activities/state": Array(50).fill(500) };
    await visit.finish();
    await visit.leave();
    assert.deepEqual(own(lrs), [...OWN, "terminated"]);
  });
});

describe("the way back to the LMS", () => {
  for (const slow of [0, 700, 4000]) {
    it(`waits until all has arrived (${slow} ms)`, async () => {
      const { lrs, launch } = createLms();
      const visit = await launch();
      await visit.check("word", "audit");
      await visit.saved();
      lrs.slow = (request) => (request.startsWith("PUT") ? slow : slow / 2);
      await visit.finish();
      await visit.fill("ready", [1]);
      const way = await visit.goBack();
      if (slow) assert.equal(way.arrived, null);
      await until(() => way.arrived !== null);
      assert.equal(way.arrived, true);
      await visit.leave();
      await pass(20_000);
      assert.deepEqual(own(lrs), [...OWN, "terminated"]);
      assert.equal(lrs.verbs().at(-1), "terminated");
      assert.deepEqual(lrs.unit().answers.ready.given, [1]);
    });
  }

  it("is not taken by itself where the LRS is away, and nothing is lost", async () => {
    const { lrs, launch } = createLms();
    const visit = await launch();
    await visit.saved();
    lrs.faults = { PUT: Array(3).fill(503) };
    await visit.fill("word", "audit");
    const way = await visit.goBack();
    await until(() => way.arrived !== null);
    assert.equal(way.arrived, false);
    assert.equal(visit.said, "not_saved");
    assert.deepEqual(lrs.verbs(), ["initialized"]);
    await visit.saved(); // again by itself
    const again = await visit.goBack();
    assert.equal(again.arrived, true);
    assert.deepEqual(lrs.verbs(), ["initialized", "terminated"]);
    assert.equal(lrs.unit().answers.word.given, "audit");
  });

  it("says the last word again to an LRS that had no time for it", async () => {
    const { lrs, launch } = createLms();
    const visit = await launch();
    await visit.saved();
    lrs.faults = { "POST statements": [503, 429] };
    const way = await visit.goBack();
    await until(() => way.arrived);
    assert.deepEqual(lrs.verbs(), ["initialized", "terminated"]);
  });

  it("does not say it again where it was heard and only the answer is bad", async () => {
    const { lrs, launch } = createLms();
    const visit = await launch();
    await visit.saved();
    lrs.swallowed = { "POST statements": [500] };
    const way = await visit.goBack();
    await until(() => way.arrived);
    await visit.leave();
    assert.deepEqual(lrs.verbs(), ["initialized", "terminated"]);
  });

  it("does not wait for ever for an LRS that hangs", async () => {
    const { lrs, launch } = createLms();
    const visit = await launch();
    await visit.saved();
    lrs.hangs = () => true;
    const way = await visit.goBack();
    await until(() => way.arrived, 20_000);
  });

  it("ends the session: what is done on a page that stays open is kept in the browser", async () => {
    const { lrs, launch, browser } = createLms();
    const visit = await launch();
    await visit.saved();
    await visit.goBack();
    await visit.check("word", "audit");
    assert.equal(visit.said, "session_ended");
    assert.equal(browser.unsent().length, 1);
    await visit.leave();
    assert.deepEqual(lrs.verbs(), ["initialized", "terminated"]);
  });

  for (const launchMode of ["Browse", "Review"]) {
    it(`says the last word alone in the mode ${launchMode}`, async () => {
      const { lrs, launch } = createLms({ launchData: { launchMode } });
      const visit = await launch();
      await visit.finish();
      await visit.goBack();
      await visit.leave();
      assert.deepEqual(lrs.verbs(), ["initialized", "terminated"]);
    });
  }
});

describe("“Saved”", () => {
  it("is withdrawn while something is on its way", async () => {
    const { lrs, launch } = createLms();
    const visit = await launch();
    await visit.saved();
    lrs.slow = 1000;
    await visit.turnTo("talk");
    await pass(100);
    assert.equal(visit.said, "");
    await visit.saved();
    assert.equal(lrs.unit().page, "talk");
  });

  it("is withdrawn while somebody writes", async () => {
    const { lrs, launch } = createLms();
    const visit = await launch();
    await visit.saved();
    await visit.fill("word", "au");
    assert.equal(visit.said, "");
    await visit.saved();
    assert.equal(lrs.unit().answers.word.given, "au");
  });

  it("is not said of what is older than what was done since", async () => {
    const { lrs, launch } = createLms();
    const visit = await launch();
    await visit.saved();
    lrs.slow = 1000;
    await visit.turnTo("talk");
    await pass(900);
    await visit.turnTo("gate");
    await until(() => lrs.unit().page === "talk");
    await settle();
    assert.equal(visit.said, "");
    await visit.saved();
    assert.equal(lrs.unit().page, "gate");
  });
});

describe("time alone", () => {
  it("is nothing to send", async () => {
    const { lrs, launch } = createLms({ scope: small });
    const visit = await launch();
    await visit.check("one", 1);
    await visit.saved();
    lrs.requests = [];
    for (let turn = 0; turn < 3; turn += 1) {
      await pass(60_000);
      await visit.hide();
    }
    assert.deepEqual(lrs.requests, []);
    assert.equal(visit.said, "saved");
  });

  it("that was spent goes with the next change", async () => {
    const { lrs, launch } = createLms();
    const visit = await launch();
    await pass(60_000);
    await visit.turnTo("talk");
    assert.ok(lrs.unit().seconds >= 60);
  });
});
